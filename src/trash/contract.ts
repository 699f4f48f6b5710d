import { z } from '@hono/zod-openapi'
import { id, instant } from '../http/fields.ts'
import { pageOf, pageQuery } from '../http/page.ts'

const type = z.enum(['task', 'list', 'label'])
const name = z
  .string()
  .openapi({ description: 'The title of a task, the name of a list or label', example: 'Buy milk' })

export const Trashed = z
  .object({ type, id, name, deletedAt: instant })
  .openapi('Trashed', { description: 'What was deleted; what went along with it comes back with it' })

export const Restored = z.object({ type, id, name }).openapi('Restored')

export const Purged = z
  .object({
    purged: z.int().nonnegative().openapi({ description: 'How many things were deleted for good' }),
    more: z.boolean().openapi({ description: 'Whether there may be more to purge: ask again' }),
  })
  .openapi('Purged')

export const TrashQuery = z.strictObject(pageQuery)
export const TrashPage = pageOf(Trashed).openapi('TrashPage')

export type Trashed = z.infer<typeof Trashed>
