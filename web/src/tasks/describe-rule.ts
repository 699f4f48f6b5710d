import type { Task } from '../../../client/src/index.ts'
import { longDay, shortDayWithYear } from './formats.ts'

type Recurrence = NonNullable<Task['recurrence']>

export const WEEKDAYS: readonly (readonly [code: string, name: string])[] = [
  ['MO', 'Monday'],
  ['TU', 'Tuesday'],
  ['WE', 'Wednesday'],
  ['TH', 'Thursday'],
  ['FR', 'Friday'],
  ['SA', 'Saturday'],
  ['SU', 'Sunday'],
]
export const WORKDAYS = 'MO,TU,WE,TH,FR'

const UNITS: Record<string, string> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' }

/** Parts that can be told in words; a rule with any other is shown as it is written. */
const TOLD = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'COUNT', 'UNTIL', 'WKST'])

/** The parts of a rule by their names. */
export const partsOf = (rule: string): Map<string, string> =>
  new Map(
    rule.split(';').map((part) => {
      const [name = '', value = ''] = part.split('=')
      return [name, value]
    }),
  )

/** The recurrence as people say it: every second Friday, every month on the 1st and 15th. */
export const describeRule = ({ rule, from }: Pick<Recurrence, 'rule' | 'from'>): string => {
  const parts = partsOf(rule)
  const unit = UNITS[parts.get('FREQ') ?? '']
  if (!unit || [...parts.keys()].some((name) => !TOLD.has(name))) return `Repeats by the rule ${rule}`
  const told = [every(parts, unit), months(parts), end(parts)].filter((part) => part !== '').join(', ')
  return from === 'completion' ? `${told}, counted from when it is done` : told
}

const every = (parts: Map<string, string>, unit: string): string => {
  const interval = Number(parts.get('INTERVAL') ?? 1)
  const days = parts.get('BYDAY')
  const isPlain = interval === 1 && parts.get('FREQ') === 'WEEKLY'
  if (isPlain && days === WORKDAYS) return 'Every weekday'
  if (isPlain && days) return `Every ${joined(days.split(',').map(nameOfWeekday))}`
  const often = interval === 1 ? `Every ${unit}` : `Every ${interval} ${unit}s`
  const dates = parts.get('BYMONTHDAY')
  const on = [
    ...(dates ? [`the ${joined(dates.split(',').map(nameOfMonthDay))}`] : []),
    ...(days ? [joined(days.split(',').map(nameOfWeekday))] : []),
  ]
  return on.length > 0 ? `${often} on ${on.join(' if it is a ')}` : often
}

const months = (parts: Map<string, string>): string => {
  const named = parts.get('BYMONTH')
  if (!named) return ''
  return `in ${joined(
    named.split(',').map((month) =>
      longDay(`2000-${month.padStart(2, '0')}-01`)
        .replace(/\d+/, '')
        .trim(),
    ),
  )}`
}

const end = (parts: Map<string, string>): string => {
  const count = parts.get('COUNT')
  const until = parts.get('UNTIL')
  if (count) return count === '1' ? 'once' : `${count} times`
  return until
    ? `until ${shortDayWithYear(`${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`)}`
    : ''
}

const ORDINALS: Record<string, string> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  '-1': 'last',
  '-2': 'last but one',
}

/** Of `FR`, `2FR` or `-1FR`. */
const nameOfWeekday = (day: string): string => {
  const name = WEEKDAYS.find(([code]) => day.endsWith(code))?.[1] ?? day
  const nth = day.slice(0, -2).replace('+', '')
  return nth === '' ? name : `the ${ORDINALS[nth] ?? ordinal(Number(nth))} ${name}`
}

const nameOfMonthDay = (day: string): string => {
  if (day === '-1') return 'last day'
  return day.startsWith('-') ? `${ordinal(Number(day.slice(1)))} day from the end` : ordinal(Number(day))
}

const plurals = new Intl.PluralRules('en', { type: 'ordinal' })
const SUFFIXES: Record<string, string> = { one: 'st', two: 'nd', few: 'rd', other: 'th' }
/** 1st, 2nd, 3rd. */
export const ordinal = (n: number): string => `${n}${SUFFIXES[plurals.select(n)]}`

const lists = new Intl.ListFormat('en', { type: 'conjunction' })
const joined = (words: string[]): string => lists.format(words)
