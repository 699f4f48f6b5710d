/** A day of the calendar, in no place in particular. */
export interface Day {
  year: number
  month: number
  day: number
}

/** A time of day on some wall. */
export interface Time {
  hour: number
  minute: number
  second: number
}

export interface WallClock {
  day: Day
  time: Time
}

const LAST_MOMENT_MS = 8.64e15

/** What the clocks of that place show at that moment, in milliseconds since 1970; `undefined` when there is no such moment. */
export const wallClockAt = (momentMs: number, timeZone: string): WallClock | undefined => {
  if (!(Math.abs(momentMs) <= LAST_MOMENT_MS)) return undefined
  const parts = new Intl.DateTimeFormat('en', { ...SHOWN, timeZone }).formatToParts(momentMs)
  const numberOf = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return {
    day: { year: numberOf('year'), month: numberOf('month'), day: numberOf('day') },
    time: { hour: numberOf('hour'), minute: numberOf('minute'), second: numberOf('second') },
  }
}

const SHOWN = {
  calendar: 'iso8601',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const

/** The day so many days later. */
export const daysAfter = (days: number, { year, month, day }: Day): Day => {
  const date = new Date(Date.UTC(year, month - 1, day + days))
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

/** The day so many periods later; the last one of a month that is too short. */
export const periodsAfter = (
  count: number,
  period: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY',
  { year, month, day }: Day,
): Day => {
  if (period === 'DAILY' || period === 'WEEKLY') {
    return daysAfter(period === 'DAILY' ? count : count * 7, { year, month, day })
  }
  const months = year * 12 + month - 1 + (period === 'MONTHLY' ? count : count * 12)
  const to = { year: Math.floor(months / 12), month: (months % 12) + 1 }
  const lastDay = new Date(Date.UTC(to.year, to.month, 0)).getUTCDate()
  return { ...to, day: Math.min(day, lastDay) }
}

/** As in `2026-12-01`; days of the years 1 to 9999 sort by it. */
export const dayText = ({ year, month, day }: Day): string =>
  `${String(year).padStart(4, '0')}-${padded(month)}-${padded(day)}`

/** As in `09:00:00`. */
export const timeText = ({ hour, minute, second }: Time): string =>
  [hour, minute, second].map(padded).join(':')

/** Reads what `dayText` writes. */
export const dayIn = (text: string): Day => {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
  return { year, month, day }
}

const padded = (number: number): string => String(number).padStart(2, '0')
