import { z } from '@hono/zod-openapi'
import { id } from '../http/fields.ts'
import { pageQuery } from '../http/page.ts'
import { text } from '../http/text.ts'
import { date, timeZone } from './due.ts'

const MAX_SEARCH_CHARACTERS = 200

/** The orders that tasks can be listed in; each with the direction that people mean by it. */
const SORTS = ['position', 'due', 'priority', 'created', 'changed', 'relevance'] as const
export type Sort = (typeof SORTS)[number]

const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true')

/** An id, or a word for there being none. */
const idOr = <W extends string>(word: W) =>
  z.union([z.literal(word), id], { error: `must be a UUID or ${word}` })

export const TaskQuery = z
  .strictObject({
    completed: flag.optional().openapi({
      type: 'boolean',
      description: 'Only those that are completed, or only those that are not',
    }),
    list: idOr('inbox')
      .optional()
      .openapi({ description: 'Those in that list; `inbox`: those in none', example: 'inbox' }),
    label: id.optional().openapi({ description: 'Those with that label' }),
    parent: idOr('none')
      .optional()
      .openapi({ description: 'Those right below that task; `none`: those below no other', example: 'none' }),
    priority: z
      .string()
      .regex(/^[0-3]$/, 'must be 0, 1, 2 or 3')
      .transform(Number)
      .optional()
      .openapi({ type: 'integer', minimum: 0, maximum: 3, description: 'Those of that priority' }),
    due: z.enum(['overdue', 'today', 'none'], 'must be overdue, today or none').optional().openapi({
      description: 'Those that are late and open; those due today, at any time; those never due',
    }),
    dueBefore: date.optional().openapi({ description: 'Those due before that day' }),
    dueAfter: date.optional().openapi({ description: 'Those due after that day' }),
    dueOn: date.optional().openapi({ description: 'Those due on that day' }),
    timeZone: timeZone.default('UTC').openapi({
      description:
        'Where the caller is: what day it is there, and on which day a time in another place falls',
      default: 'UTC',
    }),
    changedSince: z.iso
      .datetime('must be a time in UTC like 2026-11-21T09:30:00Z')
      .optional()
      .openapi({ description: 'Those changed at that time or after it', example: '2026-11-21T09:30:00Z' }),
    q: text({ min: 1, max: MAX_SEARCH_CHARACTERS, trim: true }).optional().openapi({
      description:
        'Those whose title or notes have words that begin with each of these, whatever their accents and case',
      example: 'milk',
    }),
    sort: z
      .enum(SORTS, `must be one of ${SORTS.join(', ')}`)
      .default('created')
      .openapi({
        description:
          '`position`: your order; `due`: the earliest first, as written, those never due last; `priority`: the highest first; `created`, `changed`: the newest first; `relevance`: what `q` fits best first',
      }),
    ...pageQuery,
  })
  .refine(({ sort, q }) => sort !== 'relevance' || q !== undefined, {
    path: ['sort'],
    error: 'by relevance needs a q',
  })

export type TaskQuery = z.infer<typeof TaskQuery>
