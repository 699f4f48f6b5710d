import { dueToColumns } from '../tasks/due.ts'
import type { CompletionEntry, LabelEntry, ListEntry, TaskEntry } from './entry.ts'

// Things as rows of their tables, for `edgewise.import_named`, `import_tasks` and `import_completions`.

export const listRow = ({ id, thing }: ListEntry) => ({
  id,
  name: thing.name,
  color: 'color' in thing ? thing.color : null,
  position: 'position' in thing ? thing.position : '',
  archived_at: 'archivedAt' in thing ? thing.archivedAt : null,
  created_at: 'createdAt' in thing ? thing.createdAt : null,
  deleted_at: 'deletedAt' in thing ? thing.deletedAt : null,
})

export const labelRow = ({ id, thing }: LabelEntry) => ({
  id,
  name: thing.name,
  color: 'color' in thing ? thing.color : null,
  created_at: 'createdAt' in thing ? thing.createdAt : null,
  deleted_at: 'deletedAt' in thing ? thing.deletedAt : null,
})

export const taskRow = ({ id, thing, completion = undefined }: TaskEntry) => ({
  id,
  title: thing.title,
  notes: thing.notes,
  priority: thing.priority,
  ...dueRow(thing.due),
  recurrence_rule: thing.recurrence?.rule ?? null,
  recurrence_from: thing.recurrence?.from ?? null,
  recurrence_start: thing.recurrence?.start ?? null,
  recurrence_on: thing.occurrence,
  list_id: thing.listId,
  parent_id: thing.parentId,
  label_ids: thing.labelIds,
  labels_in_trash: thing.labelIdsInTrash,
  position: thing.position ?? '',
  completed_at: thing.completedAt,
  completed_with: thing.completedWith,
  created_at: thing.createdAt ?? null,
  deleted_at: thing.deletedAt,
  deleted_with: thing.deletedWith,
  completion: completion ?? null,
})

export const completionRow = ({ id, thing }: CompletionEntry) => ({
  id,
  task_id: thing.taskId,
  title: thing.title,
  ...dueRow(thing.due),
  completed_at: thing.completedAt,
  occurrence: thing.occurrence,
  next_occurrence: thing.nextOccurrence,
  along_with: thing.alongWith,
})

const dueRow = (due: TaskEntry['thing']['due']) => {
  const { dueDate, dueTime, dueTimeZone } = dueToColumns(due)
  return { due_date: dueDate, due_time: dueTime, due_time_zone: dueTimeZone }
}
