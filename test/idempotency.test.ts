import { describe, it } from 'vitest'
import type { Task } from '../src/tasks/contract.ts'
import { idsFor, perform } from './support/attack.ts'
import { sql } from './support/database.ts'
import { operations } from './support/openapi.ts'
import { type Person, signUp } from './support/person.ts'

const WRITES = (await operations()).filter(
  ({ isAuthenticated, method }) => isAuthenticated && method !== 'GET',
)

const newKey = () => ({ 'Idempotency-Key': crypto.randomUUID() })

const add = (person: Person, title: string, headers: Record<string, string>) =>
  person.send('POST', '/v1/tasks', { title }, headers)

/** All of an answer but what differs from one request to the next. */
const answerOf = async (answer: Response) => {
  const { headers, status } = answer
  const kept = ['etag', 'location', 'content-type', 'cache-control'].map((name) => [name, headers.get(name)])
  return { status, headers: Object.fromEntries(kept), body: await answer.text() }
}

describe('a write under an idempotency key', () => {
  it.for(WRITES.map((operation) => [operation.operationId, operation] as const))(
    '%s answers the same again, and is made once',
    async ([, operation], { expect }) => {
      const ada = await signUp('ada')
      const [ids, headers] = [await idsFor(ada, operation), newKey()]
      const body = operation.bodyExample ?? {}
      const first = await answerOf(await perform(ada, operation, { ids, headers, body }))
      const before = await stateOf(ada)
      const again = await answerOf(await perform(ada, operation, { ids, headers, body }))
      expect(first.status).toBeLessThan(300)
      expect(again).toEqual(first)
      expect(await stateOf(ada)).toEqual(before)
    },
  )

  it('answers what it did the first time, whatever has become of it since', async ({ expect }) => {
    const [ada, headers] = [await signUp('ada'), newKey()]
    const first = await answerOf(await add(ada, 'buy milk', headers))
    const { id }: Task = JSON.parse(first.body)
    await ada.send('PATCH', `/v1/tasks/${id}`, { title: 'buy oat milk' })
    expect(await answerOf(await add(ada, 'buy milk', headers))).toEqual(first)
    await ada.send('DELETE', `/v1/tasks/${id}`)
    expect(await answerOf(await add(ada, 'buy milk', headers))).toEqual(first)
    expect(await ada.tasks()).toEqual([])
  })

  it('is made once by twenty that come at once, and all get its answer', async ({ expect }) => {
    const [ada, headers] = [await signUp('ada'), newKey()]
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => answerOf(await add(ada, 'buy milk', headers))),
    )
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]?.status).toBe(201)
    expect(await ada.tasks()).toHaveLength(1)
  })

  it.for([
    ['another body', 'POST', '', { title: 'buy bread' }, {}],
    ['another body of that length', 'POST', '', { title: 'buy silk' }, {}],
    ['the same body, written otherwise', 'POST', '', '{ "title": "buy milk" }', {}],
    ['another path', 'POST', '/completion', undefined, {}],
    ['another method', 'DELETE', '', undefined, {}],
    ['a condition', 'POST', '', { title: 'buy milk' }, { 'If-Match': '*' }],
  ] as const)('refuses its key to %s', async ([, method, path, body, more], { expect }) => {
    const [ada, headers] = [await signUp('ada'), newKey()]
    const { id }: Task = await (await add(ada, 'buy milk', headers)).json()
    const where = method === 'POST' && path === '' ? '/v1/tasks' : `/v1/tasks/${id}${path}`
    const other = await ada.send(method, where, body, { ...headers, ...more })
    expect(other.status).toBe(422)
    expect(await other.json()).toMatchObject({ code: 'idempotency_key_reused' })
    expect(await ada.tasks()).toMatchObject([{ id, version: 1, completedAt: null }])
  })

  it.for([
    ['another method', 'DELETE', 0],
    ['another path', 'POST', 1],
  ] as const)('refuses its key to %s, though all else is the same', async ([, method, which], { expect }) => {
    const [ada, headers] = [await signUp('ada'), newKey()]
    const tasks = [await ada.addTask('buy milk'), await ada.addTask('buy bread')]
    const done = await ada.send('POST', `/v1/tasks/${tasks[0]?.id}/completion`, undefined, headers)
    expect(done.status).toBe(200)
    const before = await stateOf(ada)
    const other = await ada.send(method, `/v1/tasks/${tasks[which]?.id}/completion`, undefined, headers)
    expect(other.status).toBe(422)
    expect(await stateOf(ada)).toEqual(before)
  })

  it('that was refused has used up nothing', async ({ expect }) => {
    const [ada, headers] = [await signUp('ada'), newKey()]
    expect((await add(ada, '', headers)).status).toBe(400)
    const { id } = await ada.addTask('buy milk')
    const absent = `/v1/tasks/${crypto.randomUUID()}`
    expect((await ada.send('DELETE', absent, undefined, headers)).status).toBe(404)
    const stale = await ada.send('DELETE', `/v1/tasks/${id}`, undefined, { ...headers, 'If-Match': '"9"' })
    expect(stale.status).toBe(412)
    expect((await add(ada, 'buy bread', headers)).status).toBe(201)
  })

  it('has nothing to do with another user’s of the same name', async ({ expect }) => {
    const [ada, bob, headers] = [await signUp('ada'), await signUp('bob'), newKey()]
    const hers: Task = await (await add(ada, 'buy milk', headers)).json()
    const his: Task = await (await add(bob, 'buy milk', headers)).json()
    expect(his.id).not.toBe(hers.id)
    expect((await add(bob, 'buy bread', headers)).status).toBe(422)
    expect(await ada.tasks()).toHaveLength(1)
    expect(await bob.tasks()).toHaveLength(1)
  })

  it('can be made anew a day later', async ({ expect }) => {
    const [ada, headers] = [await signUp('ada'), newKey()]
    await add(ada, 'buy milk', headers)
    await age(ada, '23 hours 59 minutes')
    await add(ada, 'buy milk', headers)
    expect(await ada.tasks()).toHaveLength(1)
    await age(ada, '2 minutes')
    expect((await add(ada, 'buy bread', headers)).status).toBe(201)
    expect(await ada.tasks()).toHaveLength(2)
  })

  it.for(['', ' ', 'two words', 'ключ', 'a'.repeat(256)])('may not be %j', async (key, { expect }) => {
    const ada = await signUp('ada')
    const answer = await add(ada, 'buy milk', { 'Idempotency-Key': encodeURI(key) === key ? key : '\u00e9' })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ errors: [{ path: 'idempotency-key' }] })
    expect(await ada.tasks()).toEqual([])
  })

  it('is nothing to a request that reads', async ({ expect }) => {
    const [ada, headers] = [await signUp('ada'), newKey()]
    await ada.addTask('buy milk')
    expect(await (await ada.send('GET', '/v1/tasks', undefined, headers)).json()).toMatchObject({
      items: [{}],
    })
    await ada.addTask('buy bread')
    const later = await (await ada.send('GET', '/v1/tasks', undefined, headers)).json()
    expect(later).toMatchObject({ items: [{}, {}] })
  })
})

describe('what a write answered', () => {
  it('is kept for an hour at most when its caller gave no key, and goes with the writes after it', async ({
    expect,
  }) => {
    const ada = await signUp('ada')
    await ada.addTask('buy milk')
    const [kept] = await sql(
      `select extract(epoch from expires_at - now())::int as seconds from edgewise.answers where user_id = $1`,
      [ada.id],
    )
    expect(Number(kept?.seconds)).toBeGreaterThan(3_500)
    expect(Number(kept?.seconds)).toBeLessThanOrEqual(3_600)
    await age(ada, '61 minutes')
    for (let writes = 0; writes < 3; writes += 1) await ada.addTask('buy bread')
    const [left] = await sql('select count(*) as count from edgewise.answers where user_id = $1', [ada.id])
    expect(Number(left?.count)).toBe(3)
  })
})

/** Lets that much time pass for what was answered to that person. */
const age = (person: Person, time: string) =>
  sql(`update edgewise.answers set expires_at = expires_at - $2::interval where user_id = $1`, [
    person.id,
    time,
  ])

/** All that a write of that person's could have changed. */
const stateOf = async ({ id }: Person) => [
  await sql('select * from tasks where user_id = $1 order by id', [id]),
  await sql('select id from sessions where user_id = $1 order by id', [id]),
  await sql('select last_write from edgewise.writers where user_id = $1', [id]),
]
