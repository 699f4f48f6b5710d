import { dueFromColumns } from '../tasks/due.ts'
import type { Completion } from './contract.ts'
import type { CompletionRow } from './repository.ts'

/** A completion as the API tells it. */
export const completionView = (row: CompletionRow): Completion => ({
  id: row.id,
  taskId: row.taskId,
  title: row.title,
  due: dueFromColumns(row),
  completedAt: row.completedAt,
})
