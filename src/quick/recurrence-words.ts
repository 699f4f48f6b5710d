/** The vocabulary of recurrence, in lower case. */

const DAY_NAMES = [
  ['MO', 'monday', 'mon'],
  ['TU', 'tuesday', 'tue'],
  ['WE', 'wednesday', 'wed'],
  ['TH', 'thursday', 'thu', 'thur'],
  ['FR', 'friday', 'fri'],
  ['SA', 'saturday', 'sat'],
  ['SU', 'sunday', 'sun'],
] as const

const MONTH_NAMES = [
  ['january', 'jan'],
  ['february', 'feb'],
  ['march', 'mar'],
  ['april', 'apr'],
  ['may'],
  ['june', 'jun'],
  ['july', 'jul'],
  ['august', 'aug'],
  ['september', 'sep', 'sept'],
  ['october', 'oct'],
  ['november', 'nov'],
  ['december', 'dec'],
] as const

const NUMBER_NAMES = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const ORDINAL_NAMES = ['first', 'second', 'third', 'fourth', 'fifth']

export const WORKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR']
export const WEEKEND = ['SA', 'SU']

/** Days of the week by their names, of one or of many: `tues` and `thurs` are among these. */
export const WEEKDAYS: ReadonlyMap<string, string> = new Map(
  DAY_NAMES.flatMap(([day, ...names]) =>
    names.flatMap((name) => [[name, day] as const, [`${name}s`, day] as const]),
  ),
)

/** Months by their names, from 1. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  MONTH_NAMES.flatMap((names, month) => names.map((name) => [name, month + 1] as const)),
)

/** How many days a month can have, by its number. */
export const daysIn = (month: number): number =>
  [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0

/** What a period is called, and what it is in a rule. */
export const UNITS: ReadonlyMap<string, { freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'; of: number }> =
  new Map([
    ['day', { freq: 'DAILY', of: 1 }],
    ['week', { freq: 'WEEKLY', of: 1 }],
    ['fortnight', { freq: 'WEEKLY', of: 2 }],
    ['month', { freq: 'MONTHLY', of: 1 }],
    ['quarter', { freq: 'MONTHLY', of: 3 }],
    ['year', { freq: 'YEARLY', of: 1 }],
  ])

/** A whole number of one to three digits, or up to ten in words. */
export const numberIn = (word: string): number | undefined => {
  const named = NUMBER_NAMES.indexOf(word)
  if (named >= 0) return named + 2
  return /^[1-9]\d{0,2}$/.test(word) ? Number(word) : undefined
}

/** `1st` to `31st`. */
export const ordinalIn = (word: string): number | undefined => {
  const [, digits] = /^([1-9]\d?)(?:st|nd|rd|th)$/.exec(word) ?? []
  return digits !== undefined && Number(digits) <= 31 ? Number(digits) : undefined
}

/** `first` to `fifth`, and -1 for `last`. */
export const placeIn = (word: string): number | undefined => {
  if (word === 'last') return -1
  const named = ORDINAL_NAMES.indexOf(word)
  return named >= 0 ? named + 1 : undefined
}
