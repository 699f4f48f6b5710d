import { recurrenceFromColumns } from '../recurrence/columns.ts'
import type { Task } from './contract.ts'
import { dueFromColumns } from './due.ts'
import type { TaskRow } from './repository.ts'

/** A task as the API tells it. */
export const taskView = (row: TaskRow): Task => ({
  id: row.id,
  title: row.title,
  notes: row.notes,
  priority: row.priority,
  due: dueFromColumns(row),
  recurrence: recurrenceFromColumns(row),
  listId: row.listId,
  parentId: row.parentId,
  labelIds: row.labelIds,
  position: row.position,
  completedAt: row.completedAt,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  version: row.version,
})
