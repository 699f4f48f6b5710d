import type { Task } from '../../../client/src/index.ts'
import { partsOf, WEEKDAYS, WORKDAYS } from './describe-rule.ts'
import type { Day } from './due.ts'

type Recurrence = NonNullable<Task['recurrence']>

export type Kind = 'never' | 'DAILY' | 'WORKDAYS' | 'WEEKLY' | 'MONTHLY' | 'YEARLY' | 'custom'

/** Which day of the month: the date itself, the last one, or its weekday (the third Friday). */
type MonthDay = 'date' | 'last' | 'weekday'

/** A recurrence as it is chosen in a form. */
export interface RepeatChoice {
  kind: Kind
  /** As it is being typed. */
  interval: string
  /** Days of the week, by their codes. */
  days: readonly string[]
  monthDay: MonthDay
  from: Recurrence['from']
  /** The rule in its own words, for whoever writes it so. */
  rule: string
}

const PLAIN: RepeatChoice = {
  kind: 'never',
  interval: '1',
  days: [],
  monthDay: 'date',
  from: 'schedule',
  rule: '',
}

/** The choice that a recurrence is, or a custom one. */
export const choiceOf = (recurrence: Recurrence | null): RepeatChoice => {
  if (!recurrence) return PLAIN
  const { rule, from } = recurrence
  const parts = partsOf(rule)
  const choice = { ...PLAIN, from, rule, interval: parts.get('INTERVAL') ?? '1' }
  const rest = [...parts.keys()].filter((name) => name !== 'FREQ' && name !== 'INTERVAL')
  const days = parts.get('BYDAY') ?? ''
  const kind = parts.get('FREQ')
  const isOnly = (name: string) => rest.length === 1 && rest[0] === name
  if (kind === 'WEEKLY' && isOnly('BYDAY')) {
    if (days === WORKDAYS && choice.interval === '1') return { ...choice, kind: 'WORKDAYS' }
    if (/^[A-Z,]+$/.test(days)) return { ...choice, kind, days: days.split(',') }
  }
  if (kind === 'MONTHLY' && isOnly('BYMONTHDAY') && parts.get('BYMONTHDAY') === '-1')
    return { ...choice, kind, monthDay: 'last' }
  if (kind === 'MONTHLY' && isOnly('BYDAY') && /^-?\d[A-Z]{2}$/.test(days))
    return { ...choice, kind, monthDay: 'weekday' }
  if (rest.length > 0) return { ...choice, kind: 'custom' }
  if (kind === 'DAILY' || kind === 'WEEKLY' || kind === 'MONTHLY' || kind === 'YEARLY')
    return { ...choice, kind }
  return { ...choice, kind: 'custom' }
}

/** The rule of a choice, for a task that is due that day; `undefined` for none. */
export const ruleOf = (choice: RepeatChoice, due: Day): string | undefined => {
  const { kind, interval, from } = choice
  if (kind === 'never') return undefined
  if (kind === 'custom') return choice.rule.trim().toUpperCase()
  if (kind === 'WORKDAYS') return `FREQ=WEEKLY;BYDAY=${WORKDAYS}`
  const often = Number(interval) > 1 ? `FREQ=${kind};INTERVAL=${Number(interval)}` : `FREQ=${kind}`
  // What is counted from its completion has no days of its own.
  if (from === 'completion') return often
  if (kind === 'WEEKLY' && choice.days.length > 0) {
    const inOrder = WEEKDAYS.map(([code]) => code).filter((code) => choice.days.includes(code))
    return `${often};BYDAY=${inOrder.join(',')}`
  }
  if (kind === 'MONTHLY' && choice.monthDay === 'last') return `${often};BYMONTHDAY=-1`
  if (kind === 'MONTHLY' && choice.monthDay === 'weekday') return `${often};BYDAY=${nthWeekday(due)}`
  return often
}

/** Which weekday of its month a day is: `3FR`; `-1FR` for a fifth one, which most months lack. */
export const nthWeekday = (day: Day): string => {
  const date = new Date(`${day}T00:00:00Z`)
  const nth = Math.ceil(date.getUTCDate() / 7)
  return `${nth === 5 ? -1 : nth}${weekdayCode(day)}`
}

export const weekdayCode = (day: Day): string =>
  WEEKDAYS[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7]?.[0] ?? 'MO'
