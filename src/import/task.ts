import { ExportedTask } from '../export/contract.ts'
import { fieldErrorsOf } from '../http/router.ts'
import { type ImportedTask, idFrom, type Place, type Read } from './entry.ts'

/** What a file of another program's says nothing of. */
export const BLANK: Omit<ImportedTask, 'id' | 'title'> = {
  notes: '',
  priority: 0,
  due: null,
  recurrence: null,
  occurrence: null,
  listId: null,
  parentId: null,
  labelIds: [],
  labelIdsInTrash: [],
  completedAt: null,
  completedWith: null,
  deletedAt: null,
  deletedWith: null,
}

const Imported = ExportedTask.omit({ position: true, updatedAt: true }).partial({ createdAt: true })

/** The entry of a task as it was read, or its refusal if it does not fit. If it is completed, its history is to say so. */
export const taskEntry = (task: ImportedTask, place: Place, warnings: string[]): Read => {
  const { data: thing, error } = Imported.safeParse(task)
  const about = { place, title: task.title.slice(0, MAX_SHOWN_LENGTH).toWellFormed(), warnings }
  if (!thing) return { ...about, kind: 'task', id: null, errors: fieldErrorsOf(error) }
  const completion = thing.completedAt === null ? undefined : idFrom('completion', thing.id)
  return { ...about, kind: 'task', id: thing.id, title: thing.title, thing, completion }
}

const MAX_SHOWN_LENGTH = 100
