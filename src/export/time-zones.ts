import type { Due } from '../tasks/due.ts'

const STEP_MS = 28 * 24 * 3_600_000
const SECOND_MS = 1_000
/** Clocks that far ahead nobody knows; readers go on with the last rule. */
const MOST_YEARS = 30

/** A VTIMEZONE for each place that something is due in, for the years in which it is. */
export const timeZonesOf = (dues: readonly (Due | null)[]): string[] => {
  const years = new Map<string, { first: number; last: number }>()
  for (const due of dues) {
    if (!due || !('timeZone' in due) || due.timeZone === 'UTC') continue
    const year = Number(due.dateTime.slice(0, 4))
    const { first, last } = years.get(due.timeZone) ?? { first: year, last: year }
    years.set(due.timeZone, { first: Math.min(first, year), last: Math.max(last, year) })
  }
  return [...years].map(([zone, { first, last }]) =>
    timeZone(zone, first - 1, Math.min(last + 2, first + MOST_YEARS)),
  )
}

const timeZone = (zone: string, firstYear: number, lastYear: number): string => {
  const offsetAt = offsetsOf(zone)
  const start = startOf(firstYear)
  const first = offsetAt(start)
  // Changes between the same two offsets are told once, with their dates.
  const observances = new Map([[`${first} ${first}`, { from: first, to: first, at: [start] }]])
  for (const { at, from, to } of changesIn(offsetAt, start, startOf(lastYear))) {
    const key = `${from} ${to}`
    const known = observances.get(key)
    if (known) known.at.push(at)
    else observances.set(key, { from, to, at: [at] })
  }
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${zone}`,
    ...[...observances.values()].flatMap(({ from, to, at: [begins = start, ...others] }) => {
      const kind = to > from ? 'DAYLIGHT' : 'STANDARD'
      return [
        `BEGIN:${kind}`,
        `DTSTART:${clock(begins + from)}`,
        ...others.map((at) => `RDATE:${clock(at + from)}`),
        `TZOFFSETFROM:${offset(from)}`,
        `TZOFFSETTO:${offset(to)}`,
        `END:${kind}`,
      ]
    }),
    'END:VTIMEZONE',
  ].join('\r\n')
}

type OffsetAt = (ms: number) => number

/** When the clocks change, to the second. */
const changesIn = (offsetAt: OffsetAt, start: number, end: number) => {
  const changes: { at: number; from: number; to: number }[] = []
  let [at, from] = [start, offsetAt(start)]
  while (at < end) {
    const next = at + STEP_MS
    const to = offsetAt(next)
    if (to !== from) changes.push({ at: changeBetween(offsetAt, at, next), from, to })
    at = next
    from = to
  }
  return changes
}

const changeBetween = (offsetAt: OffsetAt, before: number, after: number): number => {
  const was = offsetAt(before)
  let [low, high] = [before, after]
  while (high - low > SECOND_MS) {
    const middle = low + Math.floor((high - low) / 2 / SECOND_MS) * SECOND_MS
    if (offsetAt(middle) === was) low = middle
    else high = middle
  }
  return high
}

/** How far the clocks of that place are ahead of UTC at a time, in milliseconds. */
const offsetsOf = (timeZone: string): OffsetAt => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (ms) => {
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return utc(year, month, day, hour, minute, second) - Math.floor(ms / SECOND_MS) * SECOND_MS
  }
}

/** Of a year whose first and last days are in the years 1 to 9999 everywhere. */
const startOf = (year: number): number => utc(Math.min(Math.max(year, 2), 9_998), 1, 1)

/** `Date.UTC` takes years below 100 for those of the last century. */
const utc = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number => {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  return date.setUTCHours(hour, minute, second)
}

const clock = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')

const offset = (ms: number): string => {
  const minutes = Math.round(Math.abs(ms) / 60_000)
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return `${ms < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}${String(rest).padStart(2, '0')}`
}
