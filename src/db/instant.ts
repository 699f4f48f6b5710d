import { customType } from 'drizzle-orm/pg-core'

/**
 * A `timestamptz` to the millisecond, read as RFC 3339 in UTC: what the API answers, with no `Date` between,
 * which for a page of rows would cost more than all other mapping.
 */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  fromDriver: (text) => toRfc3339(text),
})

/**
 * Postgres's `2026-11-21 07:27:42.9+00`, or in JSON `2026-11-21T07:27:42.9+00:00`, as `2026-11-21T07:27:42.900Z`, also
 * when the session is not in UTC.
 */
export const toRfc3339 = (text: string): string => {
  const [, date, time, fraction = ''] = IN_UTC.exec(text) ?? []
  if (date === undefined) return new Date(text).toISOString()
  return `${date}T${time}.${fraction.padEnd(3, '0')}Z`
}

const IN_UTC = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?\+00(?::00)?$/
