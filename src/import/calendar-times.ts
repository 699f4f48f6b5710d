import type ICAL from 'ical.js'
import { dayText, timeText, wallClockAt } from '../quick/clock.ts'
import { type Due, timeZone as TimeZone } from '../tasks/due.ts'
import type { CalendarProperty } from './calendar-property.ts'

type Properties = (name: string) => CalendarProperty | undefined

export interface Told {
  due: Due | null
  warnings: string[]
}

/**
 * When a to-do is due: by its DUE, or else by its start and duration. A time in UTC is told on the clock of `here`. What is no time comes
 * back as a due that does not fit.
 */
export const dueOf = (library: typeof ICAL, first: Properties, here: string | undefined): Told => {
  const [due, start, duration] = [first('due'), first('dtstart'), first('duration')]
  if (due) return told(due, here)
  if (!start) return { due: null, warnings: [] }
  const { due: begins, warnings } = told(start, here)
  if (!duration || begins === null || 'date' in begins)
    return { due: begins, warnings: [...warnings, NO_DUE] }
  const end = msIn(begins.dateTime) + secondsOf(library, duration.value) * 1_000
  return { due: { ...begins, dateTime: clockOf(end) ?? duration.value }, warnings }
}

const NO_DUE = 'has no due: it is due when it starts'
const UNKNOWN_ZONE = 'its time zone is not known: the time is one wherever you are'

const told = ({ value, zone }: CalendarProperty, here = 'UTC'): Told => {
  const [, day] = DAY.exec(value) ?? []
  if (day !== undefined) return { due: { date: day }, warnings: [] }
  const [, dateTime = value, isUtc] = LOCAL.exec(value) ?? []
  if (isUtc) {
    const ms = msIn(dateTime)
    return { due: { dateTime: clockOf(ms + offsetAt(ms, here)) ?? value, timeZone: here }, warnings: [] }
  }
  if (zone === undefined) return { due: { dateTime }, warnings: [] }
  const timeZone = knownZone(zone)
  if (timeZone === undefined) return { due: { dateTime }, warnings: [UNKNOWN_ZONE] }
  return { due: { dateTime, timeZone }, warnings: [] }
}

/** The library writes so what has a day but no time, also where a time should be. */
const DAY = /^(\d{4}-\d\d-\d\d)(?:T::)?$/
const LOCAL = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(Z?)$/

/** The moment that a property tells; one without a place is in UTC. */
export const momentIn = (property: CalendarProperty | undefined): string | undefined => {
  if (!property) return undefined
  const { value, zone } = property
  const [, day] = DAY.exec(value) ?? []
  const [, local = `${day}T00:00:00`, isUtc] = LOCAL.exec(value) ?? []
  const ms = msIn(local)
  const timeZone = isUtc || zone === undefined ? undefined : knownZone(zone)
  const clock = clockOf(timeZone ? ms - offsetAt(ms, timeZone) : ms)
  return clock && `${clock}.000Z`
}

/** By its name in the IANA database, with which other names may end: `/example.org/20260101/Europe/Berlin`. */
const knownZone = (name: string): string | undefined => {
  const parts = name.split('/')
  return [name, parts.slice(-3).join('/'), parts.slice(-2).join('/')].find(
    (candidate) => TimeZone.safeParse(candidate).success,
  )
}

/** Of a clock in UTC; NaN for a time that there is not, where `Date` would take a 30th of February for a 2nd of March. */
const msIn = (dateTime: string): number => {
  const ms = Date.parse(`${dateTime}Z`)
  return clockOf(ms) === dateTime ? ms : Number.NaN
}

/** As in `2026-12-01T09:00:00`; `undefined` beyond the years that a due can have, and of NaN. */
const clockOf = (ms: number): string | undefined => {
  const text = Math.abs(ms) <= LAST_MOMENT_MS ? new Date(ms).toISOString() : ''
  return /^(?!0000)\d{4}-/.test(text) ? text.slice(0, 19) : undefined
}

const LAST_MOMENT_MS = 8.64e15

/** How far the clocks there are ahead of UTC at that moment, in milliseconds; NaN where they show no year that a due can have. */
const offsetAt = (ms: number, timeZone: string): number => {
  const clock = wallClockAt(ms, timeZone)
  return clock ? msIn(`${dayText(clock.day)}T${timeText(clock.time)}`) - ms : Number.NaN
}

const secondsOf = (library: typeof ICAL, duration: string): number => {
  try {
    return library.Duration.fromString(duration).toSeconds()
  } catch {
    return Number.NaN
  }
}
