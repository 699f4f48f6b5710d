import { describe, it } from 'vitest'
import { IMPORT_BODY } from '../src/import/limits.ts'
import { type Ids, idsFor, perform } from './support/attack.ts'
import { warmWorker } from './support/calls.ts'
import { type Operation, operations } from './support/openapi.ts'
import { ownWorker } from './support/own-worker.ts'
import { type Person, signUp } from './support/person.ts'

const ALL = await operations()
const AUTHENTICATED = ALL.filter(({ isAuthenticated }) => isAuthenticated)

/** Calls of the operations that ask for no access token; sign-in is Better Auth's and has no budget. */
const CALLS_OF_OTHERS: Record<string, number | 'no budget'> = {
  getHealth: 0,
  getReadiness: 1,
  signUpWithEmail: 'no budget',
  signInWithEmail: 'no budget',
  signOut: 'no budget',
  getSession: 'no budget',
  getToken: 'no budget',
  getPublicKeys: 'no budget',
  sendVerificationEmail: 'no budget',
  verifyEmail: 'no budget',
  requestPasswordReset: 'no budget',
  resetPassword: 'no budget',
  changePassword: 'no budget',
  changeEmail: 'no budget',
  deleteAccount: 'no budget',
  listProviders: 0,
  signInWithProvider: 'no budget',
  finishSignInWithProvider: 'no budget',
}

type Attempt = Parameters<typeof perform>[2]

interface Outcome {
  status: number | 'success'
  /** Whether the operation can come out so. */
  befits: (operation: Operation) => boolean
  /** What is special about the request. */
  request: (operation: Operation, ids: Ids, person: Person) => Attempt | Promise<Attempt>
}

const always = () => true
const takesId = ({ pathParameters }: Operation) => pathParameters.length > 0
const takesBody = ({ bodyExample }: Operation) => bodyExample !== undefined
/** Those with an id in their path: a batch has conditions of its own. */
const answers = (status: number) => (operation: Operation) =>
  takesId(operation) && operation.statuses.includes(status)
const pathIds = (ids: Ids, id: string): Ids => ({
  ...ids,
  path: Object.fromEntries(Object.keys(ids.path).map((name) => [name, id])),
})

/** Outcomes that only the database can tell. */
const ASKING: Record<string, Outcome> = {
  success: { status: 'success', befits: always, request: (_, ids) => ({ ids }) },
  'nothing there': {
    status: 404,
    befits: takesId,
    request: (_, ids) => ({ ids: pathIds(ids, crypto.randomUUID()) }),
  },
  'a stale version': {
    status: 412,
    befits: answers(412),
    request: (_, ids) => ({ ids, headers: { 'If-Match': '"999"' } }),
  },
  'a condition on a missing thing': {
    status: 404,
    befits: answers(412),
    request: (_, ids) => ({ ids: pathIds(ids, crypto.randomUUID()), headers: { 'If-Match': '"1"' } }),
  },
  'a current copy': {
    status: 304,
    befits: answers(304),
    request: async (operation, ids, person) => {
      const answer = await perform(person, operation, { ids })
      return { ids, headers: { 'If-None-Match': answer.headers.get('ETag') ?? '' } }
    },
  },
}

/** Outcomes that the edge alone can tell. */
const REFUSED: Record<string, Outcome> = {
  'a bad token': {
    status: 401,
    befits: always,
    request: (_, ids) => ({ ids, headers: { Authorization: 'Bearer bad' } }),
  },
  'an unknown query parameter': {
    status: 400,
    befits: always,
    request: (_, ids) => ({ ids, query: { nobody: 'knows' } }),
  },
  'a malformed id': { status: 404, befits: takesId, request: (_, ids) => ({ ids: pathIds(ids, 'seven') }) },
  'a malformed condition': {
    status: 400,
    befits: answers(412),
    request: (_, ids) => ({ ids, headers: { 'If-Match': '3' } }),
  },
  'a bad cursor': {
    status: 400,
    befits: ({ queryParameters }) => queryParameters.includes('cursor'),
    request: (_, ids) => ({ ids, query: { cursor: 'x' } }),
  },
  'an unknown field': {
    status: 400,
    befits: takesBody,
    request: (_, ids) => ({ ids, body: { nobody: 'knows' } }),
  },
  'another type of body': {
    status: 415,
    befits: takesBody,
    request: (_, ids) => ({ ids, headers: { 'Content-Type': 'text/plain' } }),
  },
  'too large a body': {
    status: 413,
    befits: takesBody,
    request: ({ operationId }, ids) => ({
      ids,
      body: { nobody: 'x'.repeat(operationId === 'importData' ? IMPORT_BODY.maxBytes : 64 * 1024) },
    }),
  },
}

/** What each of those outcomes that befit the operation costs. */
const costsOf = async (operation: Operation, outcomes: Record<string, Outcome>) => {
  const { worker, ada } = await warmWorker()
  const costs: [string, { status: Outcome['status']; calls: number }][] = []
  for (const [name, { befits, request }] of Object.entries(outcomes)) {
    if (!befits(operation)) continue
    const ids = await idsFor(ada, operation)
    const attempt = await request(operation, ids, ada)
    const { calls, result } = await worker.counting(() => perform(worker.as(ada), operation, attempt))
    costs.push([name, { status: result.ok ? 'success' : result.status, calls }])
  }
  return Object.fromEntries(costs)
}

const expectedOf = (operation: Operation, outcomes: Record<string, Outcome>, calls: number) =>
  Object.fromEntries(
    Object.entries(outcomes)
      .filter(([, { befits }]) => befits(operation))
      .map(([name, { status }]) => [name, { status, calls }]),
  )

describe('a request asks the database', () => {
  it.for(AUTHENTICATED)('once, whatever comes of it: $operationId', async (operation, { expect }) => {
    expect(await costsOf(operation, ASKING)).toEqual(expectedOf(operation, ASKING, 1))
  })

  it.for(AUTHENTICATED)('never, if the edge can refuse it: $operationId', async (operation, { expect }) => {
    expect(await costsOf(operation, REFUSED)).toEqual(expectedOf(operation, REFUSED, 0))
  })

  it.for([...new Set(AUTHENTICATED.map(({ path }) => path))])(
    'never: another method on %s',
    async (path, { expect }) => {
      const { worker, ada } = await warmWorker()
      const taken = ALL.filter((operation) => operation.path === path).map(({ method }) => method)
      const free = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter(
        (method) => !taken.includes(method),
      )
      const { calls, result } = await worker.counting(async () => {
        const statuses: number[] = []
        for (const method of free) {
          const answer = await worker.as(ada).send(method, path.replace('{id}', crypto.randomUUID()))
          statuses.push(answer.status)
        }
        return statuses
      })
      expect(result).toEqual(free.map(() => 405))
      expect(calls).toBe(0)
    },
  )

  it('never: a path that nobody has', async ({ expect }) => {
    const { worker, ada } = await warmWorker()
    const { calls, result } = await worker.counting(() => worker.as(ada).send('GET', '/v1/nothing'))
    expect([result.status, calls]).toEqual([404, 0])
  })

  it.for(ALL.filter(({ isAuthenticated }) => !isAuthenticated))(
    'as often as is known: $operationId',
    async ({ operationId, method, path }, { expect }) => {
      const budget = CALLS_OF_OTHERS[operationId]
      expect(budget, 'an operation without a budget: decide what it may cost').toBeDefined()
      if (budget === 'no budget') return
      const worker = ownWorker()
      const { calls, result } = await worker.counting(() => worker.send(path, { method }))
      expect([result.status, calls]).toEqual([200, budget])
    },
  )

  it('never: for its own description', async ({ expect }) => {
    const worker = ownWorker()
    const { calls, result } = await worker.counting(() => worker.send('/openapi.json'))
    expect([result.status, calls]).toEqual([200, 0])
  })
})

describe('a cold isolate', () => {
  it('asks once more, for its keys, and then no more', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker()]
    const me = () => worker.as(ada).send('GET', '/v1/me')
    expect((await worker.counting(me)).calls).toBe(2)
    expect((await worker.counting(me)).calls).toBe(1)
    const bob = await signUp('bob')
    expect((await worker.counting(() => worker.as(bob).send('GET', '/v1/me'))).calls).toBe(1)
  })

  it('does not ask at all for a bad token', async ({ expect }) => {
    const worker = ownWorker()
    const { calls, result } = await worker.counting(() => worker.as({ token: 'a.b.c' }).send('GET', '/v1/me'))
    expect([result.status, calls]).toEqual([401, 0])
  })
})
