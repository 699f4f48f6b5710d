import { EdgewiseError, type StoreState } from '../../../client/src/index.ts'
import type { Things } from './draft.ts'
import type { Operation } from './operation.ts'

/** What comes of a write that the server has refused. */
export interface Verdict {
  /** What of it can be made all the same. */
  rest: Operation[]
  /** What cannot, to be told of. */
  refused: Operation[]
  /** The one field that is left out, where all else is made. */
  without?: string
}

/** Whether the server has said no to the write itself, and would say so again: an answer that is none of Edgewise's is no no. */
export const isRefusal = (error: unknown): error is EdgewiseError =>
  error instanceof EdgewiseError &&
  error.status >= 400 &&
  error.status < 500 &&
  !PASSING.has(error.code) &&
  error.code !== 'unexpected_answer'

const PASSING = new Set(['signed_out', 'unauthorized', 'request_timeout', 'too_many_requests'])

/**
 * What to do about a refusal: as little is given up as can be. A thing that has another id to be known by, or that is made or gone
 * already, is nothing to tell of; a field that does not fit is left out; what hangs on an operation that cannot be made is made without it.
 */
export const verdictOn = (
  operations: readonly Operation[],
  error: EdgewiseError,
  state: Things,
): Verdict | 'made' => {
  const [, index, field = ''] =
    /^operations\.(\d+)(?:\.body)?(?:\.(\w+))?/.exec(error.errors[0]?.path ?? '') ?? []
  const [first] = operations
  // It is back already, or its deletion came to nothing.
  if (first?.operation === 'restore' && error.code === 'not_found' && isThere(first.id, state)) return 'made'
  const fault = operations[Number(index)]
  if (!fault) return { rest: [], refused: [...operations] }

  // The id is one that nobody else can have chosen: it has been made by an earlier sending, whose key is forgotten.
  if (isCreation(fault) && field === 'id' && error.code === 'conflict') return 'made'
  const others = operations.filter((each) => each !== fault)
  if (isDeletion(fault) && error.code === 'not_found') return { rest: others, refused: [] }

  const lesser = without(fault, field, state)
  if (lesser) {
    const rest = operations.map((each) => (each === fault ? lesser : each))
    return { rest, refused: [fault], without: field }
  }
  const id = idOf(fault)
  if (!isCreation(fault) || id === undefined) return { rest: others, refused: [fault] }
  const namesake = fault.operation === 'createLabel' && field === 'name' && labelNamed(fault.body.name, state)
  return namesake
    ? { rest: others.map((each) => renamed(each, id, namesake.id)), refused: [] }
    : { rest: others.flatMap((each) => detached(each, id)), refused: [fault] }
}

type Creation = Extract<Operation, { operation: 'createTask' | 'createList' | 'createLabel' }>

export const isCreation = (operation: Operation): operation is Creation =>
  operation.operation.startsWith('create')

const isThere = (id: string, { tasks, lists, labels }: Things): boolean =>
  tasks.has(id) || lists.has(id) || labels.has(id)

const isDeletion = ({ operation }: Operation): boolean => operation.startsWith('delete')

const idOf = (operation: Operation): string | undefined =>
  isCreation(operation) ? operation.body.id : operation.id

const labelNamed = (name: string, { labels }: Pick<StoreState, 'labels'>) =>
  [...labels.values()].find((label) => label.name.toLowerCase() === name.trim().toLowerCase())

const NEEDED = new Set(['id', 'title', 'name'])

/** The same without that field of its body; nothing if it has no such field, or does nothing without it. */
const without = (
  operation: Operation,
  field: string,
  { tasks, labels }: Pick<StoreState, 'tasks' | 'labels'>,
): Operation | undefined => {
  if (!('body' in operation) || !(field in operation.body)) return undefined
  if (isCreation(operation) && NEEDED.has(field)) return undefined
  const { [field]: left, ...body }: Record<string, unknown> = operation.body
  if (field === 'labelIds' && Array.isArray(left)) {
    const known = left.filter((id) => labels.has(id))
    if (known.length > 0 && known.length < left.length) body.labelIds = known
  }
  if (field === 'parentId' && operation.operation === 'createTask')
    body.listId = tasks.get(String(left))?.listId ?? null
  return Object.keys(body).length > 0 ? ({ ...operation, body } as Operation) : undefined
}

/** The operation with another label in that one's place. */
const renamed = (operation: Operation, id: string, other: string): Operation => {
  if (operation.operation !== 'createTask' && operation.operation !== 'changeTask') return operation
  const { labelIds } = operation.body
  if (!labelIds?.includes(id)) return operation
  const replaced = [...new Set(labelIds.map((each) => (each === id ? other : each)))]
  return { ...operation, body: { ...operation.body, labelIds: replaced } } as Operation
}

/** The operation without what there will not be; nothing if it is about just that. */
const detached = (operation: Operation, id: string): Operation[] => {
  if (idOf(operation) === id) return []
  if (!('body' in operation)) return [operation]
  const body = Object.entries(operation.body).flatMap(([field, value]: [string, unknown]) => {
    if (value === id) return []
    return [[field, Array.isArray(value) ? value.filter((each) => each !== id) : value]]
  })
  return body.length > 0 ? [{ ...operation, body: Object.fromEntries(body) } as Operation] : []
}
