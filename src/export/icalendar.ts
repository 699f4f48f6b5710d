import type ICAL from 'ical.js'
import type { ExportedTask } from './contract.ts'
import type { ExportPage } from './page.ts'
import { timeZonesOf } from './time-zones.ts'

type Library = typeof ICAL

/** The tasks of a page as to-dos of a calendar (RFC 5545): lines folded, text escaped. */
export const toICalendar = async ({ tasks, lists, labels, timesLeft }: ExportPage): Promise<string> => {
  const { default: library } = await import('ical.js')
  library.foldLength = FOLD_BYTES
  const calendar = new library.Component('vcalendar')
  calendar.addPropertyWithValue('version', '2.0')
  calendar.addPropertyWithValue('prodid', '-//Edgewise//Export//EN')
  for (const zone of timeZonesOf(tasks.map(({ due }) => due))) {
    calendar.addSubcomponent(library.Component.fromString(zone))
  }
  const names = new Map([...lists, ...labels].map(({ id, name }) => [id, name]))
  for (const task of tasks) calendar.addSubcomponent(todoOf(library, task, { names, timesLeft }))
  return `${calendar.toString()}\r\n`
}

/** The library does not count the space that a folded line begins with: there are to be 75 at most (RFC 5545, 3.1). */
const FOLD_BYTES = 74

type Around = Pick<ExportPage, 'timesLeft'> & { names: Map<string, string> }

const todoOf = (library: Library, task: ExportedTask, { names, timesLeft }: Around) => {
  const todo = new library.Component('vtodo')
  const text = (name: string, value: string, parameters: Record<string, string> = {}) => {
    const property = new library.Property(name)
    // What the library does not know it would not escape.
    if (name.startsWith('x-')) property.resetType('text')
    for (const [parameter, setting] of Object.entries(parameters)) property.setParameter(parameter, setting)
    property.setValue(writable(value))
    todo.addProperty(property)
  }
  const moment = (name: string, at: string) =>
    todo.addProperty(timeOf(library, name, { dateTime: at.slice(0, 19), timeZone: 'UTC' }))

  text('uid', task.id)
  moment('dtstamp', task.updatedAt)
  moment('created', task.createdAt)
  moment('last-modified', task.updatedAt)
  text('summary', task.title)
  if (task.notes) text('description', task.notes)
  if (task.priority > 0) todo.addPropertyWithValue('priority', PRIORITIES[task.priority])
  if (task.due) todo.addProperty(timeOf(library, 'due', task.due))
  if (task.due && task.recurrence) {
    todo.addProperty(timeOf(library, 'dtstart', task.due))
    const rule = `RRULE:${fromHereOn(task.recurrence.rule, timesLeft.get(task.id))}`
    todo.addProperty(library.Property.fromString(rule, library.design.icalendar))
    if (task.recurrence.from === 'completion') text('x-edgewise-recurs-from', 'COMPLETION')
  }
  todo.addPropertyWithValue('status', task.completedAt ? 'COMPLETED' : 'NEEDS-ACTION')
  if (task.completedAt) {
    moment('completed', task.completedAt)
    todo.addPropertyWithValue('percent-complete', 100)
  }
  if (task.labelIds.length > 0) {
    const categories = new library.Property('categories')
    categories.setValues(task.labelIds.map((id) => writable(names.get(id) ?? '')))
    todo.addProperty(categories)
  }
  if (task.parentId) text('related-to', task.parentId, { reltype: 'PARENT' })
  if (task.listId) text('x-edgewise-list', names.get(task.listId) ?? '')
  return todo
}

/** A calendar counts from the day that the task stands for, and not from where its series began. */
const fromHereOn = (rule: string, timesLeft: number | undefined): string =>
  timesLeft === undefined ? rule : rule.replace(/COUNT=\d+/, `COUNT=${timesLeft + 1}`)

/** 1 is the highest of nine (RFC 5545, 3.8.1.9). */
const PRIORITIES = { 3: 1, 2: 5, 1: 9, 0: 0 }

const timeOf = (library: Library, name: string, due: NonNullable<ExportedTask['due']>) => {
  const property = new library.Property(name)
  if ('timeZone' in due && due.timeZone !== 'UTC') property.setParameter('tzid', due.timeZone)
  const isUtc = 'timeZone' in due && due.timeZone === 'UTC'
  const value = 'date' in due ? due.date : isUtc ? `${due.dateTime}Z` : due.dateTime
  property.setValue(library.Time.fromString(value, property))
  return property
}

/** Text as iCalendar can say it: no control characters but the ends of lines and tabs. */
const writable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is left out
  text.replaceAll(/\r\n?/g, '\n').replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
