import { rowFromJson } from '../db/row-from-json.ts'
import { completions, labels, lists, tasks } from '../db/schema.ts'
import { recurrenceFromColumns } from '../recurrence/columns.ts'
import { dueFromColumns } from '../tasks/due.ts'
import type { ExportedCompletion, ExportedLabel, ExportedList, ExportedTask } from './contract.ts'

type Json = Record<string, unknown>

export const exportedList = (json: Json): ExportedList => {
  const { id, name, color, position, archivedAt, createdAt, deletedAt } = rowFromJson(lists, json)
  return { id, name, color, position, archivedAt, createdAt, deletedAt }
}

export const exportedLabel = (json: Json): ExportedLabel => {
  const { id, name, color, createdAt, deletedAt } = rowFromJson(labels, json)
  return { id, name, color, createdAt, deletedAt }
}

export const exportedTask = (json: Json): ExportedTask => {
  const row = rowFromJson(tasks, json)
  return {
    id: row.id,
    title: row.title,
    notes: row.notes,
    priority: row.priority,
    due: dueFromColumns(row),
    recurrence: recurrenceFromColumns(row),
    occurrence: row.recurrenceOn,
    listId: row.listId,
    parentId: row.parentId,
    labelIds: row.labelIds,
    labelIdsInTrash: Array.isArray(json.labels_in_trash) ? json.labels_in_trash : [],
    position: row.position,
    completedAt: row.completedAt,
    completedWith: row.completedWith,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    deletedAt: row.deletedAt,
    deletedWith: row.deletedWith,
  }
}

export const exportedCompletion = (json: Json): ExportedCompletion => {
  const row = rowFromJson(completions, json)
  const { id, taskId, title, completedAt, occurrence, nextOccurrence, alongWith } = row
  return { id, taskId, title, due: dueFromColumns(row), completedAt, occurrence, nextOccurrence, alongWith }
}
