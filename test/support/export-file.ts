const NOW = '2026-11-21T09:30:00.000Z'

/** A task of an export, with these fields. */
export const aTask = (fields: object = {}) => ({
  id: crypto.randomUUID(),
  title: 'buy milk',
  notes: '',
  priority: 0,
  due: null,
  recurrence: null,
  occurrence: null,
  listId: null,
  parentId: null,
  labelIds: [],
  labelIdsInTrash: [],
  position: 'a0',
  completedAt: null,
  completedWith: null,
  createdAt: NOW,
  updatedAt: NOW,
  deletedAt: null,
  deletedWith: null,
  ...fields,
})

export const aList = (fields: object = {}) => ({
  id: crypto.randomUUID(),
  name: 'Home',
  color: null,
  position: 'a0',
  archivedAt: null,
  createdAt: NOW,
  deletedAt: null,
  ...fields,
})

export const aLabel = (fields: object = {}) => ({
  id: crypto.randomUUID(),
  name: 'errand',
  color: null,
  createdAt: NOW,
  deletedAt: null,
  ...fields,
})

/** Of that task, which did not come again. */
export const aCompletion = (taskId: string) => ({
  id: crypto.randomUUID(),
  taskId,
  title: 'buy milk',
  due: null,
  completedAt: NOW,
  occurrence: null,
  nextOccurrence: null,
  alongWith: null,
})

/** A file with these things in it, in the format of an export. */
export const aFile = (things: object = {}) => ({
  format: 'edgewise',
  formatVersion: 1,
  exportedAt: NOW,
  follows: null,
  next: null,
  lists: [],
  labels: [],
  tasks: [],
  completions: [],
  ...things,
})

/** The nth place of an order. */
export const place = (nth: number): string =>
  `c${[3844, 62, 1].map((unit) => DIGITS[Math.floor(nth / unit) % 62]).join('')}`

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
