import { faultInSkip } from './skip.ts'

/** The parts of a recurrence rule that tell days, with what each may say (RFC 5545, 3.3.10; RSCALE and SKIP: RFC 7529). */
const PARTS: Record<string, RegExp> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d{0,2}$/,
  COUNT: /^[1-9]\d{0,2}$/,
  UNTIL: /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3])([0-5]\d){2}Z?)?$/,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
  BYDAY: /^([+-]?[1-5]?\d)?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?[1-5]?\d)?(MO|TU|WE|TH|FR|SA|SU))*$/,
  BYMONTH: /^([1-9]|1[0-2])(,([1-9]|1[0-2]))*$/,
  BYMONTHDAY: /^-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01]))*$/,
  BYYEARDAY: /^-?[1-9]\d{0,2}(,-?[1-9]\d{0,2})*$/,
  BYWEEKNO: /^-?[1-9]\d?(,-?[1-9]\d?)*$/,
  BYSETPOS: /^-?[1-9]\d{0,2}(,-?[1-9]\d{0,2})*$/,
  RSCALE: /^GREGORIAN$/,
  SKIP: /^(OMIT|BACKWARD|FORWARD)$/,
}

const OF_COMPLETION = new Set(['FREQ', 'INTERVAL', 'UNTIL'])

/** What is wrong with the rule, as a message; `undefined` for one that can be kept. */
export const faultIn = (rule: string, from: 'schedule' | 'completion'): string | undefined => {
  const seen = new Map<string, string>()
  for (const part of rule.split(';')) {
    const [name = '', value = '', ...rest] = part.split('=')
    const form = PARTS[name]
    if (!form || rest.length > 0) return `has a part that there is not: ${PART_NAMES} are`
    if (seen.has(name)) return `says ${name} twice`
    if (!form.test(value) || (name === 'UNTIL' && !isDay(value)))
      return `does not say ${name} as RFC 5545 does`
    seen.set(name, value)
  }
  if (!seen.has('FREQ')) return 'must say FREQ'
  if (seen.has('COUNT') && seen.has('UNTIL')) return 'must not say both COUNT and UNTIL'
  if (seen.has('SKIP') && !seen.has('RSCALE')) return 'must say RSCALE=GREGORIAN with SKIP'
  const isCounted = from === 'completion' && [...seen.keys()].some((name) => !OF_COMPLETION.has(name))
  return isCounted ? 'must say no more than FREQ, INTERVAL and UNTIL from completion' : faultInSkip(seen)
}

/** Whether the first eight digits are a day of the calendar. */
const isDay = (until: string): boolean => {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)/.exec(until) ?? []
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return year !== '0000' && date.getUTCDate() === Number(day)
}

const PART_NAMES = Object.keys(PARTS).join(', ')
