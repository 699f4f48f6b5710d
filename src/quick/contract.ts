import { z } from '@hono/zod-openapi'
import { id } from '../http/fields.ts'
import { text } from '../http/text.ts'
import { Recurrence } from '../recurrence/contract.ts'
import { Task } from '../tasks/contract.ts'
import { Due, timeZone } from '../tasks/due.ts'

const MAX_TEXT_CHARACTERS = 500
const EXAMPLE = 'Pay rent every 1st 9am #home !3 tomorrow'

export const QuickTask = z
  .strictObject({
    text: text({ min: 1, max: MAX_TEXT_CHARACTERS, trim: true }).openapi({
      description: 'The task in plain words, in English as far as they are to be understood',
      example: EXAMPLE,
    }),
    timeZone: timeZone.openapi({ example: 'Europe/Berlin' }),
    dryRun: z.boolean().default(false).openapi({ description: 'Only show what would be made' }),
  })
  .openapi('QuickTask', { example: { text: EXAMPLE, timeZone: 'Europe/Berlin' } })

const named = z.object({
  id,
  name: z.string(),
  isNew: z.boolean().openapi({ description: 'Whether there was none of that name' }),
})

const offset = z.int().nonnegative()

const Piece = z
  .object({
    text: z.string(),
    kind: z.enum(['due', 'recurrence', 'priority', 'list', 'label']),
    start: offset.openapi({ description: 'Where it begins, in UTF-16 code units of the trimmed text' }),
    end: offset.openapi({ description: 'Where it ends: the offset after its last unit' }),
  })
  .openapi('Piece', { description: 'Part of the text, and what it was understood to be' })

export const Understood = z
  .object({
    title: z
      .string()
      .openapi({ description: 'What was not understood; the whole text, if nothing else is left' }),
    due: Due.nullable(),
    recurrence: Recurrence.nullable(),
    priority: z.int().min(0).max(3),
    list: named.nullable(),
    labels: z.array(named),
    pieces: z.array(Piece).openapi({ description: 'In the order of the text; none overlaps another' }),
  })
  .openapi('Understood')

export const QuickResult = z.object({ task: Task, understood: Understood }).openapi('QuickResult')

export const Named = named
export type Piece = z.infer<typeof Piece>
export type QuickResult = z.infer<typeof QuickResult>
