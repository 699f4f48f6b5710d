import type { Label, List, Operation, StoreState, Task } from '../../../client/src/index.ts'
import { between, lastPosition } from './position.ts'

/** What an operation is made with, here and now. */
export interface Moment {
  /** RFC 3339, in UTC. */
  now: string
}

/** How things will be, as far as one can say before the server has. */
export const applied = (state: StoreState, operation: Operation, moment: Moment): StoreState => {
  switch (operation.operation) {
    case 'createTask':
      return withTask(state, newTask(state, operation.body, moment))
    case 'changeTask':
      return changeTask(state, operation.id, operation.body)
    case 'moveTask':
      return moveTask(state, operation.id, operation.body)
    case 'deleteTask':
      return withoutTasks(state, familyOf(state, operation.id))
    case 'completeTask':
      return eachTask(state, openFamilyOf(state, operation.id), { completedAt: moment.now })
    case 'reopenTask':
      return reopenTask(state, operation.id)
    case 'createList':
      return withList(state, newList(state, operation.body, moment))
    case 'changeList':
      return changeList(state, operation.id, operation.body, moment)
    case 'moveList':
      return moveList(state, operation.id, operation.body)
    case 'deleteList':
      return deleteList(state, operation.id)
    case 'createLabel':
      return withLabel(state, newLabel(operation.body, moment))
    case 'changeLabel':
      return changeLabel(state, operation.id, operation.body)
    case 'deleteLabel':
      return deleteLabel(state, operation.id)
  }
}

type Body<O extends Operation['operation']> =
  Extract<Operation, { operation: O }> extends { body: infer B } ? B : never

const withTask = (state: StoreState, task: Task): StoreState => ({
  ...state,
  tasks: new Map(state.tasks).set(task.id, task),
})
const withList = (state: StoreState, list: List): StoreState => ({
  ...state,
  lists: new Map(state.lists).set(list.id, list),
})
const withLabel = (state: StoreState, label: Label): StoreState => ({
  ...state,
  labels: new Map(state.labels).set(label.id, label),
})

const eachTask = (state: StoreState, ids: Iterable<string>, fields: Partial<Task>): StoreState => {
  const tasks = new Map(state.tasks)
  for (const id of ids) {
    const task = tasks.get(id)
    if (task) tasks.set(id, { ...task, ...fields })
  }
  return { ...state, tasks }
}

const withoutTasks = (state: StoreState, ids: Iterable<string>): StoreState => {
  const tasks = new Map(state.tasks)
  for (const id of ids) tasks.delete(id)
  return { ...state, tasks }
}

const newTask = (state: StoreState, body: Body<'createTask'>, { now }: Moment): Task => {
  const { id = crypto.randomUUID(), title, notes = '', priority = 0, due = null, recurrence = null } = body
  const { parentId = null, labelIds = [] } = body
  const listId = state.tasks.get(parentId ?? '')?.listId ?? body.listId ?? null
  return {
    id,
    title,
    notes,
    priority,
    due,
    recurrence: recurrence && { ...recurrence, from: recurrence.from ?? 'schedule' },
    listId,
    parentId,
    labelIds,
    position: lastPosition(state.tasks.values()),
    completedAt: null,
    createdAt: now,
    updatedAt: now,
    version: 0,
  }
}

const changeTask = (
  state: StoreState,
  id: string,
  { recurrence, ...fields }: Body<'changeTask'>,
): StoreState => {
  const changed = eachTask(state, [id], {
    ...present(fields),
    ...(recurrence !== undefined && {
      recurrence: recurrence && { ...recurrence, from: recurrence.from ?? 'schedule' },
    }),
  })
  return fields.listId === undefined && fields.parentId === undefined ? changed : inListOfParent(changed, id)
}

const moveTask = (state: StoreState, id: string, move: Body<'moveTask'>): StoreState => {
  const { before, after, ...place } = move
  const position = between(
    [...state.tasks.values()].filter((task) => task.id !== id),
    { before, after },
  )
  return inListOfParent(eachTask(state, [id], { ...present(place), position }), id)
}

/** A task below another is in the list of that one, and what is below it, too. */
const inListOfParent = (state: StoreState, id: string): StoreState => {
  const task = state.tasks.get(id)
  const parent = state.tasks.get(task?.parentId ?? '')
  return eachTask(state, familyOf(state, id), { listId: parent ? parent.listId : (task?.listId ?? null) })
}

const reopenTask = (state: StoreState, id: string): StoreState => {
  const completedAt = state.tasks.get(id)?.completedAt
  if (!completedAt) return state
  const along = familyOf(state, id).filter((each) => state.tasks.get(each)?.completedAt === completedAt)
  return eachTask(state, along, { completedAt: null })
}

/** The task and all below it. */
const familyOf = (state: StoreState, id: string): string[] => {
  const family = [id]
  for (const above of family) {
    for (const task of state.tasks.values()) if (task.parentId === above) family.push(task.id)
  }
  return family
}

const openFamilyOf = (state: StoreState, id: string): string[] =>
  familyOf(state, id).filter((each) => state.tasks.get(each)?.completedAt === null)

const newList = (state: StoreState, body: Body<'createList'>, { now }: Moment): List => ({
  id: body.id ?? crypto.randomUUID(),
  name: body.name,
  color: body.color ?? null,
  position: lastPosition(state.lists.values()),
  archivedAt: null,
  createdAt: now,
  updatedAt: now,
  version: 0,
})

const changeList = (state: StoreState, id: string, body: Body<'changeList'>, { now }: Moment): StoreState => {
  const list = state.lists.get(id)
  if (!list) return state
  const { archived, ...fields } = body
  const archivedAt = archived === undefined ? list.archivedAt : archived ? (list.archivedAt ?? now) : null
  return withList(state, { ...list, ...present(fields), archivedAt })
}

const moveList = (state: StoreState, id: string, place: Body<'moveList'>): StoreState => {
  const list = state.lists.get(id)
  if (!list) return state
  const others = [...state.lists.values()].filter((each) => each.id !== id)
  return withList(state, { ...list, position: between(others, place) })
}

const deleteList = (state: StoreState, id: string): StoreState => {
  const lists = new Map(state.lists)
  lists.delete(id)
  const within = [...state.tasks.values()].filter(({ listId }) => listId === id).map((task) => task.id)
  return withoutTasks({ ...state, lists }, within)
}

const newLabel = (body: Body<'createLabel'>, { now }: Moment): Label => ({
  id: body.id ?? crypto.randomUUID(),
  name: body.name,
  color: body.color ?? null,
  createdAt: now,
  updatedAt: now,
  version: 0,
})

const changeLabel = (state: StoreState, id: string, body: Body<'changeLabel'>): StoreState => {
  const label = state.labels.get(id)
  return label ? withLabel(state, { ...label, ...present(body) }) : state
}

const deleteLabel = (state: StoreState, id: string): StoreState => {
  const labels = new Map(state.labels)
  labels.delete(id)
  const tasks = new Map(state.tasks)
  for (const task of tasks.values()) {
    if (task.labelIds.includes(id))
      tasks.set(task.id, { ...task, labelIds: task.labelIds.filter((each) => each !== id) })
  }
  return { ...state, labels, tasks }
}

/** The fields that say something. */
const present = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
