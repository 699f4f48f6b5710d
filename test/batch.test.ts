import { describe, it } from 'vitest'
import { rowsOf } from './support/database.ts'
import { type Person, signUp } from './support/person.ts'

interface Results {
  results: (Record<string, unknown> | null)[]
}

const batch = (person: Person, operations: object[], headers = {}) =>
  person.send('POST', '/v1/batch', { operations }, headers)
const resultsOf = async (answer: Response) => (await answer.json<Results>()).results

describe('a batch', () => {
  it('makes what it says, in its order, and later operations may name what earlier ones make', async ({
    expect,
  }) => {
    const ada = await signUp('ada')
    const [list, label, top, below] = [1, 2, 3, 4].map(() => crypto.randomUUID())
    const answer = await batch(ada, [
      { operation: 'createList', body: { id: list, name: 'Home' } },
      { operation: 'createLabel', body: { id: label, name: 'errand' } },
      { operation: 'createTask', body: { id: top, title: 'paint', listId: list } },
      { operation: 'createTask', body: { id: below, title: 'buy paint', parentId: top, labelIds: [label] } },
      { operation: 'changeTask', id: top, ifVersion: 1, body: { priority: 3 } },
      { operation: 'moveTask', id: below, body: { before: top } },
      { operation: 'completeTask', id: top },
      { operation: 'reopenTask', id: top },
      { operation: 'changeList', id: list, body: { color: '#3366cc' } },
      { operation: 'changeLabel', id: label, body: { name: 'shop' } },
      { operation: 'deleteTask', id: below },
      { operation: 'deleteLabel', id: label },
    ])
    expect(answer.status).toBe(200)
    const results = await resultsOf(answer)
    expect(results).toMatchObject([
      { id: list, name: 'Home', version: 1 },
      { id: label, name: 'errand' },
      { id: top, listId: list, version: 1 },
      { id: below, listId: list, parentId: top, labelIds: [label] },
      { id: top, priority: 3, version: 2 },
      { id: below },
      { id: top, version: 3 },
      { id: top, version: 4, completedAt: null },
      { id: list, color: '#3366cc', version: 2 },
      { id: label, name: 'shop' },
      null,
      null,
    ])
    expect(await ada.tasks()).toMatchObject([{ id: top, priority: 3, version: 4 }])
  })

  it('makes all or nothing, and says which operation it was', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const [hers, his] = [await ada.addTask('hers'), await bob.addTask('his')]
    const before = await rowsOf(ada.id)
    const first = { operation: 'createTask', body: { title: 'first' } }
    const change = { operation: 'changeTask', body: { title: 'changed' } }
    for (const [operation, status, code, path] of [
      [{ ...change, id: his.id }, 404, 'not_found', 'operations.1'],
      [{ ...change, id: crypto.randomUUID() }, 404, 'not_found', 'operations.1'],
      [{ ...change, id: hers.id, ifVersion: 7 }, 412, 'precondition_failed', 'operations.1'],
      [
        { ...first, body: { title: 'x', listId: crypto.randomUUID() } },
        400,
        'invalid_request',
        'operations.1.body.listId',
      ],
      [{ ...first, body: { title: 'x', id: hers.id } }, 409, 'conflict', 'operations.1.body.id'],
      [{ ...first, body: { title: '' } }, 400, 'invalid_request', 'operations.1.body.title'],
      [{ ...first, id: hers.id }, 400, 'invalid_request', 'operations.1.id'],
      [{ operation: 'purgeAll' }, 400, 'invalid_request', 'operations.1.operation'],
    ] as const) {
      const answer = await batch(ada, [first, operation, first])
      expect(answer.status).toBe(status)
      expect(await answer.json()).toMatchObject({ code, errors: [{ path }] })
    }
    expect(await rowsOf(ada.id)).toEqual(before)
  })

  it('holds a hundred, and no more, and not none', async ({ expect }) => {
    const ada = await signUp('ada')
    const operations = Array.from({ length: 101 }, (_, n) => ({
      operation: 'createTask',
      body: { title: String(n) },
    }))
    expect((await batch(ada, operations)).status).toBe(400)
    expect((await batch(ada, [])).status).toBe(400)
    const results = await resultsOf(await batch(ada, operations.slice(0, 100)))
    expect(results.map((task) => task?.title)).toEqual(operations.slice(0, 100).map((_, n) => String(n)))
    expect(await ada.tasks()).toHaveLength(100)
  })

  it('is made once under its key', async ({ expect }) => {
    const [ada, headers] = [await signUp('ada'), { 'Idempotency-Key': crypto.randomUUID() }]
    const operations = [1, 2, 3].map((n) => ({ operation: 'createTask', body: { title: String(n) } }))
    const first = await (await batch(ada, operations, headers)).text()
    expect(await (await batch(ada, operations, headers)).text()).toBe(first)
    expect(await ada.tasks()).toHaveLength(3)
  })
})

describe('an operation of a batch', () => {
  const BODIES = {
    changeTask: { title: 'x' },
    moveTask: {},
    changeList: { name: 'x' },
    moveList: {},
    changeLabel: { name: 'x' },
  }
  const add = async (person: Person, kind: string) =>
    (
      await (
        await person.send(
          'POST',
          `/v1/${kind}`,
          kind === 'tasks' ? { title: 'x' } : { name: crypto.randomUUID() },
        )
      ).json<{ id: string }>()
    ).id

  const ON_ONE = [
    ['changeTask', 'tasks'],
    ['moveTask', 'tasks'],
    ['deleteTask', 'tasks'],
    ['completeTask', 'tasks'],
    ['reopenTask', 'tasks'],
    ['changeList', 'lists'],
    ['moveList', 'lists'],
    ['deleteList', 'lists'],
    ['changeLabel', 'labels'],
    ['deleteLabel', 'labels'],
  ] as const

  it.for(ON_ONE)(
    '%s on something of somebody else’s is answered as if it had never existed',
    async ([operation, kind], { expect }) => {
      const [ada, bob] = [await signUp('ada'), await signUp('bob')]
      const hers = await add(ada, kind)
      const before = await rowsOf(ada.id)
      const answerTo = async (id: string) => {
        const body = operation in BODIES ? { body: BODIES[operation as keyof typeof BODIES] } : {}
        const answer = await batch(bob, [{ operation, id, ...body }])
        return [answer.status, await answer.text()]
      }
      const missing = await answerTo(crypto.randomUUID())
      expect(missing[0]).toBe(404)
      expect(await answerTo(hers)).toEqual(missing)
      expect((await answerTo(await add(bob, kind)))[0]).toBe(200)
      expect(await rowsOf(ada.id)).toEqual(before)
    },
  )

  it.for(ON_ONE)('%s is made under its condition', async ([operation, kind], { expect }) => {
    const ada = await signUp('ada')
    const id = await add(ada, kind)
    const body = operation in BODIES ? { body: BODIES[operation as keyof typeof BODIES] } : {}
    const before = await rowsOf(ada.id)
    const stale = await batch(ada, [{ operation, id, ifVersion: 2, ...body }])
    expect(stale.status).toBe(412)
    expect(await stale.json()).toMatchObject({ errors: [{ path: 'operations.0' }] })
    expect(await rowsOf(ada.id)).toEqual(before)
    expect((await batch(ada, [{ operation, id, ifVersion: 1, ...body }])).status).toBe(200)
  })

  it.for([0, -1, 1.5, '1', 2 ** 31])('has no condition like %j', async (ifVersion, { expect }) => {
    const ada = await signUp('ada')
    const answer = await batch(ada, [{ operation: 'deleteTask', id: await add(ada, 'tasks'), ifVersion }])
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ errors: [{ path: 'operations.0.ifVersion' }] })
  })

  it('completes the occurrence that it names', async ({ expect }) => {
    const ada = await signUp('ada')
    const fields = { due: { date: '2031-01-01' }, recurrence: { rule: 'FREQ=DAILY' } }
    const { id } = await ada.addTask('again', fields)
    const complete = (occurrence: string) => batch(ada, [{ operation: 'completeTask', id, occurrence }])
    for (const _ of ['once', 'again'])
      expect(await resultsOf(await complete('2031-01-01'))).toMatchObject([{ due: { date: '2031-01-02' } }])
    const other = await complete('2031-01-05')
    expect(other.status).toBe(409)
    expect(await other.json()).toMatchObject({ errors: [{ path: 'operations.0.occurrence' }] })
  })
})
