import { listOf, only, type Reader, readerOf } from './reader.ts'
import {
  daysIn,
  MONTHS,
  numberIn,
  ordinalIn,
  placeIn,
  UNITS,
  WEEKDAYS,
  WEEKEND,
  WORKDAYS,
} from './recurrence-words.ts'
import { keepsToCalendar, type Rule } from './rule.ts'
import type { Span, Word } from './words.ts'

export interface RecurrencePhrase extends Span {
  rule: Rule
  from: 'schedule' | 'completion'
  /** How long it goes on, in days, weeks, months or years from its first day. */
  lasts?: { count: number; freq: Rule['freq'] }
}

/**
 * The first phrase that begins with `every`, or `every!` to count from when it was completed. What keeps to days of the
 * calendar is counted from the schedule in any case.
 */
export const recurrenceIn = (words: readonly Word[]): RecurrencePhrase | undefined => {
  for (const [at, { word, start }] of words.entries()) {
    if (word !== 'every' && word !== 'every!') continue
    const reader = readerOf(words.map((each) => each.word).slice(at + 1))
    const rule = patternOf(reader)
    if (!rule) continue
    const from = word === 'every!' && !keepsToCalendar(rule) ? 'completion' : 'schedule'
    const end = () => words[at + reader.taken()]?.end ?? 0
    const limit = limitOf(reader, from)
    return {
      start,
      end: end(),
      from,
      rule: { ...rule, ...limit?.rule },
      ...(limit?.lasts && { lasts: limit.lasts }),
    }
  }
  return undefined
}

const patternOf = (reader: Reader): Rule | undefined =>
  [weekdays, monthDays, monthFirst, numberOfMonth, periods]
    .values()
    .map((pattern) => reader.attempt(() => pattern(reader)))
    .find((rule) => rule !== undefined)

/** `monday, wed and fri`, `other friday`, `weekday`, `weekend`. */
const weekdays = (reader: Reader): Rule | undefined => {
  const interval = reader.take(only('other')) ? 2 : 1
  const byDay = weekdayList(reader)
  return byDay && { freq: 'WEEKLY', interval, byDay }
}

/** Days of the week in their order. */
const weekdayList = (reader: Reader): string[] | undefined => {
  const days = listOf(reader, () => reader.take(weekdaysIn))
  const said = new Set(days?.flat())
  return days && [...WORKDAYS, ...WEEKEND].filter((day) => said.has(day))
}

const weekdaysIn = (word: string): readonly string[] | undefined => {
  if (['weekday', 'weekdays', 'workday', 'workdays'].includes(word)) return WORKDAYS
  if (word === 'weekend' || word === 'weekends') return WEEKEND
  const day = WEEKDAYS.get(word)
  return day === undefined ? undefined : [day]
}

/** `1st`, `1st and 15th`, `last day of the month`, `first monday`, `last weekday`, `1st of january`. */
const monthDays = (reader: Reader): Rule | undefined => {
  reader.take(only('the'))
  return reader.attempt(() => weekdayInMonth(reader)) ?? reader.attempt(() => daysOfMonth(reader))
}

const weekdayInMonth = (reader: Reader): Rule | undefined => {
  const place = reader.take(placeIn) ?? reader.take(ordinalIn)
  const days = reader.take(weekdaysIn)
  if (place === undefined || !days || days === WEEKEND) return undefined
  // To find that none ever comes would take long.
  if (place > 5 && days.length === 1) return undefined
  const month = ofMonth(reader)
  const yearly = month === 'each' ? { freq: 'MONTHLY' as const } : { freq: 'YEARLY' as const, byMonth: month }
  if (days.length > 1) return { ...yearly, byDay: days, bySetPos: place }
  return { ...yearly, byDay: [`${place}${days[0]}`] }
}

const daysOfMonth = (reader: Reader): Rule | undefined => {
  const days = listOf(reader, () => reader.attempt(() => dayOfMonth(reader)))
  if (!days) return undefined
  const byMonthDay = [...new Set(days)].toSorted((a, b) => (a < 0 ? 32 : a) - (b < 0 ? 32 : b))
  const month = ofMonth(reader)
  return month === 'each' ? { freq: 'MONTHLY', byMonthDay } : inMonth(month, byMonthDay)
}

/** `1st`, `2nd day of the month`, `first day`, `last day`; `2nd day` alone is every other one. */
const dayOfMonth = (reader: Reader): number | undefined => {
  const ordinal = reader.take(ordinalIn)
  const place = ordinal ?? reader.take(placeIn)
  if (place === undefined) return undefined
  if (!reader.take(only('day'))) {
    const isOfOther = reader.take((word) => UNITS.get(word) ?? weekdaysIn(word))
    return isOfOther ? undefined : ordinal
  }
  const isOfMonth = place === 1 || place === -1 || reader.ahead(() => monthNamed(reader)) !== undefined
  return isOfMonth ? place : undefined
}

/** The month that is named; each one if none is. */
const ofMonth = (reader: Reader): number | 'each' => monthNamed(reader) ?? 'each'

/** `of the month`, `of january`, `january`. */
const monthNamed = (reader: Reader): number | 'each' | undefined =>
  reader.attempt(() => {
    const of = reader.take(only('of', 'in'))
    reader.take(only('the', 'each', 'every'))
    return reader.take((word) => MONTHS.get(word)) ?? (of && reader.take(only('month')) && ('each' as const))
  })

/** `january`, `jan 1`, `january 1st`. */
const monthFirst = (reader: Reader): Rule | undefined => {
  const month = reader.take((word) => MONTHS.get(word))
  if (month === undefined) return undefined
  reader.take(only('the'))
  return inMonth(month, [reader.take(ordinalIn) ?? reader.take(dayNumberIn) ?? 1])
}

/** `1 january`. */
const numberOfMonth = (reader: Reader): Rule | undefined => {
  const day = reader.take(dayNumberIn)
  const month = reader.take((word) => MONTHS.get(word))
  return day === undefined || month === undefined ? undefined : inMonth(month, [day])
}

const dayNumberIn = (word: string): number | undefined => {
  const number = /^\d{1,2}$/.test(word) ? Number(word) : 0
  return number >= 1 && number <= 31 ? number : undefined
}

const inMonth = (byMonth: number, byMonthDay: number[]): Rule | undefined =>
  byMonthDay.every((day) => day <= daysIn(byMonth)) ? { freq: 'YEARLY', byMonth, byMonthDay } : undefined

/** `day`, `2 weeks`, `other month`, `third year`; `2 weeks on monday`, `month on the 15th`. */
const periods = (reader: Reader): Rule | undefined => {
  const many = reader.take(numberIn)
  const nth = many ?? (reader.take(only('other')) ? 2 : (reader.take(placeIn) ?? reader.take(ordinalIn) ?? 1))
  const unit = reader.take((word) => unitIn(word, many !== undefined))
  if (!unit || nth < 1 || nth * unit.of > MAX_INTERVAL) return undefined
  const rule: Rule = { freq: unit.freq, interval: nth * unit.of }
  return reader.attempt(() => daysOfPeriod(reader, rule)) ?? rule
}

/** As the contract of tasks takes it. */
const MAX_INTERVAL = 999

const unitIn = (word: string, many: boolean) =>
  UNITS.get(word) ?? (many && word.endsWith('s') ? UNITS.get(word.slice(0, -1)) : undefined)

const daysOfPeriod = (reader: Reader, rule: Rule): Rule | undefined => {
  if (!reader.take(only('on'))) return undefined
  if (rule.freq === 'WEEKLY') {
    const byDay = weekdayList(reader)
    return byDay && { ...rule, byDay }
  }
  const days = monthDays(reader) ?? monthFirst(reader)
  return days?.freq === rule.freq ? { ...days, interval: rule.interval ?? 1 } : undefined
}

/** `10 times`, `for 3 weeks`. */
const limitOf = (reader: Reader, from: RecurrencePhrase['from']) =>
  reader.attempt((): { rule?: Partial<Rule>; lasts?: RecurrencePhrase['lasts'] } | undefined => {
    const lasts = reader.take(only('for'))
    const many = reader.take(numberIn)
    if (many === undefined) return undefined
    // What is counted from completion has no count: it cannot be told how often it was done before.
    if (from === 'schedule' && reader.take(only('time', 'times'))) return { rule: { count: many } }
    const unit = lasts && reader.take((word) => unitIn(word, true))
    return unit && { lasts: { count: many * unit.of, freq: unit.freq } }
  })
