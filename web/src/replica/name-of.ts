import type { Things } from './draft.ts'
import type { Operation } from './operation.ts'
import type { Refused } from './sender.ts'
import type { Restoration } from './trash.ts'

const VERBS: Record<Operation['operation'], string> = {
  createTask: 'adding',
  changeTask: 'changing',
  moveTask: 'moving',
  deleteTask: 'deleting',
  completeTask: 'completing',
  reopenTask: 'reopening',
  createList: 'adding',
  changeList: 'changing',
  moveList: 'moving',
  deleteList: 'deleting',
  createLabel: 'adding',
  changeLabel: 'changing',
  deleteLabel: 'deleting',
  restore: 'taking back',
}

/** What was not done and why, in a message. */
export const messageOf = ({ operations, without, reason }: Refused, things: Things): string => {
  const [first, ...others] = operations
  if (!first) return reason
  const name = nameOf(first, things)
  if (without !== undefined)
    return `Saved ${name} without its ${FIELDS[without] ?? without}, which ${told(reason)}`
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  return `Not saved: ${VERBS[first.operation]} ${name}${more}. ${capital(reason)}`
}

const FIELDS: Record<string, string> = {
  listId: 'list',
  parentId: 'place below another task',
  labelIds: 'labels',
  recurrence: 'repetition',
}

/** Without the field that it is about, which the message has named. */
const told = (reason: string): string => reason.slice(reason.indexOf(' ') + 1)

/** What one operation does, in a heading. */
export const titleOf = (operation: Operation, things: Things): string =>
  capital(`${VERBS[operation.operation]} ${nameOf(operation, things)}`)

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const nameOf = (operation: Operation, things: Things): string => {
  if ('body' in operation && 'title' in operation.body && operation.body.title !== undefined)
    return `“${operation.body.title}”`
  if ('body' in operation && 'name' in operation.body && operation.body.name !== undefined)
    return `“${operation.body.name}”`
  const id = 'id' in operation ? operation.id : ''
  const known = nameIn(id, things) ?? (operation.operation === 'restore' ? nameOfTaken(operation) : undefined)
  return known === undefined ? 'what is no longer there' : `“${known}”`
}

const nameIn = (id: string, { tasks, lists, labels }: Things): string | undefined =>
  tasks.get(id)?.title ?? lists.get(id)?.name ?? labels.get(id)?.name

const nameOfTaken = ({ id, taken: { tasks, lists, labels } }: Restoration): string | undefined =>
  tasks.find((task) => task.id === id)?.title ?? lists[0]?.name ?? labels[0]?.name
