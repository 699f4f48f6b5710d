import { z } from '@hono/zod-openapi'
import { id, idOf, instant, ownId, position, saysSomething, version } from '../http/fields.ts'
import { pageOf } from '../http/page.ts'
import { text } from '../http/text.ts'
import { Recurrence } from '../recurrence/contract.ts'
import { Due, date, timeZone } from './due.ts'

const MAX_TITLE_CHARACTERS = 500
const MAX_NOTES_CHARACTERS = 16_384
const MAX_LABELS = 50

const ONE_PLACE = 'is that of its parent: name one of the two'

/** A task below another is where that one is. */
const hasOnePlace = (task: {
  listId?: string | null | undefined
  parentId?: string | null | undefined
}): boolean => !task.listId || !task.parentId

const title = text({ min: 1, max: MAX_TITLE_CHARACTERS, trim: true }).openapi({ example: 'Buy milk' })
const notes = text({ max: MAX_NOTES_CHARACTERS }).openapi({
  description:
    'The body as a whole may have 64 KiB: of characters that take four bytes there is room for fewer',
  example: 'Two bottles',
})
const priority = z
  .union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)], 'must be 0, 1, 2 or 3')
  .openapi({ type: 'integer', enum: [0, 1, 2, 3], description: '0 none, 3 highest', example: 1 })

const listId = idOf('list').openapi({ description: 'The list it is in; null is the inbox' })
const parentId = idOf('task').openapi({
  description: 'The task that it is part of; tasks nest in five levels',
})
const labelIds = z.array(idOf('label')).openapi({ description: 'Its labels' })
const newLabelIds = labelIds
  .max(MAX_LABELS, `must be at most ${MAX_LABELS}`)
  .refine(
    (ids) => new Set(ids.map((each) => each.toLowerCase())).size === ids.length,
    'must not name one twice',
  )
  .openapi({ uniqueItems: true })

export const Task = z
  .object({
    id,
    title,
    notes,
    priority,
    due: Due.nullable(),
    recurrence: Recurrence.nullable(),
    listId: listId.nullable(),
    parentId: parentId.nullable(),
    labelIds,
    position,
    completedAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
    version,
  })
  .openapi('Task')

export const NewTask = z
  .strictObject({
    id: ownId,
    title,
    notes: notes.default(''),
    priority: priority.default(0),
    due: Due.nullable().default(null),
    recurrence: Recurrence.nullable().default(null),
    listId: listId.nullable().default(null),
    parentId: parentId.nullable().default(null),
    labelIds: newLabelIds.default([]),
  })
  .refine(hasOnePlace, { path: ['listId'], error: ONE_PLACE })
  .openapi('NewTask', { example: { title: 'Buy milk', due: { date: '2026-12-01' } } })

export const TaskPatch = z
  .strictObject({
    title: title.optional(),
    notes: notes.optional(),
    priority: priority.optional(),
    due: Due.nullable().optional(),
    recurrence: Recurrence.nullable().optional(),
    listId: listId.nullable().optional(),
    parentId: parentId.nullable().optional(),
    labelIds: newLabelIds.optional(),
  })
  .refine(saysSomething, 'must change at least one field')
  .refine(hasOnePlace, { path: ['listId'], error: ONE_PLACE })
  .openapi('TaskPatch', { minProperties: 1, example: { priority: 3 } })

export const TaskMove = z
  .strictObject({
    listId: listId.nullable().optional(),
    parentId: parentId.nullable().optional(),
    before: idOf('task').optional(),
    after: idOf('task').optional(),
  })
  .refine(hasOnePlace, { path: ['listId'], error: ONE_PLACE })
  .refine(
    ({ before, after }) => before === undefined || after === undefined,
    'must not name both before and after',
  )
  .openapi('TaskMove', {
    description:
      'Right before or right after another task, to the end if neither is named; and, where that is said, to another list or below another task',
    example: {},
  })

/** Which occurrence of a task that comes again is completed, and where. */
export const completing = {
  occurrence: date.optional().openapi({
    description:
      'The day on which it is due: so that an occurrence which is completed already stays so, and no other is, however often this is sent',
  }),
  timeZone: timeZone.default('UTC').openapi({
    description: 'Where the caller is: what day it is there, for a task that is due in no place of its own',
    default: 'UTC',
  }),
}

export const Completing = z.strictObject(completing)

export const TaskPage = pageOf(Task).openapi('TaskPage')

export type Task = z.infer<typeof Task>
export type Completing = z.infer<typeof Completing>
export type NewTask = z.infer<typeof NewTask>
export type TaskMove = z.infer<typeof TaskMove>
export type TaskPatch = z.infer<typeof TaskPatch>
