import type { RRuleTemporal } from 'rrule-temporal'

/** What tells the days of a series: dates like `2026-12-01`; the time and place are those of the task's due. */
export interface Series {
  rule: string
  start: string
  time?: string | null
  timeZone?: string | null
}

/** A series that has none, as far as one can see. */
export class NeverAgain extends Error {
  override name = 'NeverAgain'
}

/** After the days of a series that ends, as Postgres writes it. */
export const END = 'infinity'

const LAST_DAY = '9999-12-31'
const DAY_MS = 86_400_000
/** How far to look for days, as long as there are too few. */
const REACHES_DAYS = [70, 750, 7500, 150_000]
const FEW = 16
const ENOUGH = 64
/** Bound what a rule that never comes true may cost. */
const BOUNDS = { maxIterations: 4000, maxCandidateEvaluations: 40_000 }

/**
 * The next days of the series after that one, 64 at the most, closed by `END` if there are no more. Rules tell days, and the time
 * of a due goes with each as it is written: so no change of clocks can move it.
 * Throws `NeverAgain` for a rule that has no such day, or is not one, unless it ends by COUNT or UNTIL.
 */
export const occurrencesAfter = async (after: string, series: Series): Promise<string[]> => {
  const { rule, lastDay } = untilLastDay(series)
  const text = `DTSTART;TZID=UTC:${series.start.replaceAll('-', '')}T000000\nRRULE:${rule}`
  const { days, areAll } = await daysOf(text, after, lastDay)
  if (days.length >= ENOUGH) return days.slice(0, ENOUGH)
  if (!areAll) return days
  const ends = lastDay < LAST_DAY || /COUNT=/.test(rule)
  if (days.length === 0 && !ends) throw new NeverAgain('the rule has no more days')
  return [...days, END]
}

/** The days as far as it has looked, and whether there can be more beyond. */
const daysOf = async (
  text: string,
  after: string,
  lastDay: string,
): Promise<{ days: string[]; areAll: boolean }> => {
  const { RRuleTemporal } = await import('rrule-temporal')
  let rule: RRuleTemporal
  try {
    rule = new RRuleTemporal({ rruleString: text, strict: true, includeDtstart: true, ...BOUNDS })
  } catch {
    throw new NeverAgain('the library does not take the rule')
  }
  const from = Date.parse(after)
  const limit = Date.parse(lastDay)
  let days: string[] = []
  for (const reach of REACHES_DAYS) {
    const until = Math.min(from + reach * DAY_MS, limit + 1)
    if (until <= from) break
    try {
      days = rule.between(new Date(from), new Date(until)).map((each) => each.toString().slice(0, 10))
    } catch {
      // It has gone on for too long without finding enough: what was found before is all that there is to see.
      break
    }
    if (days.length >= FEW) return { days, areAll: until > limit }
  }
  return { days, areAll: true }
}

/** The rule without its UNTIL, and the last day on which the task can be due by it. */
const untilLastDay = ({ rule, time, timeZone }: Series): { rule: string; lastDay: string } => {
  const [, digits] = /(?:^|;)UNTIL=([0-9TZ]+)/.exec(rule) ?? []
  if (digits === undefined) return { rule, lastDay: LAST_DAY }
  const parts = rule.split(';').filter((part) => !part.startsWith('UNTIL='))
  const [day = '', clock] = localUntil(digits, timeZone ?? 'UTC').split('T')
  const isOver = clock !== undefined && (time ?? '00:00:00') > clock
  return { rule: parts.join(';'), lastDay: isOver ? dayBefore(day) : day }
}

/** UNTIL on the clock of the place where the task is due, if it is told in UTC. */
const localUntil = (digits: string, timeZone: string): string => {
  const [, year, month, day, hour, minute, second, isUtc] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/.exec(digits) ?? []
  const date = `${year}-${month}-${day}`
  if (hour === undefined) return date
  const local = `${date}T${hour}:${minute}:${second}`
  if (isUtc === undefined || Number.isNaN(Date.parse(local))) return local
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    .format(new Date(`${local}Z`))
    .replace(' ', 'T')
}

const dayBefore = (day: string): string => new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10)
