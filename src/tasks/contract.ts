import { z } from '@hono/zod-openapi'
import { pageOf, pageQuery } from '../http/page.ts'
import { text } from '../http/text.ts'
import { Due } from './due.ts'

const MAX_TITLE_CHARACTERS = 500
const MAX_NOTES_CHARACTERS = 16_384

const id = z.uuid({ error: 'must be a UUID' }).openapi({ example: '019aa2f4-8a3c-7d52-9c11-3f0f5a1b2c3d' })
const instant = z.iso.datetime().openapi({ example: '2026-11-21T09:30:00.000Z' })
const title = text({ min: 1, max: MAX_TITLE_CHARACTERS, trim: true }).openapi({ example: 'Buy milk' })
const notes = text({ max: MAX_NOTES_CHARACTERS }).openapi({
  description:
    'The body as a whole may have 64 KiB: of characters that take four bytes there is room for fewer',
  example: 'Two bottles',
})
const priority = z
  .union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)], 'must be 0, 1, 2 or 3')
  .openapi({ type: 'integer', enum: [0, 1, 2, 3], description: '0 none, 3 highest', example: 1 })

export const Task = z
  .object({
    id,
    title,
    notes,
    priority,
    due: Due.nullable(),
    completedAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
    version: z.int().positive().openapi({ description: 'Rises with each change; the `ETag`', example: 1 }),
  })
  .openapi('Task')

export const NewTask = z
  .strictObject({
    title,
    notes: notes.default(''),
    priority: priority.default(0),
    due: Due.nullable().default(null),
  })
  .openapi('NewTask', { example: { title: 'Buy milk', due: { date: '2026-12-01' } } })

export const TaskPatch = z
  .strictObject({
    title: title.optional(),
    notes: notes.optional(),
    priority: priority.optional(),
    due: Due.nullable().optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'must change at least one field')
  .openapi('TaskPatch', { minProperties: 1, example: { priority: 3 } })

export const TaskId = z.object({ id: id.openapi({ param: { name: 'id', in: 'path' } }) })

export const TaskQuery = z.strictObject({
  completed: z
    .string()
    .refine((value) => value === 'true' || value === 'false', 'must be true or false')
    .transform((value) => value === 'true')
    .optional()
    .openapi({ type: 'boolean', description: 'Only those that are completed, or only those that are not' }),
  ...pageQuery,
})

export const TaskPage = pageOf(Task).openapi('TaskPage')

export type Task = z.infer<typeof Task>
export type NewTask = z.infer<typeof NewTask>
export type TaskPatch = z.infer<typeof TaskPatch>
