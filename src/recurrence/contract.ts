import { z } from '@hono/zod-openapi'
import { date } from '../tasks/due.ts'
import { faultIn } from './rule.ts'

const MAX_RULE_CHARACTERS = 255

const rule = z
  .string()
  .toUpperCase()
  .max(MAX_RULE_CHARACTERS, `must have at most ${MAX_RULE_CHARACTERS} characters`)
  .openapi({
    format: 'rrule',
    'x-kept': 'in upper case',
    maxLength: MAX_RULE_CHARACTERS,
    description:
      'An RRULE of RFC 5545 about days: DAILY, WEEKLY, MONTHLY or YEARLY. Days that a month lacks are left out, unless RSCALE=GREGORIAN;SKIP=BACKWARD (RFC 7529) says to take the day before',
    example: 'FREQ=WEEKLY;BYDAY=MO',
  })

/** How a task comes again. */
export const Recurrence = z
  .strictObject({
    rule,
    from: z.enum(['schedule', 'completion'], 'must be schedule or completion').default('schedule').openapi({
      description:
        '`schedule`: on the days of the rule, whenever the task is done; `completion`: counted from the day on which it is, by FREQ, INTERVAL and UNTIL alone',
      default: 'schedule',
    }),
    start: date.optional().openapi({
      description: 'The day that the series counts from; the day the task is due, unless it is told',
    }),
  })
  .superRefine(({ rule, from }, context) => {
    const message = faultIn(rule, from)
    if (message) context.addIssue({ code: 'custom', path: ['rule'], message })
  })
  .openapi('Recurrence', { example: { rule: 'FREQ=WEEKLY;BYDAY=MO', from: 'schedule' } })

export type Recurrence = z.infer<typeof Recurrence>
