import { z } from '@hono/zod-openapi'

const NO_YEAR_ZERO = /^(?!0000)/
const YEARS = 'must be in the years 0001 to 9999'

export const date = z.iso
  .date('must be a calendar date like 2026-12-01')
  .refine((text) => NO_YEAR_ZERO.test(text), YEARS)

const dateTime = z.iso
  .datetime({ local: true, precision: 0, error: 'must be a local time like 2026-12-01T09:00:00' })
  .refine((text) => !text.endsWith('Z'), 'must have no offset; name a place with timeZone')
  .refine((text) => NO_YEAR_ZERO.test(text), YEARS)
  .openapi({ format: 'local-date-time', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$' })

export const timeZone = z
  .string()
  .refine(isTimeZone, 'must be an IANA time zone like Europe/Berlin')
  .openapi({
    format: 'time-zone',
    description:
      'By its name in the IANA database. A former name is taken as it is written, in any letter case',
  })

const DueDay = z.strictObject({ date }).openapi('DueDay', {
  description: 'On a day',
  example: { date: '2026-12-01' },
})

const DueFloating = z.strictObject({ dateTime }).openapi('DueFloating', {
  description: 'At a time, wherever one is',
  example: { dateTime: '2026-12-01T09:00:00' },
})

const DueZoned = z.strictObject({ dateTime, timeZone }).openapi('DueZoned', {
  description: 'At a time in a place (an IANA time zone)',
  example: { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Berlin' },
})

/** When a task is due: on a day, at a time wherever one is, or at a time in one place. */
export const Due = z.union([DueDay, DueFloating, DueZoned], 'must be null or one of the three kinds of due')

export type Due = z.infer<typeof Due>

interface DueColumns {
  dueDate: string | null
  dueTime: string | null
  dueTimeZone: string | null
}

export const dueToColumns = (due: Due | null): DueColumns => {
  if (due === null) return { dueDate: null, dueTime: null, dueTimeZone: null }
  if ('date' in due) return { dueDate: due.date, dueTime: null, dueTimeZone: null }
  const [dueDate = '', dueTime = ''] = due.dateTime.split('T')
  return { dueDate, dueTime, dueTimeZone: 'timeZone' in due ? due.timeZone : null }
}

export const dueFromColumns = ({ dueDate, dueTime, dueTimeZone }: DueColumns): Due | null => {
  if (dueDate === null) return null
  if (dueTime === null) return { date: dueDate }
  const dateTime = `${dueDate}T${dueTime}`
  return dueTimeZone === null ? { dateTime } : { dateTime, timeZone: dueTimeZone }
}

/** A name of the IANA database in its own spelling; Intl would also take offsets and other letter cases. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Z][\w+-]*(\/[A-Z0-9][\w+-]*)*$/i.test(name)) return false
  try {
    const { timeZone: canonical } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return canonical === name || canonical.toLowerCase() !== name.toLowerCase()
  } catch {
    return false
  }
}
