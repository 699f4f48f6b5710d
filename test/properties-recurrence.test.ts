import fc from 'fast-check'
import { describe, it } from 'vitest'
import { END, NeverAgain, occurrencesAfter } from '../src/recurrence/occurrences.ts'
import { faultIn } from '../src/recurrence/rule.ts'
import { holds } from './support/property.ts'

const DAY_MS = 86_400_000
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const

interface Rule {
  freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'
  interval: number
  byDay: string[]
  byMonthDay: number[]
  byMonth: number[]
}

const textOf = ({ freq, interval, byDay, byMonthDay, byMonth }: Rule): string =>
  [
    `FREQ=${freq}`,
    `INTERVAL=${interval}`,
    ...(byDay.length > 0 ? [`BYDAY=${byDay}`] : []),
    ...(byMonthDay.length > 0 ? [`BYMONTHDAY=${byMonthDay}`] : []),
    ...(byMonth.length > 0 ? [`BYMONTH=${byMonth}`] : []),
  ].join(';')

const some = <T>(...values: T[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 })

const rules: fc.Arbitrary<Rule> = fc
  .constantFrom<Rule['freq']>('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY')
  .chain((freq) =>
    fc.record({
      freq: fc.constant(freq),
      interval: fc.constantFrom(1, 1, 1, 2, 3, 5),
      byDay:
        freq === 'MONTHLY'
          ? some<string>('MO', 'FR', '1TU', '-1FR', '5SU', '-2SA')
          : some<string>(...WEEKDAYS),
      byMonthDay: freq === 'WEEKLY' ? fc.constant([]) : some(1, 13, 29, 30, 31, -1, -31),
      byMonth: some(1, 2, 6, 12),
    }),
  )

const starts = fc
  .oneof(
    fc.integer({ min: 0, max: 40_000 }).map((days) => new Date(days * DAY_MS)),
    fc.constantFrom('2024-02-29', '2026-01-31', '2026-12-31', '2027-03-28').map((day) => new Date(day)),
  )
  .map((date) => date.toISOString().slice(0, 10))

/** Whether the day is one of the rule's, told by its definition alone: RFC 5545, 3.3.10, without what is generated step by step. */
const isOn = (day: Date, start: Date, rule: Rule): boolean => {
  const { freq, interval, byDay, byMonthDay, byMonth } = rule
  const months = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth()
  const week = (date: Date) => Math.floor((date.getTime() / DAY_MS + 3) / 7)
  const periods = {
    DAILY: (day.getTime() - start.getTime()) / DAY_MS,
    WEEKLY: week(day) - week(start),
    MONTHLY: months(day) - months(start),
    YEARLY: day.getUTCFullYear() - start.getUTCFullYear(),
  }
  if (periods[freq] % interval !== 0) return false
  if (byMonth.length > 0 && !byMonth.includes(day.getUTCMonth() + 1)) return false

  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()
  const date = day.getUTCDate()
  if (byMonthDay.length > 0 && !byMonthDay.some((each) => each === date || each === date - last - 1))
    return false
  if (byDay.length > 0 && !byDay.some((each) => isWeekday(each, day, last))) return false

  if (byDay.length > 0 || byMonthDay.length > 0 || freq === 'DAILY') return true
  if (freq === 'WEEKLY') return day.getUTCDay() === start.getUTCDay()
  if (date !== start.getUTCDate()) return false
  return freq === 'MONTHLY' || byMonth.length > 0 || day.getUTCMonth() === start.getUTCMonth()
}

/** `FR`, or `-1FR`: the last one of the month. */
const isWeekday = (text: string, day: Date, last: number): boolean => {
  if (WEEKDAYS[day.getUTCDay()] !== text.slice(-2)) return false
  const which = Number(text.slice(0, -2))
  const date = day.getUTCDate()
  return which === 0 || which === Math.ceil(date / 7) || -which === Math.ceil((last - date + 1) / 7)
}

/** How far these tests look. */
const yearsAfter = (start: string) => `${Number(start.slice(0, 4)) + 100}${start.slice(4)}`

/** The days of the rule after its start, within a hundred years. */
const daysBy = (rule: Rule, start: string, count: number): string[] => {
  const days: string[] = []
  const first = new Date(start)
  const end = Date.parse(yearsAfter(start.replace('02-29', '03-01')))
  for (let ms = first.getTime() + DAY_MS; days.length < count && ms < end; ms += DAY_MS) {
    const day = new Date(ms)
    if (isOn(day, first, rule)) days.push(day.toISOString().slice(0, 10))
  }
  return days
}

const ask = (after: string, rule: string, start: string) =>
  occurrencesAfter(after, { rule, start }).catch((error: unknown) => {
    if (!(error instanceof NeverAgain)) throw error
    return [END]
  })

/** Their days as if they were asked for one by one when those at hand are used up, with `END` if they end. */
const chained = async (rule: string, start: string, atMost: number): Promise<string[]> => {
  const days: string[] = []
  for (let after = start; after !== END && days.length <= atMost; after = days.at(-1) ?? END)
    days.push(...(await ask(after, rule, start)))
  return days
}

describe('the days that are worked out', () => {
  it('are those that the rule is true of', async ({ expect }) => {
    const property = fc.asyncProperty(rules, starts, async (rule, start) => {
      expect(faultIn(textOf(rule), 'schedule')).toBeUndefined()
      const asked = await ask(start, textOf(rule), start)
      const days = asked.filter((day) => day < yearsAfter(start.replace('02-29', '03-01')))
      expect(days.slice(0, 16)).toEqual(daysBy(rule, start, 16).slice(0, Math.max(days.length, 1)))
    })
    await holds(property, 200)
  })

  it('go on from any of them as if from the start', async ({ expect }) => {
    const property = fc.asyncProperty(rules, starts, fc.nat({ max: 15 }), async (rule, start, nth) => {
      const text = textOf(rule)
      const days = await ask(start, text, start)
      const day = days[nth]
      if (day === undefined || day === END) return
      const later = await ask(day, text, start)
      const shared = Math.min(days.length - nth - 1, later.length)
      expect(later.slice(0, shared)).toEqual(days.slice(nth + 1, nth + 1 + shared))
    })
    await holds(property, 100)
  })

  it('are as many as COUNT says, and none after UNTIL', async ({ expect }) => {
    const property = fc.asyncProperty(
      rules,
      starts,
      fc.integer({ min: 1, max: 30 }),
      async (rule, start, count) => {
        // Days that come once in years are not counted for ever.
        fc.pre(rule.freq !== 'DAILY' || rule.byMonthDay.length === 0 || rule.byDay.length === 0)
        const text = textOf(rule)
        const all = (await chained(text, start, count)).filter((day) => day !== END)
        const counted = await chained(`${text};COUNT=${count}`, start, count)
        expect(counted.at(-1)).toBe(END)
        expect(counted.slice(0, -1)).toEqual(all.slice(0, count - 1))
        const until = all[count]
        if (until === undefined) return
        const limited = await chained(`${text};UNTIL=${until.replaceAll('-', '')}`, start, count + 1)
        expect(limited.filter((day) => day !== END)).toEqual(all.slice(0, count + 1))
      },
    )
    await holds(property, 100)
  })
})
