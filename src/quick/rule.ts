/** A rule of RFC 5545, of the parts that plain words can say. */
export interface Rule {
  freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'
  interval?: number
  byDay?: readonly string[]
  byMonthDay?: readonly number[]
  /** Together with days of it. */
  byMonth?: number
  bySetPos?: number
  count?: number
  /** As RFC 5545 writes it. */
  until?: string
}

/** The rule as text. */
export const ruleText = ({
  freq,
  interval,
  byDay,
  byMonthDay,
  byMonth,
  bySetPos,
  count,
  until,
}: Rule): string =>
  [
    `FREQ=${freq}`,
    interval !== undefined && interval > 1 && `INTERVAL=${interval}`,
    byMonth !== undefined && `BYMONTH=${byMonth}`,
    byMonthDay && `BYMONTHDAY=${byMonthDay.join(',')}`,
    byDay && `BYDAY=${byDay.join(',')}`,
    bySetPos !== undefined && `BYSETPOS=${bySetPos}`,
    count !== undefined && `COUNT=${count}`,
    until !== undefined && `UNTIL=${until}`,
  ]
    .filter((part) => typeof part === 'string')
    .join(';')

/** Whether it keeps to days of the calendar, and not only to the time since the last one. */
export const keepsToCalendar = ({ byDay, byMonthDay }: Rule): boolean =>
  byDay !== undefined || byMonthDay !== undefined
