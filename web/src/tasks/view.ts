import type { Task } from '../../../client/src/index.ts'
import { byPosition } from '../replica/position.ts'
import type { Picture } from '../replica/replica.ts'
import { type Day, dueHere, today } from './due.ts'

/** What is looked at. */
export type View =
  | { kind: 'inbox' }
  | { kind: 'today' }
  | { kind: 'upcoming' }
  | { kind: 'list'; id: string }
  | { kind: 'label'; id: string }
  | { kind: 'search'; text: string }

/** A task with those below it that are shown with it. */
export interface Branch {
  task: Task
  below: Branch[]
}

/** Tasks under one heading; a day's, if it is one. */
export interface Section {
  key: string
  day?: Day
  branches: Branch[]
}

/** The open tasks of a view, as they are shown. */
export const sectionsOf = (picture: Picture, view: View, now: Date = new Date()): Section[] => {
  const open = [...picture.tasks.values()].filter(({ completedAt }) => completedAt === null)
  switch (view.kind) {
    case 'inbox':
      return oneSection(treeOf(open.filter(({ listId }) => listId === null)))
    case 'list':
      return oneSection(treeOf(open.filter(({ listId }) => listId === view.id)))
    case 'label':
      return oneSection(flat(open.filter(({ labelIds }) => labelIds.includes(view.id))))
    case 'today':
      return daySections(open, now).filter(({ day }) => day !== undefined && day <= today(now))
    case 'upcoming':
      return daySections(open, now).filter(({ day }) => day !== undefined && day > today(now))
    case 'search':
      return oneSection(flat([...picture.tasks.values()].filter((task) => isFound(task, view.text))))
  }
}

const oneSection = (branches: Branch[]): Section[] => (branches.length > 0 ? [{ key: 'all', branches }] : [])

const flat = (tasks: Task[]): Branch[] => tasks.toSorted(byPosition).map((task) => ({ task, below: [] }))

/** The tasks in their order, each below its own; one whose parent is not among them stands by itself. */
const treeOf = (tasks: Task[]): Branch[] => {
  const branches = new Map(
    tasks.toSorted(byPosition).map((task) => [task.id, { task, below: [] as Branch[] }]),
  )
  const tops: Branch[] = []
  for (const branch of branches.values()) {
    const above = branches.get(branch.task.parentId ?? '')
    ;(above?.below ?? tops).push(branch)
  }
  return tops
}

/** Day by day; what is late comes first, under the day before today. */
const daySections = (tasks: Task[], now: Date): Section[] => {
  const byDay = new Map<Day, Task[]>()
  for (const task of tasks) {
    if (!task.due) continue
    const { day } = dueHere(task.due)
    const key = day < today(now) ? 'late' : day
    byDay.set(key, [...(byDay.get(key) ?? []), task])
  }
  return [...byDay]
    .toSorted(([a], [b]) => (a === 'late' ? -1 : b === 'late' ? 1 : a < b ? -1 : 1))
    .map(([key, dayTasks]) => ({
      key,
      day: key === 'late' ? '0000-00-00' : key,
      branches: dayTasks.toSorted(byDue).map((task) => ({ task, below: [] })),
    }))
}

/** Those without a time first, then by time, then in the person's order. */
const byDue = (a: Task, b: Task): number => {
  const [first, second] = [a, b].map(({ due }) =>
    due ? `${dueHere(due).day} ${dueHere(due).time ?? ''}` : '',
  )
  if (first !== second) return (first ?? '') < (second ?? '') ? -1 : 1
  return byPosition(a, b)
}

const isFound = (task: Task, text: string): boolean => {
  const words = plain(text).split(/\s+/).filter(Boolean)
  const within = ` ${plain(`${task.title} ${task.notes}`)}`
  return words.length > 0 && words.every((word) => within.includes(` ${word}`))
}

/** Without marks over and under letters, nor letter case: as the server searches. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
