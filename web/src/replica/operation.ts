import type { Operation as BatchOperation, StoreState } from '../../../client/src/index.ts'
import { type Draft, draftOf, type Things } from './draft.ts'
import * as labels from './label-operations.ts'
import * as lists from './list-operations.ts'
import * as tasks from './task-operations.ts'
import { type Restoration, restore } from './trash.ts'

/** What a person does. All of it goes out in batches, but for taking something back. */
export type Operation = BatchOperation | Restoration

/** Operations, and when they were made: RFC 3339, in UTC. */
export interface Write {
  operations: readonly Operation[]
  madeAt: string
}

/**
 * How things will be, as far as one can say before the server has. Only the server knows versions and times, when a task that comes
 * again is due next (until then it shows as done), and what it will refuse.
 */
export const applied = <S extends Things>(state: S, writes: readonly Write[]): S => {
  if (writes.length === 0) return state
  const draft = draftOf(state)
  for (const { operations, madeAt } of writes)
    for (const operation of operations) apply(draft, operation, madeAt)
  const { tasks, lists, labels } = draft
  return { ...state, tasks, lists, labels }
}

/** What takes back those deletions, by how things are before them. */
export const waysBackFrom = (deletions: readonly Operation[], before: Things): Restoration[] => {
  const draft = draftOf(before)
  for (const deletion of deletions) apply(draft, deletion, '')
  return [...draft.trash].map(([id, taken]) => ({ operation: 'restore', id, taken }))
}

/** Applies writes to states one after the other, and gives the same again while nothing has changed. */
export const drawing = () => {
  let last: { state: StoreState; writes: readonly Write[]; drawn: StoreState } | undefined
  return (state: StoreState, writes: readonly Write[]): StoreState => {
    if (!last || !isSameThings(last.state, state) || !isSameWrites(last.writes, writes))
      last = { state, writes, drawn: applied(state, writes) }
    return last.drawn
  }
}

const isSameThings = (one: StoreState, other: StoreState): boolean =>
  one.tasks === other.tasks &&
  one.lists === other.lists &&
  one.labels === other.labels &&
  one.completions === other.completions

/** Whether they do the same: operations are never changed themselves. */
export const isSameWrites = (some: readonly Write[], others: readonly Write[]): boolean =>
  some.length === others.length &&
  some.every(({ operations }, index) => operations === others[index]?.operations)

const apply = (draft: Draft, operation: Operation, now: string) => {
  switch (operation.operation) {
    case 'createTask':
      return tasks.create(draft, operation.body, now)
    case 'changeTask':
      return tasks.change(draft, operation.id, operation.body)
    case 'moveTask':
      return tasks.move(draft, operation.id, operation.body)
    case 'deleteTask':
      return tasks.remove(draft, operation.id)
    case 'completeTask':
      return tasks.complete(draft, operation, now)
    case 'reopenTask':
      return tasks.reopen(draft, operation.id)
    case 'createList':
      return lists.create(draft, operation.body, now)
    case 'changeList':
      return lists.change(draft, operation.id, operation.body, now)
    case 'moveList':
      return lists.move(draft, operation.id, operation.body)
    case 'deleteList':
      return lists.remove(draft, operation.id)
    case 'createLabel':
      return labels.create(draft, operation.body, now)
    case 'changeLabel':
      return labels.change(draft, operation.id, operation.body)
    case 'deleteLabel':
      return labels.remove(draft, operation.id)
    case 'restore':
      return restore(draft, operation)
  }
}
