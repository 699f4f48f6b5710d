import type { Task, TaskMove } from '../../../client/src/index.ts'
import type { Row } from './view.ts'

/** Tasks nest in five levels. */
export const DEEPEST_LEVEL = 4

/** Where a task would come to stand, and the move that takes it there. */
export interface Landing {
  /** Before which of the rows that stay; their number, for the end. */
  index: number
  level: number
  move: TaskMove
}

/** The row of the task, and those below it, which go along. */
export const familyAt = (rows: readonly Row[], index: number): Row[] => {
  const top = rows[index]
  if (!top) return []
  const end = rows.findIndex((row, at) => at > index && row.level <= top.level)
  return rows.slice(index, end < 0 ? rows.length : end)
}

const heightOf = (family: readonly Row[]): number =>
  Math.max(...family.map(({ level }) => level)) - (family[0]?.level ?? 0)

/** Where a family dropped before a row comes to stand: at the level that is wanted, as far as its neighbours allow. */
export const landingIn = (
  staying: readonly Row[],
  family: readonly Row[],
  index: number,
  wanted: number,
): Landing | undefined => {
  const above = staying[index - 1]
  const lowest = staying[index]?.level ?? 0
  const highest = Math.min(above ? above.level + 1 : 0, DEEPEST_LEVEL - heightOf(family))
  if (highest < lowest) return undefined
  const level = Math.min(Math.max(wanted, lowest), highest)

  const parent = staying.slice(0, index).findLast((row) => row.level < level)
  const before = siblingBefore(staying, index, level)
  const next = staying[index]?.level === level ? staying[index] : undefined
  const parentId = parent?.task.id ?? null
  const place = before ? { after: before.task.id } : next ? { before: next.task.id } : {}
  return { index, level, move: { parentId, ...place } }
}

const siblingBefore = (rows: readonly Row[], index: number, level: number): Row | undefined => {
  const nearest = rows.slice(0, index).findLast((row) => row.level <= level)
  return nearest?.level === level ? nearest : undefined
}

export type Step = 'up' | 'down' | 'in' | 'out'

/** The move that a key makes in a tree: past a sibling, below the one before, or out from below its parent. */
export const stepInTree = (rows: readonly Row[], index: number, step: Step): TaskMove | undefined => {
  const row = rows[index]
  if (!row) return undefined
  const family = familyAt(rows, index)
  const before = siblingBefore(rows, index, row.level)
  const next = rows[index + family.length]
  const parent = rows.slice(0, index).findLast(({ level }) => level < row.level)
  switch (step) {
    case 'up':
      return before && { before: before.task.id }
    case 'down':
      return next?.level === row.level ? { after: next.task.id } : undefined
    case 'in':
      return before && row.level + heightOf(family) < DEEPEST_LEVEL ? { parentId: before.task.id } : undefined
    case 'out':
      return parent && { parentId: parent.task.parentId, after: parent.task.id }
  }
}

/** Where a task comes to stand among others that are no tree: what its due says comes first, so it stays among its equals. */
export const landingAmong = (
  staying: readonly Row[],
  index: number,
  keyOf: (task: Task) => string,
  key: string,
): Landing => {
  const first = staying.filter(({ task }) => keyOf(task) < key).length
  const last = staying.filter(({ task }) => keyOf(task) <= key).length
  const at = Math.min(Math.max(index, first), last)
  const before = at > first ? staying[at - 1] : undefined
  const next = at < last ? staying[at] : undefined
  const move = before ? { after: before.task.id } : next ? { before: next.task.id } : {}
  return { index: at, level: 0, move }
}
