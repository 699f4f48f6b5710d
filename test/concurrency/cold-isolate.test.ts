import { describe, it } from 'vitest'
import { countCalls } from '../support/database.ts'
import { ownWorker } from '../support/own-worker.ts'
import { signUp } from '../support/person.ts'

const FIRST_REQUESTS = 256

/** All at once, each the first that its sender makes; the ids that they got. */
const meet = async (people: { id: string; send: (method: string, path: string) => Promise<Response> }[]) =>
  Promise.all(
    Array.from({ length: FIRST_REQUESTS }, async (_, n) => {
      const person = people[n % people.length]
      const answer = await person?.send('GET', '/v1/me')
      const told = await answer?.json<{ id: string }>()
      return [answer?.status, told?.id === person?.id]
    }),
  )

const ALL_WELL = Array(FIRST_REQUESTS).fill([200, true])

const somePeople = () => Promise.all(Array.from({ length: 8 }, (_, n) => signUp(`person${n}`)))

describe('a cold isolate', () => {
  // Sign-in reads no public key: the Worker under test has none until these requests come.
  it('answers 256 first requests that come at once, each by its own means', async ({ expect }) => {
    const people = await somePeople()
    const { calls, result } = await countCalls(() => meet(people))
    expect(result).toEqual(ALL_WELL)
    expect(calls).toBeGreaterThan(FIRST_REQUESTS)
    expect((await countCalls(() => meet(people))).result).toEqual(ALL_WELL)
  })

  it('reads its keys at most once a request, and never again', async ({ expect }) => {
    const [people, worker] = [await somePeople(), ownWorker()]
    const own = people.map((person) => worker.as(person))
    const cold = await worker.counting(() => meet(own))
    expect(cold.result).toEqual(ALL_WELL)
    expect(cold.calls).toBeGreaterThan(FIRST_REQUESTS)
    expect(cold.calls).toBeLessThanOrEqual(2 * FIRST_REQUESTS)
    const warm = await worker.counting(() => meet(own))
    expect(warm).toMatchObject({ calls: FIRST_REQUESTS, result: ALL_WELL })
  })

  it('lets bad tokens and good ones come together', async ({ expect }) => {
    const [people, worker] = [await somePeople(), ownWorker()]
    const senders = people.flatMap((person) => [worker.as(person), worker.as({ ...person, token: 'a.b.c' })])
    const statuses = (await meet(senders)).map(([status]) => status)
    expect(statuses).toEqual(Array.from({ length: FIRST_REQUESTS }, (_, n) => (n % 2 ? 401 : 200)))
  })
})
