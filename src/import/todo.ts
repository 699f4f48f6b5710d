import type ICAL from 'ical.js'
import * as z from 'zod'
import type { Due } from '../tasks/due.ts'
import type { CalendarComponent } from './calendar-lines.ts'
import type { CalendarProperty } from './calendar-property.ts'
import { dueOf, momentIn, type Told } from './calendar-times.ts'
import { type ImportedTask, idFrom, type Read } from './entry.ts'
import type { namesIn } from './names.ts'
import { withNote, withRule } from './recurrence.ts'
import { BLANK, taskEntry } from './task.ts'

interface Around {
  library: typeof ICAL
  names: ReturnType<typeof namesIn>
  /** Of the list that tasks are in which name none. */
  listName: string | undefined
  timeZone: string | undefined
  /** For what has no id: how often the same was there before. */
  nthOf: (text: string) => number
}

/** Reads a to-do (RFC 5545, 3.6.2). What a task cannot have is kept in the notes, or warned of. */
export const readTodo = (
  properties: readonly CalendarProperty[],
  { line, inner }: CalendarComponent,
  { library, names, listName, timeZone, nthOf }: Around,
): Read => {
  const all = (name: string) => properties.filter((property) => property.name === name)
  const first = (name: string) => properties.find((property) => property.name === name)
  const text = (name: string) => first(name)?.value ?? ''
  const place = { line }
  if (first('recurrence-id')) {
    return {
      place,
      kind: null,
      id: null,
      title: text('summary').slice(0, 100).toWellFormed(),
      warnings: [SINGLE],
    }
  }

  const { due, warnings } = recurringDueOf(
    first('rrule') !== undefined,
    (zone) => dueOf(library, first, zone),
    timeZone,
  )
  const list = text('x-edgewise-list').trim() || listName
  const title = text('summary').trim()
  const content = properties.map(({ text }) => text).join('\n')
  const parent = all('related-to').find(({ relation }) => relation === 'PARENT')
  const categories = all('categories').flatMap(({ values }) => values)
  const completion = completionOf(text('status').toUpperCase(), first('completed'))
  const task: ImportedTask = {
    ...BLANK,
    id: idOf(text('uid') || JSON.stringify([content, nthOf(content)])),
    title: title || 'Untitled',
    notes: text('description'),
    priority: priorityOf(Number(text('priority'))),
    due,
    listId: list ? names.idOf('list', list, place) : null,
    parentId: parent ? idOf(parent.value) : null,
    labelIds: [
      ...new Set(categories.filter((name) => name.trim()).map((name) => names.idOf('label', name, place))),
    ],
    completedAt: completion.at,
    createdAt: momentIn(first('created')),
  }
  const kept = ['location', 'url'].map(text).filter((note) => note !== '')
  const located = kept.reduce(withNote, task)
  const recurring = withRecurrence(located, all, text('x-edgewise-recurs-from'))
  return taskEntry(recurring.task, place, [
    ...(title === '' ? ['has no summary'] : []),
    ...(inner.length > 0 ? ['its alarms are left out'] : []),
    ...warnings,
    ...completion.warnings,
    ...recurring.warnings,
  ])
}

const SINGLE = 'is a single occurrence of another one'

/** On the clock of `here`, but where it is another day then than in UTC: the rule's days are those of the place that it is told in. */
const recurringDueOf = (recurs: boolean, dueIn: (zone?: string) => Told, here: string | undefined): Told => {
  const there = dueIn(here)
  if (!recurs) return there
  const told = dueIn()
  return dayOf(there.due) === dayOf(told.due) ? there : { ...told, warnings: [...told.warnings, IN_UTC] }
}

const IN_UTC = 'recurs by the days of UTC: its due is told in UTC'

const dayOf = (due: Due | null): string | undefined => {
  if (due === null) return undefined
  return 'date' in due ? due.date : due.dateTime.slice(0, 'YYYY-MM-DD'.length)
}

/** An id of ours, or one that follows from theirs. */
const idOf = (uid: string): string => {
  const { data } = z.uuid().safeParse(uid.trim().toLowerCase())
  return data ?? idFrom('uid', uid)
}

/** Of nine, 1 is the highest, and 0 none (RFC 5545, 3.8.1.9). */
const priorityOf = (priority: number): 0 | 1 | 2 | 3 => {
  if (!(priority >= 1 && priority <= 9)) return 0
  if (priority < 5) return 3
  return priority === 5 ? 2 : 1
}

const completionOf = (status: string, completed: CalendarProperty | undefined) => {
  const at = momentIn(completed)
  if (status === 'CANCELLED') return { at: at ?? now(), warnings: ['was cancelled: it is completed here'] }
  if (status === 'COMPLETED' || (status === '' && at)) {
    return { at: at ?? now(), warnings: at ? [] : ['does not say when it was completed: it is now'] }
  }
  return { at: null, warnings: [] }
}

const now = () => new Date().toISOString()

const withRecurrence = (
  task: ImportedTask,
  all: (name: string) => CalendarProperty[],
  from: string,
): { task: ImportedTask; warnings: string[] } => {
  const [rule, ...others] = all('rrule')
  const more = [...others, ...['rdate', 'exdate', 'exrule'].flatMap(all)]
  const noted = more.reduce((with_, { text }) => withNote(with_, text), task)
  const warnings = more.length > 0 ? ['what adds to its rule, or takes from it, is in the notes'] : []
  if (!rule) return { task: noted, warnings }
  const recurring = withRule(noted, {
    rule: rule.value,
    from: from.toUpperCase() === 'COMPLETION' ? 'completion' : 'schedule',
  })
  return { task: recurring.task, warnings: [...warnings, ...recurring.warnings] }
}
