import { z } from '@hono/zod-openapi'
import { color, id, idOf, instant, ownId, position, saysSomething, version } from '../http/fields.ts'
import { pageOf, pageQuery } from '../http/page.ts'
import { text } from '../http/text.ts'

const MAX_NAME_CHARACTERS = 200

const name = text({ min: 1, max: MAX_NAME_CHARACTERS, trim: true }).openapi({ example: 'Groceries' })

export const List = z
  .object({
    id,
    name,
    color,
    position,
    archivedAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
    version,
  })
  .openapi('List')

export const NewList = z
  .strictObject({ id: ownId, name, color: color.default(null) })
  .openapi('NewList', { example: { name: 'Groceries', color: '#3366cc' } })

export const ListPatch = z
  .strictObject({
    name: name.optional(),
    color: color.optional(),
    archived: z
      .boolean()
      .optional()
      .openapi({ description: 'Out of the way, with all its tasks as they are' }),
  })
  .refine(saysSomething, 'must change at least one field')
  .openapi('ListPatch', { minProperties: 1, example: { archived: true } })

export const ListMove = z
  .strictObject({ before: idOf('list').optional(), after: idOf('list').optional() })
  .refine(
    ({ before, after }) => before === undefined || after === undefined,
    'must not name both before and after',
  )
  .openapi('ListMove', {
    description: 'Right before or right after another list; to the end if neither is named',
    example: {},
  })

export const ListQuery = z.strictObject({
  archived: z
    .enum(['true', 'false'], 'must be true or false')
    .transform((value) => value === 'true')
    .optional()
    .openapi({ type: 'boolean', description: 'Only those that are archived, or only those that are not' }),
  ...pageQuery,
})

export const ListPage = pageOf(List).openapi('ListPage')

export type List = z.infer<typeof List>
export type NewList = z.infer<typeof NewList>
export type ListPatch = z.infer<typeof ListPatch>
export type ListMove = z.infer<typeof ListMove>
