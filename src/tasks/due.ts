import { z } from '@hono/zod-openapi'

const date = z.iso
  .date('must be a calendar date like 2026-12-01')
  .refine((text) => !text.startsWith('0000'), 'must be in the years 0001 to 9999')

const dateTime = z.iso
  .datetime({
    local: true,
    offset: false,
    precision: 0,
    error: 'must be a local time like 2026-12-01T09:00:00',
  })
  .regex(/^(?!0000)[^Z]*$/, 'must be in the years 0001 to 9999, without an offset')

const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone like Europe/Berlin')

/** When a task is due: on a day, at a time wherever one is, or at a time in one place. */
export const Due = z
  .union([
    z.strictObject({ date }).openapi({ title: 'A day', example: { date: '2026-12-01' } }),
    z
      .strictObject({ dateTime })
      .openapi({ title: 'A floating time', example: { dateTime: '2026-12-01T09:00:00' } }),
    z.strictObject({ dateTime, timeZone }).openapi({
      title: 'A time in a place',
      example: { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Berlin' },
    }),
  ])
  .openapi('Due')

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
