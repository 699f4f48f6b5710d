/** What a rule says, by the names of its parts. */
type Parts = ReadonlyMap<string, string>

const MONTHS = 12
const OTHER_DAYS = ['BYDAY', 'BYSETPOS', 'BYWEEKNO']

/**
 * What of a SKIP (RFC 7529) would not be carried out, as a message: the library lets a day stand in for a missing one where the rule
 * names one day of the month at most, and would leave it out elsewhere without a word.
 */
export const faultInSkip = (parts: Parts): string | undefined => {
  if (!isSkipping(parts)) return undefined
  if (parts.has('BYYEARDAY')) return 'must not say BYYEARDAY with SKIP'
  const day = parts.get('BYMONTHDAY')
  if (day === undefined) return undefined
  if (!/^\d+$/.test(day) || OTHER_DAYS.some((name) => parts.has(name)))
    return 'must say one BYMONTHDAY with SKIP, from the beginning of the month, and no other days'
  return parts.get('FREQ') === 'YEARLY' || MONTHS % intervalOf(parts) === 0
    ? undefined
    : 'must have an INTERVAL by which a year can be divided, with SKIP and BYMONTHDAY'
}

/** The same series, by months of each year where the library would not let a day of a month stand in for one that is missing. */
export const withDaysStandingIn = (rule: string, start: string): string => {
  const parts = new Map(rule.split(';').map(namedPart))
  const isOfMonths = parts.get('FREQ') === 'MONTHLY' && parts.has('BYMONTHDAY')
  if (!isSkipping(parts) || !isOfMonths) return rule
  const months = monthsOf(parts, Number(start.slice('YYYY-'.length, 'YYYY-MM'.length)))
  if (months.length === 0) return rule
  const others = rule.split(';').filter((part) => !/^(FREQ|INTERVAL|BYMONTH)=/.test(part))
  return ['FREQ=YEARLY', `BYMONTH=${months}`, ...others].join(';')
}

/** Those that come every so many months, of those that the rule names if it names some. */
const monthsOf = (parts: Parts, first: number): number[] => {
  const named = parts.get('BYMONTH')?.split(',').map(Number)
  return Array.from({ length: MONTHS }, (_, index) => index + 1)
    .filter((month) => (month - first + MONTHS) % intervalOf(parts) === 0)
    .filter((month) => named?.includes(month) ?? true)
}

const isSkipping = (parts: Parts): boolean =>
  ['MONTHLY', 'YEARLY'].includes(parts.get('FREQ') ?? '') && (parts.get('SKIP') ?? 'OMIT') !== 'OMIT'
const intervalOf = (parts: Parts): number => Number(parts.get('INTERVAL') ?? 1)
const namedPart = (part: string): [name: string, value: string] => {
  const [name = '', value = ''] = part.split('=')
  return [name, value]
}
