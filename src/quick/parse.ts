import type { Recurrence } from '../recurrence/contract.ts'
import type { WorkedOut } from '../recurrence/work-out.ts'
import type { Due } from '../tasks/due.ts'
import { type Day, daysAfter, dayText, type Time, timeText, wallClockAt } from './clock.ts'
import type { Piece } from './contract.ts'
import { datesIn, type When } from './dates.ts'
import { recurringFrom } from './first-occurrence.ts'
import { marksIn } from './marks.ts'
import { recurrenceIn } from './recurrence.ts'
import { leftOf, type Span, without, withPunctuation, wordsOf } from './words.ts'

export type Reading = WorkedOut<{
  title: string
  due: Due | null
  recurrence: Recurrence | null
  priority: 0 | 1 | 2 | 3
  list: string | undefined
  labels: string[]
  /** In the order of the text; none overlaps another. */
  pieces: Piece[]
}>

interface Here {
  timeZone: string
  nowMs: number
}

/**
 * Reads a task out of plain words, as somebody in that place says them at that moment. What is not understood is the title;
 * where nothing would be left for it, the whole text is.
 */
export const taskIn = async (text: string, here: Here): Promise<Reading> => {
  const { found: marks, ...marked } = marksIn(text)
  const unmarked = without(text, marks)
  const phrase = recurrenceIn(wordsOf(unmarked))
  const dates = await datesIn(without(unmarked, phrase ? [phrase] : []), here.timeZone, here.nowMs)

  const until = phrase && dates.find((date) => date.day && date.isEnd && follows(text, phrase, date))
  const dated = dates.find((date) => date.day && !date.isEnd)
  const timed = dated?.time ? undefined : dates.find(({ day, time, isEnd }) => time && !day && !isEnd)
  const start = startOf(dated, timed, here)
  const recurring = phrase && (await recurringFrom(phrase, start.day, until?.day))

  const found = [
    ...marks,
    ...(recurring ? [piece('recurrence', { start: phrase.start, end: until?.end ?? phrase.end })] : []),
    ...(dated ? [piece('due', dated)] : []),
    ...(timed ? [piece('due', timed)] : []),
  ]
  const pieces = withPunctuation(text, found).map((span) => ({
    text: text.slice(span.start, span.end),
    ...span,
  }))
  const left = leftOf(text, pieces)
  const dueDay = recurring?.first ?? ((dated ?? timed) && start.day)

  return {
    ...marked,
    title: /[\p{L}\p{N}\p{S}]/u.test(left) ? left : text.trim(),
    due: dueDay ? dueOn(dueDay, start.time, here.timeZone) : null,
    recurrence: recurring?.recurrence ?? null,
    upcoming: recurring?.upcoming ?? null,
    pieces,
  }
}

/** Whether nothing but space is between the first and the second. */
const follows = (text: string, first: Span, second: Span): boolean =>
  second.start >= first.end && text.slice(first.end, second.start).trim() === ''

const piece = (kind: Piece['kind'], { start, end }: Span) => ({ kind, start, end })

/** When it begins: a time alone is the next time that it is that late there. */
const startOf = (
  dated: When | undefined,
  timed: When | undefined,
  { timeZone, nowMs }: Here,
): { day: Day; time: Time | undefined } => {
  const time = dated?.time ?? timed?.time
  if (dated?.day) return { day: dated.day, time }
  const now = wallClockAt(nowMs, timeZone) ?? EPOCH
  const hasPassed = time !== undefined && timeText(time) <= timeText(now.time)
  return { day: hasPassed ? daysAfter(1, now.day) : now.day, time }
}

const EPOCH = { day: { year: 1970, month: 1, day: 1 }, time: { hour: 0, minute: 0, second: 0 } }

const dueOn = (day: Day, time: Time | undefined, timeZone: string): Due =>
  time ? { dateTime: `${dayText(day)}T${timeText(time)}`, timeZone } : { date: dayText(day) }
