import type { Operation } from './openapi.ts'
import { addSession } from './other-session.ts'
import type { Person } from './person.ts'

/** How to make a thing whose id stands at that place of the contract. */
const MAKERS: Record<string, (person: Person) => Promise<string>> = {
  '/v1/me/sessions/{id}': (person) => addSession(person),
  '/v1/tasks/{id}': async (person) => (await person.addTask('buy milk', { notes: 'two bottles' })).id,
}

/** The ids that a call carries: by path parameter, and by dotted name in the body. */
export interface Ids {
  path: Record<string, string>
  body: Record<string, string>
}

/** Makes, for that person, a thing for every id that the operation takes. Throws where it does not know how. */
export const idsFor = async (person: Person, { path, pathParameters, bodyIds }: Operation): Promise<Ids> => {
  const ids: Ids = { path: {}, body: {} }
  for (const name of pathParameters) {
    const upToIt = path.slice(0, path.indexOf(`{${name}}`) + name.length + 2)
    ids.path[name] = await makerOf(upToIt)(person)
  }
  for (const name of bodyIds) ids.body[name] = await makerOf(name)(person)
  return ids
}

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
  { method, path, bodyExample, queryParameters }: Operation,
  { ids, query = {}, body = {}, headers = {} }: Attempt,
): Promise<Response> => {
  const unknown = queryParameters.filter((name) => !(name in QUERY_EXAMPLES))
  if (unknown.length > 0) throw new Error(`the isolation suite does not know the query parameters ${unknown}`)
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids.path[name] ?? '')
  const search = new URLSearchParams(query).toString()
  return person.send(
    method,
    search ? `${filled}?${search}` : filled,
    bodyExample && { ...withIds(bodyExample, ids.body), ...body },
    headers,
  )
}

interface Attempt {
  ids: Ids
  query?: Record<string, string>
  body?: Record<string, unknown>
  headers?: Record<string, string>
}

/** Query parameters that hold no id; a cursor, which does, has tests of its own. */
const QUERY_EXAMPLES = { completed: 'false', limit: '2', cursor: '' }

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
    at[last] = id
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
