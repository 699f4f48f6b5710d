import type { RRuleTemporal } from 'rrule-temporal'
import { withDaysStandingIn } from './skip.ts'

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
/** How far to look for days, step by step, until there are a few: days are tried one by one, months are few. */
const REACHES_DAYS = [70, 800, 4000, 8000, 12_000, 16_500]
const REACH_OF_MONTHS_DAYS = 150_000
/** Beyond this, one is enough. */
const FAR_DAYS = 8000
const FEW = 16
const ENOUGH = 64
/** Bound what a rule that never comes true may cost: a step of the days, or all the days of one with COUNT. */
const BOUNDS = { maxIterations: 5000, maxCandidateEvaluations: 40_000 }
const BOUNDS_COUNTED = { maxIterations: 20_000, maxCandidateEvaluations: 40_000 }

/**
 * The next days of the series after that one, 64 at the most, closed by `END` if there are no more. Rules tell days, and the time
 * of a due goes with each as it is written: so no change of clocks can move it.
 * Throws `NeverAgain` for a rule that has no such day, or is not one, unless it ends by COUNT or UNTIL.
 */
export const occurrencesAfter = async (after: string, series: Series): Promise<string[]> => {
  const { rule: text, lastDay } = untilLastDay(series)
  const isCounted = text.includes('COUNT=')
  const rule = await parsed(text, series.start, isCounted ? BOUNDS_COUNTED : BOUNDS)
  const { days, areAll } = isCounted ? countedDays(rule, after) : openDays(rule, after, lastDay)
  if (days.length >= ENOUGH) return days.slice(0, ENOUGH)
  if (days.length > 0) return areAll ? [...days, END] : days
  if (areAll) return [END]
  throw new NeverAgain('the rule has no more days, as far as one can see')
}

interface Found {
  days: string[]
  /** Whether the series ends with them. */
  areAll: boolean
}

const parsed = async (rule: string, start: string, bounds: typeof BOUNDS): Promise<RRuleTemporal> => {
  const { RRuleTemporal } = await import('rrule-temporal')
  const text = withDaysStandingIn(rule, start)
  const rruleString = `DTSTART;TZID=UTC:${start.replaceAll('-', '')}T000000\nRRULE:${text}`
  try {
    return new RRuleTemporal({ rruleString, strict: true, includeDtstart: true, ...bounds })
  } catch {
    throw new NeverAgain('the library does not take the rule')
  }
}

/** Of a rule with COUNT, which counts from the start. */
const countedDays = (rule: RRuleTemporal, after: string): Found => {
  const days: string[] = []
  try {
    rule.all((each) => {
      const day = dayOf(each)
      if (day > after) days.push(day)
      return days.length < ENOUGH
    })
    return { days, areAll: days.length < ENOUGH }
  } catch {
    return { days, areAll: false }
  }
}

/** Of any other. */
const openDays = (rule: RRuleTemporal, after: string, lastDay: string): Found => {
  const days: string[] = []
  const [origin, limit] = [Date.parse(after), Date.parse(lastDay)]
  const { freq } = rule.options()
  const isOfMonths = freq === 'MONTHLY' || freq === 'YEARLY'
  let from = origin
  for (const reach of isOfMonths ? [...REACHES_DAYS, REACH_OF_MONTHS_DAYS] : REACHES_DAYS) {
    const to = Math.min(origin + reach * DAY_MS, limit)
    if (from >= to) break
    try {
      days.push(...rule.between(new Date(from), new Date(to + 1)).map(dayOf))
    } catch {
      return { days, areAll: false }
    }
    from = to
    if (days.length >= FEW || (days.length > 0 && reach >= FAR_DAYS)) break
  }
  return { days, areAll: from >= limit }
}

const dayOf = (date: { toString(): string }): string => date.toString().slice(0, 10)

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
