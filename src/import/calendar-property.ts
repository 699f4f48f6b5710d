import type ICAL from 'ical.js'
import * as z from 'zod'
import type { CalendarLine } from './calendar-lines.ts'

export interface CalendarProperty {
  /** In lower case. */
  name: string
  /** The first of its values. Times are written as in RFC 3339, without an offset. */
  value: string
  values: string[]
  /** The name of the time zone that it is told in. */
  zone: string | undefined
  /** What the thing that it names is to this one. */
  relation: string
  /** As it stands in the file, unfolded. */
  text: string
  line: number
}

/** As the library has properties (jCal, RFC 7265): name, parameters, type, values. */
const JCal = z.tuple([z.string(), z.record(z.string(), z.unknown()), z.unknown()], z.unknown())

/** Reads a line of a calendar; `undefined` for one that is none. */
export const propertyIn = (
  library: typeof ICAL,
  { text, line }: CalendarLine,
): CalendarProperty | undefined => {
  // Rules and times of our own reading: the library would throw at one that it does not know.
  const isRule = /^(?:RRULE|EXRULE)[:;]/i.test(text)
  try {
    const source = isRule ? text.replace(/^(RRULE|EXRULE)/i, 'X-$1') : text
    const parsed: unknown = library.Property.fromString(source, library.design.icalendar).toJSON()
    const [name, parameters, type, ...values] = JCal.parse(parsed)
    const parameter = (named: string) =>
      Object.hasOwn(parameters, named) ? String(parameters[named]) : undefined
    // What the library does not know it does not unescape, unless the line says that it is text.
    const texts = values
      .flat()
      .map((value) => (type === 'unknown' && !isRule ? unescaped(String(value)) : String(value)))
    return {
      name: isRule ? name.slice('x-'.length) : name,
      value: texts[0] ?? '',
      values: texts,
      zone: parameter('tzid'),
      relation: parameter('reltype')?.toUpperCase() ?? 'PARENT',
      text,
      line,
    }
  } catch {
    return undefined
  }
}

const unescaped = (text: string): string =>
  text.replaceAll(/\\([\\;,nN])/g, (_, escaped: string) => (escaped.toLowerCase() === 'n' ? '\n' : escaped))
