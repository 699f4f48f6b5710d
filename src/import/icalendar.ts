import { type CalendarComponent, readComponents } from './calendar-lines.ts'
import { propertyIn } from './calendar-property.ts'
import type { ImportQuery } from './contract.ts'
import type { File, Read } from './entry.ts'
import { confirmNumber } from './limits.ts'
import { namesIn } from './names.ts'
import { readTodo } from './todo.ts'

/**
 * Reads the to-dos of a calendar (RFC 5545). Throws `invalid_request`, with the line, for what is no calendar, and
 * `payload_too_large` for one that holds too much.
 */
export const readCalendar = async (text: string, { list, timeZone }: ImportQuery): Promise<File> => {
  const { lines, components } = readComponents(text)
  const things = components.filter(({ name }) => name !== 'VTIMEZONE')
  confirmNumber(things.length)
  const { default: library } = await import('ical.js')
  const calendarName = lines
    .map((line) => propertyIn(library, line))
    .find((property) => property && NAMES.has(property.name))
  const names = namesIn()
  const around = {
    library,
    names,
    listName: list ?? (calendarName?.value.trim() || undefined),
    timeZone,
    nthOf: counting(),
  }

  const read = (component: CalendarComponent): Read => {
    const { line, name } = component
    const about = { kind: null, id: null, title: name, place: { line } }
    if (name !== 'VTODO') return { ...about, warnings: ['is no to-do'] }
    const properties = component.lines.map((each) => propertyIn(library, each))
    const broken = component.lines.find((_, at) => properties[at] === undefined)
    if (broken) return { ...about, place: { line: broken.line }, warnings: [], errors: [NO_PROPERTY] }
    return readTodo(
      properties.filter((property) => property !== undefined),
      component,
      around,
    )
  }
  const tasks = things.map(read)
  return { isLenient: true, follows: null, entries: [...names.entries(), ...tasks] }
}

/** What calendars are called by (RFC 7986, and before it). */
const NAMES = new Set(['name', 'x-wr-calname'])

const NO_PROPERTY = { path: '', message: 'is no property of a calendar' }

/** Counts how often the same text came before. */
const counting = () => {
  const counts = new Map<string, number>()
  return (text: string): number => {
    const count = counts.get(text) ?? 0
    counts.set(text, count + 1)
    return count
  }
}
