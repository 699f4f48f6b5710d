import type { Task } from '../../../client/src/index.ts'
import { byPosition } from '../replica/position.ts'
import type { Picture } from '../replica/replica.ts'
import { type Day, dueHere, today } from './due.ts'
import { isFound, wordsOf } from './search.ts'

/** What is looked at. */
export type View =
  | { kind: 'inbox' }
  | { kind: 'today' }
  | { kind: 'upcoming' }
  | { kind: 'list'; id: string }
  | { kind: 'label'; id: string }
  | { kind: 'search'; text: string }

/** A task as it stands in a view: below the one before it of a smaller level. */
export interface Row {
  task: Task
  level: number
}

/** Tasks under one heading, in the order in which they show. */
export interface Section {
  key: string
  /** The day, if it is that of one: `late` has none. */
  day?: Day
  rows: Row[]
}

export const LATE = 'late'
export const DONE = 'done'

type Things = Pick<Picture, 'tasks' | 'lists'>

interface Moment {
  now: Date
  /** Completed just now: these still show, where they stood. */
  lingering?: ReadonlySet<string>
}

const NOBODY: ReadonlySet<string> = new Set()

/** Whether the tasks of the view are a tree, which one can change; elsewhere each stands by itself. */
export const isTree = ({ kind }: View): boolean => kind === 'inbox' || kind === 'list'

/** The tasks of a view, as they are shown. What is in archived lists is out of the way, but for those who look for it. */
export const sectionsOf = (
  { tasks, lists }: Things,
  view: View,
  { now, lingering = NOBODY }: Moment,
): Section[] => {
  const isOpen = ({ id, completedAt }: Task) => completedAt === null || lingering.has(id)
  const isAround = ({ listId }: Task) => listId === null || lists.get(listId)?.archivedAt == null
  const those = (isMeant: (task: Task) => boolean): Task[] => [...tasks.values()].filter(isMeant)
  switch (view.kind) {
    case 'inbox':
      return oneSection(treeOf(those((task) => task.listId === null && isOpen(task))))
    case 'list':
      return oneSection(treeOf(those((task) => task.listId === view.id && isOpen(task))))
    case 'label':
      return oneSection(
        flat(those((task) => task.labelIds.includes(view.id) && isOpen(task) && isAround(task))),
      )
    case 'today': {
      const last = today(now)
      return daySections(
        those((task) => dayOf(task) <= last && isOpen(task) && isAround(task)),
        last,
      )
    }
    case 'upcoming': {
      const last = today(now)
      return daySections(
        those((task) => dayOf(task) > last && dayOf(task) < NEVER && isOpen(task) && isAround(task)),
        last,
      )
    }
    case 'search': {
      const words = wordsOf(view.text)
      const found = flat(those((task) => isFound(task, words)))
      return [
        ...oneSection(found.filter(({ task }) => isOpen(task))),
        ...oneSection(
          found.filter(({ task }) => !isOpen(task)),
          DONE,
        ),
      ]
    }
  }
}

/** Later than any day. */
const NEVER = '~'
const dayOf = ({ due }: Task): Day => (due ? dueHere(due).day : NEVER)

const oneSection = (rows: Row[], key = 'all'): Section[] => (rows.length > 0 ? [{ key, rows }] : [])

const flat = (tasks: Task[]): Row[] => tasks.sort(byPosition).map((task) => ({ task, level: 0 }))

/** The tasks in their order, each below its own; one whose parent is not among them stands by itself. */
const treeOf = (tasks: Task[]): Row[] => {
  const present = new Set(tasks.map(({ id }) => id))
  const below = Map.groupBy(tasks.sort(byPosition), ({ parentId }) =>
    parentId !== null && present.has(parentId) ? parentId : null,
  )
  const rowsBelow = (parentId: string | null, level: number): Row[] =>
    (below.get(parentId) ?? []).flatMap((task) => [{ task, level }, ...rowsBelow(task.id, level + 1)])
  return rowsBelow(null, 0)
}

/** Day by day; what is late comes first. */
const daySections = (tasks: Task[], current: Day): Section[] => {
  const byDay = Map.groupBy(tasks, (task) => (dayOf(task) < current ? LATE : dayOf(task)))
  return [...byDay]
    .sort(([a], [b]) => (a === LATE ? -1 : b === LATE ? 1 : a < b ? -1 : 1))
    .map(([key, ofDay]) => ({
      key,
      ...(key !== LATE && { day: key }),
      rows: ofDay.sort(byDue).map((task) => ({ task, level: 0 })),
    }))
}

/** Those without a time first, then by time, then in the person's order. */
const byDue = (a: Task, b: Task): number => {
  const [first, second] = [dueKey(a), dueKey(b)]
  return first === second ? byPosition(a, b) : first < second ? -1 : 1
}

/** Where the due alone puts a task within its section. */
export const dueKey = ({ due }: Task): string => {
  if (!due) return ''
  const { day, time = '' } = dueHere(due)
  return `${day} ${time}`
}
