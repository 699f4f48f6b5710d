import type { ListMove, ListPatch, NewList } from '../../../client/src/index.ts'
import { type Draft, present } from './draft.ts'
import { between, lastPosition } from './position.ts'
import { toTrash } from './trash.ts'

export const create = ({ lists }: Draft, body: NewList, now: string): void => {
  const { id = crypto.randomUUID(), name, color = null } = body
  if (lists.has(id)) return
  lists.set(id, {
    id,
    name: name.trim(),
    color,
    position: lastPosition(lists.values()),
    archivedAt: null,
    createdAt: now,
    updatedAt: now,
    version: 0,
  })
}

export const change = (
  { lists }: Draft,
  id: string,
  { archived, name, ...fields }: ListPatch,
  now: string,
): void => {
  const list = lists.get(id)
  if (!list) return
  const archivedAt = archived === undefined ? list.archivedAt : archived ? (list.archivedAt ?? now) : null
  lists.set(id, {
    ...list,
    ...present(fields),
    ...(name !== undefined && { name: name.trim() }),
    archivedAt,
  })
}

export const move = ({ lists }: Draft, id: string, place: ListMove): void => {
  const list = lists.get(id)
  if (list) lists.set(id, { ...list, position: between(lists, id, place) })
}

/** With all its tasks. */
export const remove = (draft: Draft, id: string): void => {
  const within = [...draft.tasks.values()].filter(({ listId }) => listId === id)
  toTrash(draft, id, { family: within.map((task) => task.id) })
}
