import { describe, it } from 'vitest'
import { writeCursor } from '../src/http/cursor.ts'
import type { Task } from '../src/tasks/contract.ts'
import type { Trashed } from '../src/trash/contract.ts'
import { rowsOf, sql } from './support/database.ts'
import { type Person, signUp } from './support/person.ts'

const trash = async (person: Person, query = ''): Promise<{ items: Trashed[]; nextCursor: string | null }> =>
  (await person.send('GET', `/v1/trash${query}`)).json()
const remove = (person: Person, path: string) => person.send('DELETE', path)
const restore = (person: Person, id: string) => person.send('POST', `/v1/trash/${id}/restoration`)
const add = async (person: Person, kind: 'lists' | 'labels', name: string) =>
  (await (await person.send('POST', `/v1/${kind}`, { name })).json<{ id: string }>()).id
const find = async (person: Person, id: string): Promise<Task> =>
  (await person.send('GET', `/v1/tasks/${id}`)).json()

describe('the trash', () => {
  it('shows things of different types that have one id, whatever page they are on', async ({ expect }) => {
    const [ada, id] = [await signUp('ada'), crypto.randomUUID()]
    const operations = [
      { operation: 'createList', body: { id, name: 'Home' } },
      { operation: 'createLabel', body: { id, name: 'errand' } },
      { operation: 'createTask', body: { id, title: 'top' } },
      { operation: 'deleteTask', id },
      { operation: 'deleteLabel', id },
      { operation: 'deleteList', id },
    ]
    expect((await ada.send('POST', '/v1/batch', { operations })).status).toBe(200)
    const types: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer = await ada.send('GET', `/v1/trash?limit=1${cursor && `&cursor=${cursor}`}`)
      const page = await answer.json<{ items: { type: string }[]; nextCursor: string | null }>()
      types.push(...page.items.map(({ type }) => type))
      cursor = page.nextCursor
    }
    expect(types).toEqual(['task', 'list', 'label'])
  })

  it('shows what was deleted itself, the latest first, in pages', async ({ expect }) => {
    const ada = await signUp('ada')
    const [list, label] = [await add(ada, 'lists', 'Home'), await add(ada, 'labels', 'errand')]
    const [inList, top] = [await ada.addTask('in the list', { listId: list }), await ada.addTask('top')]
    await ada.addTask('below', { parentId: top.id })
    await remove(ada, `/v1/tasks/${top.id}`)
    await remove(ada, `/v1/lists/${list}`)
    await remove(ada, `/v1/labels/${label}`)
    const { items, nextCursor } = await trash(ada)
    expect(items).toMatchObject([
      { type: 'label', id: label, name: 'errand' },
      { type: 'list', id: list, name: 'Home' },
      { type: 'task', id: top.id, name: 'top' },
    ])
    expect(nextCursor).toBeNull()
    const times = items.map(({ deletedAt }) => deletedAt)
    expect(times).toEqual(items.map(() => expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)))
    expect(times.toSorted().toReversed()).toEqual(times)
    const first = await trash(ada, '?limit=2')
    const second = await trash(ada, `?limit=2&cursor=${first.nextCursor}`)
    expect([...first.items, ...second.items]).toEqual(items)
    expect((await ada.send('GET', `/v1/tasks/${inList.id}`)).status).toBe(404)
  })

  it('gives back a task with what went along, and not what went before', async ({ expect }) => {
    const ada = await signUp('ada')
    const top = await ada.addTask('top')
    const [early, late] = [
      await ada.addTask('early', { parentId: top.id }),
      await ada.addTask('late', { parentId: top.id }),
    ]
    await remove(ada, `/v1/tasks/${early.id}`)
    await remove(ada, `/v1/tasks/${top.id}`)
    const answer = await restore(ada, top.id)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ type: 'task', id: top.id, name: 'top' })
    expect(await find(ada, late.id)).toMatchObject({ parentId: top.id })
    expect((await ada.send('GET', `/v1/tasks/${early.id}`)).status).toBe(404)
    expect((await restore(ada, top.id)).status).toBe(404)
    expect((await restore(ada, late.id)).status).toBe(404)
  })

  it('gives back what hung on something that is gone, without it', async ({ expect }) => {
    const ada = await signUp('ada')
    const list = await add(ada, 'lists', 'Home')
    const top = await ada.addTask('top', { listId: list })
    const below = await ada.addTask('below', { parentId: top.id })
    await remove(ada, `/v1/tasks/${below.id}`)
    await remove(ada, `/v1/tasks/${top.id}`)
    await remove(ada, `/v1/lists/${list}`)
    await restore(ada, below.id)
    expect(await find(ada, below.id)).toMatchObject({ parentId: null, listId: null })
    await restore(ada, list)
    await restore(ada, top.id)
    expect(await find(ada, top.id)).toMatchObject({ listId: list })
  })

  it('gives back a list with its tasks, as they stood', async ({ expect }) => {
    const ada = await signUp('ada')
    const list = await add(ada, 'lists', 'Home')
    const top = await ada.addTask('top', { listId: list })
    const below = await ada.addTask('below', { parentId: top.id })
    const early = await ada.addTask('early', { listId: list })
    await remove(ada, `/v1/tasks/${early.id}`)
    await remove(ada, `/v1/lists/${list}`)
    await restore(ada, list)
    expect(await find(ada, top.id)).toMatchObject({ listId: list, parentId: null })
    expect(await find(ada, below.id)).toMatchObject({ listId: list, parentId: top.id })
    expect((await ada.send('GET', `/v1/tasks/${early.id}`)).status).toBe(404)
  })

  it('gives back a label to the tasks that had it, unless its name is taken', async ({ expect }) => {
    const ada = await signUp('ada')
    const label = await add(ada, 'labels', 'errand')
    const task = await ada.addTask('shop', { labelIds: [label] })
    await remove(ada, `/v1/labels/${label}`)
    expect((await find(ada, task.id)).labelIds).toEqual([])
    const other = await add(ada, 'labels', 'ERRAND')
    const taken = await restore(ada, label)
    expect(taken.status).toBe(409)
    expect(await taken.json()).toMatchObject({ code: 'conflict', errors: [{ path: 'name' }] })
    await remove(ada, `/v1/labels/${other}`)
    expect((await restore(ada, label)).status).toBe(200)
    expect((await find(ada, task.id)).labelIds).toEqual([label])
  })

  it('lets go for good of one thing, with all that went along, or of everything', async ({ expect }) => {
    const ada = await signUp('ada')
    const [top, other, kept] = [
      await ada.addTask('top'),
      await ada.addTask('other'),
      await ada.addTask('kept'),
    ]
    const below = await ada.addTask('below', { parentId: top.id })
    for (const { id } of [top, other]) await remove(ada, `/v1/tasks/${id}`)
    expect((await remove(ada, `/v1/trash/${below.id}`)).status).toBe(404)
    expect((await remove(ada, `/v1/trash/${kept.id}`)).status).toBe(404)
    expect((await remove(ada, `/v1/trash/${top.id}`)).status).toBe(204)
    expect((await remove(ada, `/v1/trash/${top.id}`)).status).toBe(404)
    expect(
      await sql('select id from tasks where user_id = $1 and id in ($2, $3)', [ada.id, top.id, below.id]),
    ).toEqual([])
    const list = await add(ada, 'lists', 'Home')
    await remove(ada, `/v1/lists/${list}`)
    expect(await (await remove(ada, '/v1/trash')).json()).toEqual({ purged: 2, more: false })
    expect((await trash(ada)).items).toEqual([])
    expect(await ada.tasks()).toMatchObject([{ id: kept.id }])
  })

  it('counts what a user has, and what is purged no longer', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('one')
    const counted = async () =>
      (await sql('select tasks from edgewise.writers where user_id = $1', [ada.id]))[0]
    await remove(ada, `/v1/tasks/${id}`)
    expect(await counted()).toEqual({ tasks: 1 })
    await remove(ada, `/v1/trash/${id}`)
    expect(await counted()).toEqual({ tasks: 0 })
  })

  it.for([
    ['0000-01-01T00:00:00.000Z', 'task', crypto.randomUUID()],
    ['yesterday', 'task', crypto.randomUUID()],
    ['2026-11-21T09:30:00.000Z', 'thing', crypto.randomUUID()],
    ['2026-11-21T09:30:00.000Z', 'task', 'x'],
  ])('does not go on at what is no place in it: %s, %s', async (place, { expect }) => {
    const ada = await signUp('ada')
    const answer = await ada.send('GET', `/v1/trash?cursor=${writeCursor('trash', place)}`)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'invalid_cursor' })
  })

  it('is one’s own', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const { id } = await ada.addTask('hers')
    await remove(ada, `/v1/tasks/${id}`)
    const before = await rowsOf(ada.id)
    expect((await trash(bob)).items).toEqual([])
    expect((await restore(bob, id)).status).toBe(404)
    expect((await remove(bob, `/v1/trash/${id}`)).status).toBe(404)
    expect(await (await remove(bob, '/v1/trash')).json()).toEqual({ purged: 0, more: false })
    expect(await rowsOf(ada.id)).toEqual(before)
  })
})

describe('what one may have', () => {
  it.for([
    ['tasks', 100_000, '/v1/tasks', 'createTask', { title: 'one more' }],
    ['lists', 500, '/v1/lists', 'createList', { name: 'one more' }],
    ['labels', 500, '/v1/labels', 'createLabel', { name: 'one more' }],
  ] as const)('is bounded: %s', async ([what, most, path, operation, body], { expect }) => {
    const ada = await signUp('ada')
    await ada.addTask('the first')
    await sql(`update edgewise.writers set ${what} = $2::integer where user_id = $1`, [
      ada.id,
      String(most - 1),
    ])
    expect((await ada.send('POST', path, body)).status).toBe(201)
    const another = { ...body, ...('name' in body && { name: 'two more' }) }
    const answer = await ada.send('POST', path, another)
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ code: 'quota_exceeded', errors: [{ path: what }] })
    const batch = await ada.send('POST', '/v1/batch', { operations: [{ operation, body: another }] })
    expect(batch.status).toBe(409)
    expect(await batch.json()).toMatchObject({
      code: 'quota_exceeded',
      errors: [{ path: 'operations.0', message: 'is more than you may have' }],
    })
  })
})
