import type { LabelPatch, NewLabel } from '../../../client/src/index.ts'
import { type Draft, present } from './draft.ts'
import { toTrash } from './trash.ts'

export const create = ({ labels }: Draft, body: NewLabel, now: string): void => {
  const { id = crypto.randomUUID(), name, color = null } = body
  if (labels.has(id)) return
  labels.set(id, { id, name: name.trim(), color, createdAt: now, updatedAt: now, version: 0 })
}

export const change = ({ labels }: Draft, id: string, { name, ...fields }: LabelPatch): void => {
  const label = labels.get(id)
  if (!label) return
  labels.set(id, { ...label, ...present(fields), ...(name !== undefined && { name: name.trim() }) })
}

/** Off every task, too. */
export const remove = (draft: Draft, id: string): void => {
  const labelled = [...draft.tasks.values()].filter(({ labelIds }) => labelIds.includes(id))
  for (const task of labelled)
    draft.tasks.set(task.id, { ...task, labelIds: task.labelIds.filter((each) => each !== id) })
  toTrash(draft, id, { labelled: labelled.map((task) => task.id) })
}
