import type { StoreState } from '../../../client/src/index.ts'
import type { Operation } from './operation.ts'
import type { Queued } from './outbox.ts'
import { isCreation } from './refusal.ts'

/** What is written, and not chosen or dragged: it must not be lost when the server does not take it. */
const TYPED = ['title', 'name', 'notes', 'recurrence']

/** Of operations that were refused, as a whole or in the one field that was left out, those in which something was typed. */
export const typedIn = (operations: readonly Operation[], without: string | undefined): Operation[] =>
  operations.flatMap((operation) => {
    if (!('body' in operation)) return []
    if (without === undefined) return TYPED.some((field) => field in operation.body) ? [operation] : []
    return TYPED.includes(without) ? changing(operation, without) : []
  })

/** What gives that field alone to what has been made without it. */
const changing = (operation: Extract<Operation, { body: object }>, field: string): Operation[] => {
  const body = { [field]: Reflect.get(operation.body, field) }
  switch (operation.operation) {
    case 'createTask':
      return operation.body.id === undefined ? [] : [{ operation: 'changeTask', id: operation.body.id, body }]
    case 'changeTask':
    case 'changeList':
    case 'changeLabel':
      return [{ ...operation, body }]
    default:
      return []
  }
}

/** Those among later writes that are about what these make or change, or about what such a one does. */
export const dependents = (of: readonly Queued[], among: readonly Queued[]): Queued[] => {
  const subjects = new Set<unknown>(of.flatMap(subjectsOf))
  return among.filter((write) => {
    const isLater = of.some(({ order }) => order < write.order)
    if (!isLater || of.some(({ order }) => order === write.order)) return false
    if (!write.operations.some((operation) => namesOf(operation).some((id) => subjects.has(id)))) return false
    for (const id of subjectsOf(write)) subjects.add(id)
    return true
  })
}

const subjectsOf = ({ operations }: Queued): string[] =>
  operations.flatMap((operation) => {
    const id = isCreation(operation) ? operation.body.id : operation.id
    return id === undefined ? [] : [id]
  })

/** All texts in it that may be an id: none that is typed looks like one. */
const namesOf = (operation: Operation): unknown[] => {
  const body = 'body' in operation ? Object.values(operation.body) : []
  return ['id' in operation ? operation.id : undefined, ...body.flat()]
}

/** Whether all that a write creates is there by now: it was made, though its answer said that it failed. */
export const isThereBy = ({ tasks, lists, labels }: StoreState, { operations }: Queued): boolean => {
  const ids = operations.flatMap((operation) =>
    isCreation(operation) && operation.body.id !== undefined ? [operation.body.id] : [],
  )
  return ids.length > 0 && ids.every((id) => tasks.has(id) || lists.has(id) || labels.has(id))
}
