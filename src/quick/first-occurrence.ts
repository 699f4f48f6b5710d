import type { Recurrence } from '../recurrence/contract.ts'
import { NeverAgain, occurrencesAfter } from '../recurrence/occurrences.ts'
import { type Day, dayIn, daysAfter, dayText, periodsAfter } from './clock.ts'
import type { RecurrencePhrase } from './recurrence.ts'
import { keepsToCalendar, type Rule, ruleText } from './rule.ts'

interface Recurring {
  first: Day
  recurrence: Recurrence
  /** The days after it, as far as they are worked out. */
  upcoming: string[] | null
}

/** The recurrence from its first day, which is that day or later; `undefined` if it is over before, or never comes again. */
export const recurringFrom = async (
  { rule, from, lasts }: RecurrencePhrase,
  onOrAfter: Day,
  until: Day | undefined,
): Promise<Recurring | undefined> => {
  try {
    const first = await firstOccurrence(rule, onOrAfter)
    const last = until ?? (lasts && daysAfter(-1, periodsAfter(lasts.count, lasts.freq, first)))
    if (last && dayText(last) < dayText(first)) return undefined
    const start = dayText(first)
    const text = ruleText({ ...rule, ...(last && { until: dayText(last).replaceAll('-', '') }) })
    const upcoming = from === 'schedule' ? await occurrencesAfter(start, { rule: text, start }) : null
    return { first, recurrence: { rule: text, from }, upcoming }
  } catch (error) {
    if (error instanceof NeverAgain) return undefined
    throw error
  }
}

/** The first day of the rule, that day or later. What repeats after some time only begins on that day. */
const firstOccurrence = async (rule: Rule, onOrAfter: Day): Promise<Day> => {
  if (!keepsToCalendar(rule)) return onOrAfter
  // The interval counts from the first one; how it ends says nothing of how it begins.
  const { interval: _, count: __, until: ___, ...everyTime } = rule
  const dayBefore = dayText(daysAfter(-1, onOrAfter))
  const [first = ''] = await occurrencesAfter(dayBefore, { rule: ruleText(everyTime), start: dayBefore })
  return dayIn(first)
}
