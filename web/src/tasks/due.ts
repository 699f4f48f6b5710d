import type { Task } from '../../../client/src/index.ts'
import { clockTime, shortDay, shortDayWithYear, weekdayOf } from './formats.ts'

export type Due = NonNullable<Task['due']>

/** A day of the calendar, like `2026-12-01`: such days compare as text. */
export type Day = string

const DAY_MS = 86_400_000

/** What day it is here. */
export const today = (now: Date = new Date()): Day =>
  [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')

export const daysAfter = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** The Monday after it. */
export const nextMonday = (day: Day): Day =>
  daysAfter(day, ((8 - new Date(`${day}T00:00:00Z`).getUTCDay()) % 7) + (isMonday(day) ? 7 : 0))

const isMonday = (day: Day): boolean => new Date(`${day}T00:00:00Z`).getUTCDay() === 1

/** The moment at which a clock in that place shows that time: the first one, if it does so twice. */
const momentOf = (dateTime: string, timeZone: string): Date => {
  const asUtc = Date.parse(`${dateTime}Z`)
  const offset = (at: number): number => Date.parse(`${clockIn(new Date(at), timeZone)}Z`) - at
  // By the offset of the day before, unless the clock has been changed since.
  const first = asUtc - offset(asUtc - DAY_MS)
  return new Date(clockIn(new Date(first), timeZone) === dateTime ? first : asUtc - offset(asUtc))
}

const clocks = new Map<string, Intl.DateTimeFormat>()

/** What a clock in that place shows then, like `2026-12-01T09:00:00`. */
const clockIn = (moment: Date, timeZone: string): string => {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  clocks.set(timeZone, clock)
  return clock.format(moment).replace(' ', 'T')
}

export const here = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

interface LocalDue {
  day: Day
  time: string | undefined
}

const known = new WeakMap<Due, LocalDue>()

/** When it is due on a clock here: a day, and a time if it has one. */
export const dueHere = (due: Due): LocalDue => {
  const before = known.get(due)
  if (before) return before
  const local = localDue(due)
  known.set(due, local)
  return local
}

const localDue = (due: Due): LocalDue => {
  if ('date' in due) return { day: due.date, time: undefined }
  const local = 'timeZone' in due ? clockIn(momentOf(due.dateTime, due.timeZone), here()) : due.dateTime
  const [day = '', time = ''] = local.split('T')
  return { day, time: time.slice(0, 5) }
}

/** Due on that day at that time here, or on the day as such; a time that is in no place stays so. */
export const dueOn = (day: Day, time: string | undefined, before: Due | null = null): Due => {
  if (time === undefined || time === '') return { date: day }
  const dateTime = `${day}T${time}:00`
  const isFloating = before !== null && 'dateTime' in before && !('timeZone' in before)
  return isFloating ? { dateTime } : { dateTime, timeZone: here() }
}

/** Whether it should have been done by now. */
export const isLate = (due: Due, now: Date): boolean => {
  const { day, time } = dueHere(due)
  const current = today(now)
  if (day !== current || time === undefined) return day < current
  return time < now.toTimeString().slice(0, 5)
}

/** The day as people say it: Today, Tomorrow, Friday, 24 Nov, 3 Dec 2027. */
export const nameOfDay = (day: Day, now: Date = new Date()): string => {
  const current = today(now)
  if (day === current) return 'Today'
  if (day === daysAfter(current, 1)) return 'Tomorrow'
  if (day === daysAfter(current, -1)) return 'Yesterday'
  if (day > current && day < daysAfter(current, 7)) return weekdayOf(day)
  return day.slice(0, 4) === current.slice(0, 4) ? shortDay(day) : shortDayWithYear(day)
}

export const nameOfDue = (due: Due, now?: Date): string => {
  const { day, time } = dueHere(due)
  return time === undefined ? nameOfDay(day, now) : `${nameOfDay(day, now)} ${clockTime(time)}`
}
