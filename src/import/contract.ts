import { z } from '@hono/zod-openapi'
import { id } from '../http/fields.ts'
import { NewList } from '../lists/contract.ts'
import { timeZone } from '../tasks/due.ts'

const FORMATS = ['json', 'ics', 'todoist'] as const
export type ImportFormat = (typeof FORMATS)[number]

export const ImportQuery = z
  .strictObject({
    format: z.enum(FORMATS, 'must be json, ics or todoist').default('json').openapi({
      description:
        '`json`: an export of this service (`application/json`); `ics`: to-dos of a calendar (`text/calendar`); `todoist`: a project of Todoist (`text/csv`)',
      default: 'json',
    }),
    dryRun: z
      .enum(['true', 'false'], 'must be true or false')
      .transform((value) => value === 'true')
      .default(false)
      .openapi({ type: 'boolean', default: false, description: 'Only report what would come of it' }),
    timeZone: timeZone.optional().openapi({
      description:
        'Where you are (`ics`, `todoist`): times in UTC are told in it, and dates like `tomorrow` are meant there. Without it, `UTC`',
    }),
    list: NewList.shape.name
      .optional()
      .openapi({ description: 'The name of the list for tasks whose file names none (`ics`, `todoist`)' }),
  })
  .refine(({ format, timeZone }) => format !== 'json' || timeZone === undefined, {
    path: ['timeZone'],
    error: 'is for ics and todoist',
  })
  .refine(({ format, list }) => format !== 'json' || list === undefined, {
    path: ['list'],
    error: 'is for ics and todoist',
  })

const kind = z.enum(['list', 'label', 'task', 'completion'])

export const ReportLine = z
  .object({
    line: z.int().positive().optional().openapi({ description: 'Where it begins in a text file, from 1' }),
    index: z
      .int()
      .nonnegative()
      .optional()
      .openapi({ description: 'Where it is among its kind in JSON, from 0' }),
    kind: kind.nullable().openapi({ description: 'null of what an import has no use for' }),
    id: id.nullable().openapi({ description: 'The id that it has here; null if it has none' }),
    title: z.string().openapi({ description: 'The title of a task, the name of a list or label' }),
    outcome: z.enum(['added', 'already there', 'refused', 'ignored']).openapi({
      description:
        '`already there`: it was, with this id or, a list or label, under this name, and is left as it is',
    }),
    warnings: z.array(z.string()).optional().openapi({ description: 'What could not be taken as it was' }),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('ReportLine')

export const ImportReport = z
  .object({
    dryRun: z.boolean().openapi({ description: 'Whether nothing was changed' }),
    counts: z.object({
      added: z.int(),
      alreadyThere: z.int(),
      refused: z.int().openapi({ description: 'With one of these nothing would be imported' }),
      ignored: z.int(),
    }),
    lines: z.array(ReportLine).openapi({ description: 'In the order of the file' }),
  })
  .openapi('ImportReport')

export type Kind = z.infer<typeof kind>
export type ImportQuery = z.infer<typeof ImportQuery>
export type ImportReport = z.infer<typeof ImportReport>
export type ReportLine = z.infer<typeof ReportLine>
