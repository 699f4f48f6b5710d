/** The page speaks English; days and times look as they do where the reader is, if English is spoken there. */
const language = Intl.DateTimeFormat().resolvedOptions().locale
const locale = language.startsWith('en') ? language : 'en-GB'

// Making a format costs a hundred times what using it does, and a page of tasks uses them by the thousand.
const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options)
const weekday = format({ weekday: 'long' })
const dayOfYear = format({ day: 'numeric', month: 'short' })
const dayOfAnyYear = format({ day: 'numeric', month: 'short', year: 'numeric' })
const dayAndMonth = format({ day: 'numeric', month: 'long' })
const timeOfDay = format({ timeStyle: 'short' })

const noon = (day: string): Date => new Date(`${day}T12:00:00`)

export const weekdayOf = (day: string): string => weekday.format(noon(day))
/** Like 24 Nov. */
export const shortDay = (day: string): string => dayOfYear.format(noon(day))
/** Like 24 Nov 2027. */
export const shortDayWithYear = (day: string): string => dayOfAnyYear.format(noon(day))
/** Like 24 November. */
export const longDay = (day: string): string => dayAndMonth.format(noon(day))
/** Like 9:00 AM, of `09:00`. */
export const clockTime = (time: string): string => timeOfDay.format(new Date(`2000-01-01T${time}:00`))
