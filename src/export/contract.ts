import { z } from '@hono/zod-openapi'
import { id, idOf, instant } from '../http/fields.ts'
import { NewLabel } from '../labels/contract.ts'
import { NewList } from '../lists/contract.ts'
import { Recurrence } from '../recurrence/contract.ts'
import { NewTask } from '../tasks/contract.ts'
import { Due, date } from '../tasks/due.ts'
import { isPosition } from './position.ts'

const MAX_HIDDEN_LABELS = 500

const position = z
  .string()
  .refine(isPosition, 'must be a place in an order, as an export tells it')
  .openapi({ format: 'position', description: 'The place in the order', example: 'a0' })

/** A time that comes back exactly. */
const moment = instant.refine(
  (text) => FOUR_DIGIT_YEAR_TO_THE_MILLISECOND.test(text),
  'must be in the years 0001 to 9999, to the millisecond',
)
const FOUR_DIGIT_YEAR_TO_THE_MILLISECOND = /^(?!0000)[^.]*(\.\d{1,3})?Z$/

const deletedAt = moment.nullable().openapi({ description: 'Since when it is in the trash' })

export const ExportedList = z
  .strictObject({
    id,
    name: NewList.shape.name,
    color: NewList.shape.color.removeDefault(),
    position,
    archivedAt: moment.nullable(),
    createdAt: moment,
    deletedAt,
  })
  .openapi('ExportedList')

export const ExportedLabel = z
  .strictObject({
    id,
    name: NewLabel.shape.name,
    color: NewLabel.shape.color.removeDefault(),
    createdAt: moment,
    deletedAt,
  })
  .openapi('ExportedLabel')

export const ExportedTask = z
  .strictObject({
    id,
    title: NewTask.shape.title,
    notes: NewTask.shape.notes.removeDefault(),
    priority: NewTask.shape.priority.removeDefault(),
    due: Due.nullable(),
    recurrence: Recurrence.nullable(),
    occurrence: date.nullable().openapi({
      description:
        'Of one that comes again, the day of its series that it stands for: its due may be another one',
    }),
    listId: idOf('list').nullable(),
    parentId: idOf('task').nullable(),
    labelIds: NewTask.shape.labelIds.removeDefault(),
    labelIdsInTrash: z
      .array(idOf('label'))
      .max(MAX_HIDDEN_LABELS)
      .openapi({ description: 'Labels in the trash, which it has again when they are restored' }),
    position,
    completedAt: moment.nullable(),
    completedWith: id
      .nullable()
      .openapi({ description: 'What completed it along: itself, or a task above it' }),
    createdAt: moment,
    updatedAt: moment.openapi({ description: 'For your information: an import stamps it anew' }),
    deletedAt,
    deletedWith: id
      .nullable()
      .openapi({ description: 'What took it into the trash: itself, a task above it, its list' }),
  })
  .openapi('ExportedTask')

export const ExportedCompletion = z
  .strictObject({
    id,
    taskId: idOf('task'),
    title: NewTask.shape.title,
    due: Due.nullable(),
    completedAt: moment,
    occurrence: date
      .nullable()
      .openapi({ description: 'Of a task that came again: which day of its series it stood for' }),
    nextOccurrence: date.nullable().openapi({ description: 'And for which one it stood then' }),
    alongWith: id
      .nullable()
      .openapi({ description: 'The completion of a task above that this one went along with' }),
  })
  .openapi('ExportedCompletion')

const FORMAT = 'edgewise'
const FORMAT_VERSION = 1

/** What an export says beside the things themselves. */
export const ExportHead = z.strictObject({
  format: z.literal(FORMAT),
  formatVersion: z.literal(FORMAT_VERSION),
  exportedAt: moment,
  follows: z.strictObject({ id, position }).nullable().openapi({
    description: 'The last task of the page before: what an import needs to keep the order',
  }),
  next: z.string().nullable().openapi({
    description: 'The next page; null on the last',
    example: null,
  }),
})

export const ExportFile = ExportHead.extend({
  lists: z.array(ExportedList).openapi({ description: 'All of them, on each page' }),
  labels: z.array(ExportedLabel).openapi({ description: 'All of them, on each page' }),
  tasks: z.array(ExportedTask).openapi({ description: 'Those above before those below' }),
  completions: z.array(ExportedCompletion).openapi({ description: 'After all the tasks' }),
}).openapi('Export', {
  example: {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    exportedAt: '2026-11-21T09:30:00.000Z',
    follows: null,
    next: null,
    lists: [],
    labels: [],
    tasks: [],
    completions: [],
  },
})

const FORMATS = ['json', 'csv', 'ics'] as const
export type ExportFormat = (typeof FORMATS)[number]

export const ExportQuery = z.strictObject({
  format: z.enum(FORMATS, 'must be json, csv or ics').default('json').openapi({
    description:
      '`json`: everything, as `POST /v1/import` takes it; `csv`: tasks as a table; `ics`: tasks as iCalendar (VTODO). The latter two leave out the trash',
    default: 'json',
  }),
  cursor: z
    .string()
    .optional()
    .openapi({ description: 'Of the next page: follow `next` of the JSON, or the `Link` with `rel="next"`' }),
})

export type ExportFile = z.infer<typeof ExportFile>
export type ExportedList = z.infer<typeof ExportedList>
export type ExportedLabel = z.infer<typeof ExportedLabel>
export type ExportedTask = z.infer<typeof ExportedTask>
export type ExportedCompletion = z.infer<typeof ExportedCompletion>
