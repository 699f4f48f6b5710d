import type { Operation } from '../../../client/src/index.ts'

const NAMES: Record<Operation['operation'], string> = {
  createTask: 'adding a task',
  changeTask: 'changing a task',
  moveTask: 'moving a task',
  deleteTask: 'deleting a task',
  completeTask: 'completing a task',
  reopenTask: 'reopening a task',
  createList: 'adding a list',
  changeList: 'changing a list',
  moveList: 'moving a list',
  deleteList: 'deleting a list',
  createLabel: 'adding a label',
  changeLabel: 'changing a label',
  deleteLabel: 'deleting a label',
}

/** What was to be done, in a message. */
export const nameOfOperations = (operations: readonly Operation[]): string => {
  const [first] = operations
  if (!first) return 'nothing'
  return operations.length > 1
    ? `${NAMES[first.operation]} and ${operations.length - 1} more`
    : NAMES[first.operation]
}
