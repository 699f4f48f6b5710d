import { describe, it } from 'vitest'
import { writeCursor } from '../../src/http/cursor.ts'
import { addTo, idFor, idsFor, perform, seen } from '../support/attack.ts'
import { rowsOf, sql } from '../support/database.ts'
import { operations } from '../support/openapi.ts'
import { type Person, signUp } from '../support/person.ts'
import { claimsOf } from '../support/tokens.ts'

// Runs three times (vitest.config.ts): as shipped; with the scope's owner predicate taken out, so that
// row-level security alone must hold; and with row-level security off, so that the scope alone must.

const behindTheGate = (await operations()).filter(({ isAuthenticated }) => isAuthenticated)
const changingOne = behindTheGate.filter(
  ({ method, pathParameters }) => method !== 'GET' && pathParameters.length > 0,
)
/** Ids of these are the server's, and the primary key lets no two people have the same. */
const UNIQUE_TO_ALL = ['/v1/me/sessions/{id}']
const sharable = changingOne.filter(({ path }) => !UNIQUE_TO_ALL.includes(path))
/** An export has a page of its own kind: `test/export.test.ts`. */
const listing = behindTheGate.filter(
  ({ queryParameters, operationId }) => queryParameters.includes('cursor') && operationId !== 'exportData',
)
const byId = behindTheGate.flatMap((operation) =>
  operation.pathParameters.map((name) => ({ operation, name })),
)
/** Of many things, with tests of their own for the ids in them: `test/batch.test.ts`, `test/import.test.ts`. */
const MANY = ['makeBatch', 'importData']
const byField = behindTheGate
  .filter(({ operationId }) => !MANY.includes(operationId))
  .flatMap((operation) => operation.bodyIds.map((field) => ({ operation, field })))
const making = behindTheGate.filter(({ takesOwnId }) => takesOwnId)

const MALFORMED_IDS = [
  '0',
  'null',
  '%00',
  "'%20or%201=1--",
  'not-a-uuid',
  `${crypto.randomUUID()}0`,
  '%F0%9F%92%A9',
]
const MALFORMED_CURSORS = ['0', 'e30', 'bm9wZQ', "' or 1=1--", btoa('["tasks?completed=","x"]'), '\0']
const STATES = ['open', 'completed'] as const
type State = (typeof STATES)[number]
const OWNER_NAMES = ['userId', 'user_id', 'user', 'owner', 'ownerId', 'sub', '__proto__']

const adaAndBob = () => Promise.all([signUp('ada'), signUp('bob')])

const named = <T extends { operationId: string }>(all: T[]) =>
  all.map((one) => [one.operationId, one] as const)

describe('the suite', () => {
  it('knows how to call every operation behind the gate, and gets an answer of the contract', async ({
    expect,
  }) => {
    const bob = await signUp('bob')
    for (const operation of behindTheGate) {
      const answer = await perform(bob, operation, { ids: await idsFor(bob, operation) })
      expect(answer.ok, operation.operationId).toBe(true)
      expect(operation.statuses, operation.operationId).toContain(answer.status)
    }
  })
})

describe('an id', () => {
  it.for(byId.map((one) => [`${one.operation.operationId} ${one.name}`, one] as const))(
    "of someone else's, a missing and a malformed one are answered alike and change nothing: %s",
    async ([, { operation, name }], { expect }) => {
      const [ada, bob] = await adaAndBob()
      const [theirs, own] = [await idsFor(ada, operation), await idsFor(bob, operation)]
      const before = await rowsOf(ada.id)

      const answerTo = async (id = '') =>
        seen(await perform(bob, operation, { ids: { ...own, path: { ...own.path, [name]: id } } }))
      const missing = await answerTo(crypto.randomUUID())

      expect(missing.status).toBe(404)
      expect(await answerTo(theirs.path[name])).toEqual(missing)
      for (const malformed of MALFORMED_IDS) expect(await answerTo(malformed), malformed).toEqual(missing)
      expect(await rowsOf(ada.id)).toEqual(before)
      expect(await answerTo(own.path[name])).not.toEqual(missing)
    },
  )

  it.for(named(sharable).flatMap(([name, one]) => STATES.map((state) => [name, state, one] as const)))(
    'that two people happen to share names two things: %s, hers being %s',
    async ([, state, operation], { expect }) => {
      const [ada, bob] = await adaAndBob()
      const own = await idsFor(bob, operation)
      for (const id of Object.values(own.path)) await giveTheSame(id, { from: bob, to: ada, state })
      const before = await rowsOf(ada.id)

      expect((await perform(bob, operation, { ids: own })).ok).toBe(true)
      expect(await rowsOf(ada.id)).toEqual(before)
    },
  )
})

describe('an id in a body', () => {
  it.for(byField.map((one) => [`${one.operation.operationId} ${one.field}`, one] as const))(
    "of someone else's is answered like a missing one, and changes nothing: %s",
    async ([, { operation, field }], { expect }) => {
      const [ada, bob] = await adaAndBob()
      const [theirs, own] = [await idFor(ada, operation, field), await idFor(bob, operation, field)]
      const before = await rowsOf(ada.id)

      const answerTo = async (id: string) => {
        const ids = { ...(await idsFor(bob, operation)), body: { [field]: id } }
        return seen(await perform(bob, operation, { ids }))
      }
      const missing = await answerTo(crypto.randomUUID())

      expect(missing.status).toBe(400)
      expect(await answerTo(theirs)).toEqual(missing)
      for (const malformed of MALFORMED_IDS) expect((await answerTo(malformed)).status, malformed).toBe(400)
      expect(await rowsOf(ada.id)).toEqual(before)
      expect((await answerTo(own)).status).toBeLessThan(300)
    },
  )
})

describe('an id that its caller chooses', () => {
  it.for(named(making))(
    "may be that of someone else's thing, which nobody can tell: %s",
    async ([, operation], { expect }) => {
      const [ada, bob] = await adaAndBob()
      const [theirs, fresh] = [await addTo(operation, ada), crypto.randomUUID()]
      const before = await rowsOf(ada.id)
      const answerTo = async (id: string) => {
        const body = { id, ...(operation.bodyExample && 'name' in operation.bodyExample && { name: id }) }
        const answer = await perform(bob, operation, { ids: { path: {}, body: {} }, body })
        return [
          answer.status,
          (await answer.text()).replace(/"(\w+At|position)":"[^"]*"/g, '').replaceAll(id, ''),
        ]
      }
      const [status, text] = await answerTo(theirs)
      expect(status).toBe(201)
      expect([status, text]).toEqual(await answerTo(fresh))
      expect(await rowsOf(ada.id)).toEqual(before)
    },
  )
})

describe('an owner', () => {
  it.for(named(behindTheGate))(
    'is whom the token names, whatever else the request says: %s',
    async ([, operation], { expect }) => {
      const [ada, bob] = await adaAndBob()
      const hers = await ada.addTask('hers')
      const ids = await idsFor(bob, operation)
      const before = await rowsOf(ada.id)

      for (const name of OWNER_NAMES) {
        const inQuery = await perform(bob, operation, { ids, query: { [name]: ada.id } })
        expect(inQuery.status, `${name} in the query`).toBe(400)
        if (!operation.bodyExample) continue
        const inBody = await perform(bob, operation, { ids, body: JSON.parse(`{"${name}":"${ada.id}"}`) })
        expect(inBody.status, `${name} in the body`).toBe(400)
      }
      const headers = { 'X-User-Id': ada.id, 'X-Forwarded-User': ada.id, Cookie: `user_id=${ada.id}` }
      const withHeaders = await perform(bob, operation, { ids, headers })
      const text = await withHeaders.text()
      expect(text).not.toContain(ada.id)
      expect(text).not.toContain(hers.id)
      expect(await rowsOf(ada.id)).toEqual(before)
    },
  )
})

describe('a cursor', () => {
  it.for(named(listing))(
    "of someone else's finds one's own rows only, as one that names no row: %s",
    async ([, operation], { expect }) => {
      const [ada, bob] = await adaAndBob()
      const own = new Set([claimsOf(bob.token).sid])
      for (const _ of [1, 2, 3, 4]) {
        own.add(await addTo(operation, bob))
        await addTo(operation, ada)
      }
      const before = await rowsOf(ada.id)
      const page = async (person: Person, query: Record<string, string>) =>
        (await perform(person, operation, { ids: { path: {}, body: {} }, query })).json<Page>()

      const hers = (await page(ada, { limit: '2' })).nextCursor ?? ''
      const found = await page(bob, { limit: '100', cursor: hers })

      expect(found.items.length).toBeGreaterThan(0)
      expect(found.items.every(({ id }) => own.has(id))).toBe(true)
      expect(await page(bob, { limit: '100', cursor: nextTo(hers) })).toEqual(found)
      expect(await rowsOf(ada.id)).toEqual(before)
    },
  )

  it.for(named(listing))(
    'that is malformed or of another query is refused alike: %s',
    async ([, operation], { expect }) => {
      const [ada, bob] = await adaAndBob()
      for (const other of listing) for (const _ of [1, 2, 3]) await addTo(other, ada)
      const ids = { path: {}, body: {} }
      const answerTo = async (cursor: string) =>
        seen(await perform(bob, operation, { ids, query: { cursor } }))
      const [refused, ...others] = await Promise.all(MALFORMED_CURSORS.map(answerTo))
      expect(refused?.status).toBe(400)
      for (const other of others) expect(other).toEqual(refused)

      const { nextCursor: own } = await (
        await perform(ada, operation, { ids, query: { limit: '2' } })
      ).json<Page>()
      expect(await answerTo(nowhere(own ?? ''))).toEqual(refused)

      for (const other of listing) {
        const completed = other.queryParameters.includes('completed') && { completed: 'false' }
        if (other === operation && !completed) continue
        const page = await perform(ada, other, { ids, query: { limit: '2', ...completed } })
        const { nextCursor } = await page.json<Page>()
        expect(nextCursor).not.toBeNull()
        expect(await answerTo(nextCursor ?? ''), other.operationId).toEqual(refused)
      }
    },
  )
})

interface Page {
  items: { id: string }[]
  nextCursor: string | null
}

/** A cursor like that one whose row does not exist, at the same place of the order. */
const nextTo = (cursor: string): string => {
  const { query, place } = partsOf(cursor)
  const last = place.pop() ?? ''
  place.push(UUID.test(last) ? last.slice(0, -1) + (last.endsWith('0') ? '1' : '0') : `${last}0`)
  return writeCursor(query, place)
}

/** A cursor of the same query, with a place that no order has. */
const nowhere = (cursor: string): string => {
  const { query, place } = partsOf(cursor)
  return writeCursor(
    query,
    place.map(() => '\0'),
  )
}

const partsOf = (cursor: string): { query: string; place: string[] } => {
  const [query = '', ...place] = JSON.parse(
    atob(cursor.replaceAll('-', '+').replaceAll('_', '/')),
  ) as string[]
  return { query, place }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Gives `to` a row with the same id as one of `from`'s: the composite key allows it, and nobody can tell. */
const giveTheSame = async (id: string, { from, to, state }: { from: Person; to: Person; state: State }) => {
  const copied = await Promise.all(
    [
      `insert into tasks (user_id, id, title, completed_at)
       select $1::uuid, id, 'hers', case $4 when 'completed' then now() end from tasks
       where id = $2::uuid and user_id = $3::uuid returning id`,
      `insert into lists (user_id, id, name, archived_at)
       select $1::uuid, id, 'hers', case $4 when 'completed' then now() end from lists
       where id = $2::uuid and user_id = $3::uuid returning id`,
      `insert into labels (user_id, id, name)
       select $1::uuid, id, 'hers' || $4::text from labels
       where id = $2::uuid and user_id = $3::uuid returning id`,
    ].map((statement) => sql(statement, [to.id, id, from.id, state])),
  )
  if (copied.flat().length !== 1)
    throw new Error(`there is no row ${id} to copy: teach this which table it is in`)
}
