import type { NewTask, Operation, Task, TaskMove, TaskPatch } from '../../../client/src/index.ts'
import { type Draft, giveEach, present } from './draft.ts'
import { between, lastPosition } from './position.ts'
import { toTrash } from './trash.ts'

type Completion = Extract<Operation, { operation: 'completeTask' }>

export const create = ({ tasks }: Draft, body: NewTask, now: string): void => {
  const { id = crypto.randomUUID(), title, notes = '', priority = 0, due = null, recurrence = null } = body
  const { parentId = null, labelIds = [] } = body
  // Made already, and on its way here from the server while it is still to be sent.
  if (tasks.has(id)) return
  tasks.set(id, {
    id,
    title: title.trim(),
    notes,
    priority,
    due,
    recurrence: seriesOf(recurrence, due),
    listId: tasks.get(parentId ?? '')?.listId ?? body.listId ?? null,
    parentId,
    labelIds,
    position: lastPosition(tasks.values()),
    completedAt: null,
    createdAt: now,
    updatedAt: now,
    version: 0,
  })
}

export const change = (draft: Draft, id: string, { recurrence, title, ...fields }: TaskPatch): void => {
  const task = draft.tasks.get(id)
  if (!task) return
  const due = fields.due === undefined ? task.due : fields.due
  draft.tasks.set(id, {
    ...task,
    ...present(fields),
    ...(title !== undefined && { title: title.trim() }),
    ...(recurrence !== undefined && { recurrence: seriesOf(recurrence, due) }),
  })
  if (fields.listId !== undefined || fields.parentId !== undefined) keepInListOfParent(draft, id)
}

export const move = (draft: Draft, id: string, { before, after, ...place }: TaskMove): void => {
  const task = draft.tasks.get(id)
  if (!task) return
  const position = between(draft.tasks, id, { before, after })
  draft.tasks.set(id, { ...task, ...present(place), position })
  keepInListOfParent(draft, id)
}

export const remove = (draft: Draft, id: string): void =>
  toTrash(draft, id, { family: familyOf(draft.tasks, id) })

/** With the open tasks below it; an occurrence that it does not stand for has been completed before. */
export const complete = ({ tasks }: Draft, { id, occurrence }: Completion, now: string): void => {
  const task = tasks.get(id)
  if (!task || (occurrence !== undefined && occurrence !== dayOf(task.due))) return
  giveEach(tasks, familyOf(tasks, id, isOpen), { completedAt: now })
}

/** With those that it completed along. */
export const reopen = ({ tasks }: Draft, id: string): void => {
  const completedAt = tasks.get(id)?.completedAt
  if (!completedAt) return
  const along = familyOf(tasks, id, (task) => task.completedAt === completedAt)
  giveEach(tasks, along, { completedAt: null })
}

/** A task below another is in the list of that one, and what is below it, too. */
const keepInListOfParent = ({ tasks }: Draft, id: string): void => {
  const task = tasks.get(id)
  const parent = tasks.get(task?.parentId ?? '')
  giveEach(tasks, familyOf(tasks, id), { listId: parent ? parent.listId : (task?.listId ?? null) })
}

const isOpen = ({ completedAt }: Task): boolean => completedAt === null
const isAny = (): boolean => true

/** The task and all below it, as far down as they are of that kind. */
const familyOf = (
  tasks: ReadonlyMap<string, Task>,
  id: string,
  isOfKind: (task: Task) => boolean = isAny,
) => {
  const family = new Set<string>()
  const first = tasks.get(id)
  for (let level = first && isOfKind(first) ? [id] : []; level.length > 0; ) {
    for (const each of level) family.add(each)
    const above = new Set(level)
    level = []
    for (const task of tasks.values()) {
      if (above.has(task.parentId ?? '') && !family.has(task.id) && isOfKind(task)) level.push(task.id)
    }
  }
  return family
}

/** The day on which it is due, which names an occurrence; none for a task without a due. */
const dayOf = (due: Task['due']): string | undefined => {
  if (!due) return undefined
  return 'date' in due ? due.date : due.dateTime.slice(0, 10)
}

/** A series counts from the day on which its task is due, unless it says otherwise. */
const seriesOf = (recurrence: NewTask['recurrence'], due: Task['due']): Task['recurrence'] => {
  if (!recurrence) return null
  const { rule, from = 'schedule', start = dayOf(due) } = recurrence
  return { rule: rule.toUpperCase(), from, ...(start !== undefined && { start }) }
}
