import type { ParsedResult } from 'chrono-node'
import { type Day, dayText, type Time, type WallClock, wallClockAt } from './clock.ts'
import { ordinalIn } from './recurrence-words.ts'
import { BARRIER, type Span, standsAlone } from './words.ts'

/** What the text says of when, by the clocks of the caller's place. */
export interface When extends Span {
  /** Nothing of it: only a time was said. */
  day: Day | undefined
  /** Nothing of it: only a day was said. */
  time: Time | undefined
  /** Whether it is said to be an end: `until friday`. */
  isEnd: boolean
}

/**
 * The days and times that the text names, in their order, as of that moment in that place. Not read: what is over, spans of
 * time, times with a zone of their own, and words that say a day only now and then (`sun`, `march`).
 */
export const datesIn = async (text: string, timeZone: string, nowMs: number): Promise<When[]> => {
  // Knows all kinds of dates, and is no small thing: only for those who need it.
  const { casual } = await import('chrono-node/en')
  const now = wallClockAt(nowMs, timeZone)
  if (!now) return []
  // It reckons with `Date`, in the zone of the runtime, which is UTC. So that there is nothing to be converted it is told
  // that the day has just begun, and only what it reads on the clock is believed.
  const { year, month, day } = now.day
  const midnight = new Date(year, month - 1, day)
  return casual.parse(text, midnight, { forwardDate: true }).flatMap((result) => {
    const span = spanOf(text, result)
    const when = span && whenOf(result, text, span, (elapsedMs) => wallClockAt(nowMs + elapsedMs, timeZone))
    if (!span || !when) return []
    const isOver = when.day && dayText(when.day) < dayText(now.day)
    return isOver || !isPlain(when.day) ? [] : [{ ...when, ...inItsPlace(text, span, result) }]
  })
}

/** Where it stands, without what belongs to the sentence; `undefined` for what is not to be read there. */
const spanOf = (text: string, result: ParsedResult): Span | undefined => {
  let start = result.index
  let end = start + result.text.length
  if (hasZone(result)) {
    const name = wordBefore(text, end)
    const said = text.slice(name.start, end)
    // `7pm eat` is no time of East Africa; `7pm EAT` is one, and cannot be kept.
    const isZone =
      !/^[a-z]{2,4}$/i.test(said) || (result.start.isCertain('hour') && said === said.toUpperCase())
    if (isZone) return undefined
    end = name.start
  }
  while (start < end && LOOSE.test(text[start] ?? '')) start += 1
  while (start < end && LOOSE.test(text[end - 1] ?? '')) end -= 1
  const said = text.slice(start, end).toLowerCase()
  const { word: before } = wordBefore(text, start)
  if (start === end || !standsAlone(text, { start, end }) || NOT_AFTER.has(before)) return undefined
  const isWeekday = result.start.isCertain('weekday') && !result.start.isCertain('day')
  if (result.end || /\b(?:last|past)\b/.test(said)) return undefined
  if (isWeekday && (ARTICLES.has(before) || ordinalIn(before) !== undefined)) return undefined
  if (OFTEN_NO_DAY.has(said) && !BEFORE_A_DAY.has(before)) return undefined
  return { start, end }
}

const LOOSE = /[\s,()（）]/
const NOT_AFTER = new Set([
  'every',
  'each',
  'last',
  'past',
  'before',
  'after',
  'since',
  'not',
  'except',
  'per',
])
const ARTICLES = new Set(['the', 'a', 'my', 'our', 'your'])
const OFTEN_NO_DAY = new Set(['sun', 'sat', 'wed', 'mon'])
const ENDS = new Set(['until', 'till', 'ending'])
const BEGINNINGS = new Set(['due', 'starting', 'beginning'])
const BEFORE_A_DAY = new Set(['on', 'by', ...BEGINNINGS, ...ENDS])

/** The word that ends there, but for spaces; an empty one if there is none. */
const wordBefore = (text: string, at: number): { word: string; start: number } => {
  const before = text.slice(0, at).trimEnd()
  let start = before.length
  while (start > 0 && !LOOSE.test(before[start - 1] ?? ' ')) start -= 1
  return { word: before.slice(start).toLowerCase(), start }
}

/** Whether it names a zone, as `EST` or an offset. What is reckoned from now has that of the runtime. */
const hasZone = (result: ParsedResult): boolean =>
  result.start.isCertain('timezoneOffset') && !result.tags().has('result/relativeDateAndTime')

type ClockAfter = (elapsedMs: number) => WallClock | undefined

const whenOf = (
  { start, refDate }: ParsedResult,
  text: string,
  span: Span,
  clockAfter: ClockAfter,
): { day: Day | undefined; time: Time | undefined } | undefined => {
  const said = text.slice(span.start, span.end).toLowerCase()
  const tags = start.tags()
  const numberOf = (part: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second') => start.get(part) ?? 0
  const day = { year: numberOf('year'), month: numberOf('month'), day: numberOf('day') }
  const time = { hour: numberOf('hour'), minute: numberOf('minute'), second: numberOf('second') }

  if (tags.has('casualReference/now')) return undefined
  if (tags.has('result/relativeDate') && !RECKONED.some((form) => form.test(said))) return undefined
  if (tags.has('result/relativeDateAndTime')) {
    const { year, month, day: date } = day
    const shown = Date.UTC(year, month - 1, date, time.hour, time.minute, time.second)
    const clock = clockAfter(shown - refDate.getTime() - utcOffsetMs(refDate))
    return clock && { day: clock.day, time: { ...clock.time, second: 0 } }
  }
  const isDay = start.isCertain('day') || start.isCertain('weekday') || tags.has('result/relativeDate')
  const isMonth = start.isCertain('month') || start.isCertain('year')
  const hasTime = start.isCertain('hour')
  if (isDay) return { day, time: hasTime ? time : undefined }
  if (isMonth)
    return IN_MONTH.test(text.slice(0, span.start)) && !hasTime ? { day, time: undefined } : undefined
  if (hasTime) return { day: undefined, time }
  // A part of the day says which day only by `this`.
  return said.startsWith('this ') && tags.size > 0 ? { day, time: undefined } : undefined
}

/** `in 2 hours`, `next week`, `2 days from now`; not `for 20 minutes`, nor `in the week`. */
const RECKONED = [/^(?:in|within) (?!the\b)/, /^next /, /^\+/, / from now$/, / later$/, /\bafter\b/]
const IN_MONTH = /\b(?:in|by) $/i

/** For the runtime of a developer, whose zone need not be UTC. */
const utcOffsetMs = (date: Date): number => -date.getTimezoneOffset() * 60_000

/** Whether its year is one of four digits; that of what cannot be reckoned is no number. */
const isPlain = (day: Day | undefined): boolean => day === undefined || day.year <= 9999

/** With the words before it that say that it is due then, or the end: `on friday`, `starting from monday`, `until may 1`. */
const inItsPlace = (
  text: string,
  { start, end }: Span,
  { start: said }: ParsedResult,
): Pick<When, 'start' | 'end' | 'isEnd'> => {
  const isCasual = [...said.tags()].some((tag) => tag.startsWith('casualReference/'))
  const fitting = new Set(['by', 'for', ...BEGINNINGS])
  if (said.isCertain('hour')) fitting.add('at')
  if (!said.isCertain('day') && !said.isCertain('weekday') && !said.isCertain('hour')) fitting.add('in')
  if (!isCasual) fitting.add('on')

  const preposition = wordBefore(text, start)
  if (ENDS.has(preposition.word)) return { start: preposition.start, end, isEnd: true }
  const beginning = wordBefore(text, preposition.start)
  const takesFrom = BEGINNINGS.has(beginning.word) || beginning.word.startsWith(BARRIER)
  if (!fitting.has(preposition.word) && !(takesFrom && preposition.word === 'from'))
    return { start, end, isEnd: false }
  const begins = BEGINNINGS.has(beginning.word) ? beginning : preposition
  return { start: begins.start, end, isEnd: false }
}
