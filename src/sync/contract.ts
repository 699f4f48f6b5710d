import { z } from '@hono/zod-openapi'
import { Completion } from '../completions/contract.ts'
import { id, instant } from '../http/fields.ts'
import { Label } from '../labels/contract.ts'
import { List } from '../lists/contract.ts'
import { Task } from '../tasks/contract.ts'

const MAX_CHANGES = 100

const changeOf = <T extends string, I extends z.ZodType>(type: T, item: I) =>
  z.object({
    type: z.literal(type),
    id,
    // Not `.nullable()`, which the document would render as null and an object at once.
    item: z.union([item, z.null()]).openapi({ description: 'As it is now; null when it is gone for good' }),
    deletedAt: instant.nullable().openapi({ description: 'Since when it is in the trash' }),
  })

export const Change = z
  .discriminatedUnion('type', [
    changeOf('task', Task),
    changeOf('list', List),
    changeOf('label', Label),
    changeOf('completion', Completion),
  ])
  .openapi('Change')

export const SyncQuery = z.strictObject({
  since: z.string().optional().openapi({
    description: 'The `next` of the answer before; without it, everything there is',
  }),
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/, `must be a whole number from 1 to ${MAX_CHANGES}`)
    .transform(Number)
    .default(MAX_CHANGES)
    .openapi({ type: 'integer', minimum: 1, maximum: MAX_CHANGES, default: MAX_CHANGES }),
})

export const Changes = z
  .object({
    changes: z
      .array(Change)
      .openapi({ description: 'In the order in which they were made; each thing once' }),
    next: z.string().openapi({ description: 'Where to go on: at once if there is more, later otherwise' }),
    more: z.boolean(),
  })
  .openapi('Changes')

export type Change = z.infer<typeof Change>
