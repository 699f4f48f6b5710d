import type { Label, List, Task } from '../../../client/src/index.ts'

/** A task as the server tells of it; its place in the order follows from when it is made here. */
export const newTask = (title: string, fields: Partial<Task> = {}): Task => ({
  id: title,
  title,
  notes: '',
  priority: 0,
  due: null,
  recurrence: null,
  listId: null,
  parentId: null,
  labelIds: [],
  position: nextPosition(),
  completedAt: null,
  createdAt: '2026-11-21T09:00:00.000Z',
  updatedAt: '2026-11-21T09:00:00.000Z',
  version: 1,
  ...fields,
})

export const newList = (name: string, fields: Partial<List> = {}): List => ({
  id: name,
  name,
  color: null,
  position: nextPosition(),
  archivedAt: null,
  createdAt: '2026-11-21T09:00:00.000Z',
  updatedAt: '2026-11-21T09:00:00.000Z',
  version: 1,
  ...fields,
})

export const newLabel = (name: string, fields: Partial<Label> = {}): Label => ({
  id: name,
  name,
  color: null,
  createdAt: '2026-11-21T09:00:00.000Z',
  updatedAt: '2026-11-21T09:00:00.000Z',
  version: 1,
  ...fields,
})

let made = 0
const nextPosition = (): string => {
  made += 1
  return `a${String(made).padStart(6, '0')}`
}
