import { aList, aTask } from './export-file.ts'
import type { Operation } from './openapi.ts'
import { addSession } from './other-session.ts'
import type { Person } from './person.ts'

let named = 0

/** Each name comes after those before it: what is listed by name is in the order in which it was made. */
const addNamed = (path: string) => async (person: Person) => {
  named += 1
  const name = `${String(named).padStart(6, '0')} ${crypto.randomUUID()}`
  const made = await person.send('POST', path, { name })
  return (await made.json<{ id: string }>()).id
}
const addTask = async (person: Person) => (await person.addTask('buy milk', { notes: 'two bottles' })).id
const addList = addNamed('/v1/lists')

/** How to make a thing whose id stands at that place of the contract: in a path, or in a body's field. */
const MAKERS: Record<string, (person: Person) => Promise<string>> = {
  '/v1/me/sessions/{id}': (person) => addSession(person),
  '/v1/tasks/{id}': addTask,
  '/v1/lists/{id}': addList,
  '/v1/labels/{id}': addNamed('/v1/labels'),
  '/v1/trash/{id}': async (person) => {
    const id = await addTask(person)
    await person.send('DELETE', `/v1/tasks/${id}`)
    return id
  },
  '/v1/completions/{id}': async (person) => {
    const id = await addTask(person)
    await person.send('POST', `/v1/tasks/${id}/completion`)
    const made = await person.send('GET', `/v1/completions?task=${id}`)
    return (await made.json<{ items: { id: string }[] }>()).items[0]?.id ?? ''
  },
  listId: addList,
  parentId: addTask,
  'labelIds[]': addNamed('/v1/labels'),
  'moveTask before': addTask,
  'moveTask after': addTask,
  'moveList before': addList,
  'moveList after': addList,
}

/** The ids that a call carries: by path parameter, and by dotted name in the body. */
export interface Ids {
  path: Record<string, string>
  body: Record<string, string>
}

/** Makes, for that person, a thing for every id in the operation's path. Throws where it does not know how. */
export const idsFor = async (person: Person, { path, pathParameters }: Operation): Promise<Ids> => {
  const ids: Ids = { path: {}, body: {} }
  for (const name of pathParameters) {
    const upToIt = path.slice(0, path.indexOf(`{${name}}`) + name.length + 2)
    ids.path[name] = await makerOf(upToIt)(person)
  }
  return ids
}

/** Makes, for that person, a thing that the field of the operation's body can name. */
export const idFor = (person: Person, { operationId }: Operation, field: string): Promise<string> =>
  makerOf(field in MAKERS ? field : `${operationId} ${field}`)(person)

/** Makes, for that person, one more thing of those that the operation lists. */
export const addTo = ({ path }: Operation, person: Person): Promise<string> => makerOf(`${path}/{id}`)(person)

const makerOf = (place: string) => {
  const make = MAKERS[place]
  if (!make)
    throw new Error(`the isolation suite does not know what the id at "${place}" names: teach it in MAKERS`)
  return make
}

/** Sends the operation with the contract's own example as its body; `ids` may already be URL-encoded. */
export const perform = (
  person: Person,
  { operationId, method, path, bodyExample, queryParameters }: Operation,
  { ids, query = {}, body = {}, headers = {} }: Attempt,
): Promise<Response> => {
  const unknown = queryParameters.filter((name) => !(name in QUERY_EXAMPLES))
  if (unknown.length > 0) throw new Error(`the isolation suite does not know the query parameters ${unknown}`)
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids.path[name] ?? '')
  const search = new URLSearchParams(query).toString()
  return person.send(
    method,
    search ? `${filled}?${search}` : filled,
    bodyExample && {
      ...withIds(bodyExample, ids.body),
      ...OF_ITS_OWN[operationId]?.(),
      ...body,
    },
    headers,
  )
}

/** What these make must be called like nothing else of the user's; or each call would not do the same. */
const OF_ITS_OWN: Record<string, () => Record<string, unknown>> = {
  importData: () => ({ tasks: [aTask()], lists: [aList({ name: crypto.randomUUID() })] }),
  createLabel: () => ({ name: crypto.randomUUID() }),
  quickAdd: () => ({
    text: `buy milk every day 9am #list-${crypto.randomUUID()} @label-${crypto.randomUUID()}`,
  }),
}

interface Attempt {
  ids: Ids
  query?: Record<string, string>
  body?: Record<string, unknown>
  headers?: Record<string, string>
}

/** Query parameters, with examples; those that hold an id, or a cursor, have tests of their own. */
const QUERY_EXAMPLES = {
  archived: 'false',
  changedSince: '2001-01-01T00:00:00Z',
  completed: 'false',
  cursor: '',
  dryRun: 'true',
  due: 'none',
  dueAfter: '2026-12-01',
  dueBefore: '2026-12-01',
  dueOn: '2026-12-01',
  format: 'json',
  label: '',
  limit: '2',
  list: 'inbox',
  occurrence: '',
  parent: 'none',
  priority: '1',
  q: 'milk',
  since: '',
  sort: 'position',
  task: '',
  timeZone: 'Europe/Berlin',
}

const withIds = (body: Record<string, unknown>, ids: Record<string, string>): Record<string, unknown> => {
  const copy = structuredClone(body)
  for (const [path, id] of Object.entries(ids)) {
    const names = path.split('.')
    const last = names.pop() ?? ''
    let at: Record<string, unknown> = copy
    for (const name of names) {
      const inner = at[name]
      at = inner !== null && typeof inner === 'object' ? (inner as Record<string, unknown>) : {}
    }
    if (last.endsWith('[]')) at[last.slice(0, -2)] = [id]
    else at[last] = id
  }
  return copy
}

/** All that a client can see of an answer, but for what differs from request to request: its id, and how many are left. */
export const seen = async (answer: Response) => {
  const headers = Object.fromEntries(answer.headers)
  delete headers['x-request-id']
  delete headers.ratelimit
  return { status: answer.status, headers, body: await answer.text() }
}
