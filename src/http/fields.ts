import { z } from '@hono/zod-openapi'

/** Fields that are the same wherever they are. */
export const id = z
  .uuid({ error: 'must be a UUID' })
  .openapi({ example: '019aa2f4-8a3c-7d52-9c11-3f0f5a1b2c3d', 'x-kept': 'in lower case' })

export const instant = z.iso.datetime().openapi({ example: '2026-11-21T09:30:00.000Z' })

export const version = z
  .int()
  .positive()
  .openapi({ description: 'Rises with each change; the `ETag`', example: 1 })

/** The id of something of the user's that is there already. */
export const idOf = (kind: 'task' | 'list' | 'label') => id.openapi({ 'x-names': kind })

/** An id that the caller chooses: what was made without one can then be named before it is there. */
export const ownId = id.optional().openapi({ description: 'Yours to choose; otherwise the server makes one' })

export const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/, 'must be a colour like #3366cc')
  .nullable()
  .openapi({ description: 'Six hexadecimal digits in lower case', example: '#3366cc' })

export const position = z.string().openapi({
  description: 'The place in the order: sorts byte by byte; changed by a move, and by nothing else',
  example: 'a0',
})

export const IdInPath = z.object({ id: id.openapi({ param: { name: 'id', in: 'path' } }) })

/** Whether a patch says anything. */
export const saysSomething = (patch: object): boolean => Object.keys(patch).length > 0
