import { describe, it } from 'vitest'
import type { List } from '../src/lists/contract.ts'
import type { Task } from '../src/tasks/contract.ts'
import { type Person, signUp } from './support/person.ts'

const add = async (person: Person, name: string, fields: object = {}): Promise<List> =>
  (await person.send('POST', '/v1/lists', { name, ...fields })).json()
const page = async (person: Person, query = ''): Promise<{ items: List[]; nextCursor: string | null }> =>
  (await person.send('GET', `/v1/lists${query}`)).json()
const namesOf = async (person: Person, query = '') =>
  (await page(person, query)).items.map(({ name }) => name)
const move = (person: Person, { id }: List, place: object, headers = {}) =>
  person.send('POST', `/v1/lists/${id}/move`, place, headers)

describe('a list', () => {
  it('is added at the end, with an id of the server’s or of the caller’s', async ({ expect }) => {
    const ada = await signUp('ada')
    const first = await ada.send('POST', '/v1/lists', { name: ' Home ', color: '#3366cc' })
    expect(first.status).toBe(201)
    const home = await first.json<List>()
    expect(home).toMatchObject({ name: 'Home', color: '#3366cc', archivedAt: null, version: 1 })
    expect(first.headers.get('Location')).toBe(`/v1/lists/${home.id}`)
    expect(first.headers.get('ETag')).toBe('"1"')
    const id = crypto.randomUUID()
    expect(await add(ada, 'Work', { id })).toMatchObject({ id, name: 'Work', color: null })
    expect(await namesOf(ada)).toEqual(['Home', 'Work'])
    expect(await (await ada.send('GET', `/v1/lists/${home.id}`)).json()).toEqual(home)
  })

  it('of an id that the user has is a conflict, and of one that another has is none', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const { id } = await add(ada, 'Home')
    const again = await ada.send('POST', '/v1/lists', { id, name: 'Home' })
    expect(again.status).toBe(409)
    expect(await again.json()).toMatchObject({ code: 'conflict', errors: [{ path: 'id' }] })
    expect(await add(bob, 'Home', { id })).toMatchObject({ id, version: 1 })
  })

  it('is changed in what a patch names, under a condition', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await add(ada, 'Home', { color: '#3366cc' })
    const patch = (body: object, headers = {}) => ada.send('PATCH', `/v1/lists/${id}`, body, headers)
    expect(await (await patch({ name: 'House' })).json()).toMatchObject({
      name: 'House',
      color: '#3366cc',
      version: 2,
    })
    expect((await patch({ name: 'Flat' }, { 'If-Match': '"1"' })).status).toBe(412)
    expect(await (await patch({ color: null }, { 'If-Match': '"2"' })).json()).toMatchObject({
      color: null,
      version: 3,
    })
    for (const bad of [
      {},
      { name: '' },
      { color: 'red' },
      { color: '#3366CC' },
      { position: 'a1' },
      { archived: 1 },
    ])
      expect((await patch(bad)).status).toBe(400)
    expect((await ada.send('PATCH', `/v1/lists/${crypto.randomUUID()}`, { name: 'x' })).status).toBe(404)
  })

  it('is archived and brought back, each once', async ({ expect }) => {
    const ada = await signUp('ada')
    const [home] = [await add(ada, 'Home'), await add(ada, 'Work')]
    const patch = async (archived: boolean): Promise<List> =>
      (await ada.send('PATCH', `/v1/lists/${home.id}`, { archived })).json()
    const archived = await patch(true)
    expect(archived.archivedAt).not.toBeNull()
    expect(await patch(true)).toEqual(archived)
    expect(await namesOf(ada, '?archived=true')).toEqual(['Home'])
    expect(await namesOf(ada, '?archived=false')).toEqual(['Work'])
    const renamed = await ada.send('PATCH', `/v1/lists/${home.id}`, { name: 'House' })
    expect(await renamed.json()).toMatchObject({ name: 'House', archivedAt: archived.archivedAt })
    expect(await patch(false)).toMatchObject({ archivedAt: null, version: 4 })
  })

  it('is changed, moved and deleted under a condition, and each version has its tag', async ({ expect }) => {
    const ada = await signUp('ada')
    const [home] = [await add(ada, 'Home'), await add(ada, 'Work')]
    const path = `/v1/lists/${home.id}`
    for (const [method, place, body] of [
      ['PATCH', path, { name: 'House' }],
      ['POST', `${path}/move`, {}],
      ['DELETE', path, undefined],
    ] as const) {
      const { version } = await (await ada.send('GET', path)).json<List>()
      const before = await page(ada)
      expect((await ada.send(method, place, body, { 'If-Match': `"${version + 1}"` })).status).toBe(412)
      expect(await page(ada)).toEqual(before)
      const answer = await ada.send(method, place, body, { 'If-Match': `"${version}"` })
      expect(answer.ok).toBe(true)
      expect(answer.headers.get('ETag')).toBe(body ? `"${version + 1}"` : null)
    }
  })

  it('is not sent again to one who has a current copy', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await add(ada, 'Home')
    const read = (tag: string) => ada.send('GET', `/v1/lists/${id}`, undefined, { 'If-None-Match': tag })
    const current = await read('"1"')
    expect([current.status, current.headers.get('ETag'), await current.text()]).toEqual([304, '"1"', ''])
    expect((await read('"2"')).status).toBe(200)
  })

  it('has a name of up to 200 characters, and nothing that there is not', async ({ expect }) => {
    const ada = await signUp('ada')
    const longest = '字'.repeat(200)
    const { id } = await add(ada, longest)
    expect(await namesOf(ada)).toEqual([longest])
    for (const [method, path, body] of [
      ['POST', '/v1/lists', { name: `${longest}字` }],
      ['POST', '/v1/lists', { name: 'x', archived: true }],
      ['PATCH', `/v1/lists/${id}`, { name: 'x', version: 7 }],
      ['POST', `/v1/lists/${id}/move`, { position: 'a1' }],
      ['GET', '/v1/lists?archived=maybe', undefined],
    ] as const) {
      const answer = await ada.send(method, path, body)
      expect(answer.status, JSON.stringify(body)).toBe(400)
      expect(await answer.json()).toMatchObject({ code: 'invalid_request' })
    }
    expect(await namesOf(ada)).toEqual([longest])
  })

  it('goes into the trash with its tasks', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await add(ada, 'Home')
    const task = await ada.addTask('paint', { listId: id })
    await ada.addTask('buy milk')
    expect((await ada.send('DELETE', `/v1/lists/${id}`)).status).toBe(204)
    for (const path of [`/v1/lists/${id}`, `/v1/tasks/${task.id}`])
      for (const method of ['GET', 'DELETE']) expect((await ada.send(method, path)).status).toBe(404)
    expect(await namesOf(ada)).toEqual([])
    expect(await ada.tasks()).toMatchObject([{ title: 'buy milk' }])
    const late = await ada.send('POST', '/v1/tasks', { title: 'late', listId: id })
    expect(late.status).toBe(400)
    expect(await late.json()).toMatchObject({ errors: [{ path: 'listId', message: 'is no list of yours' }] })
  })
})

describe('the order of lists', () => {
  it('is as it was after a move to where a list is already, however often', async ({ expect }) => {
    const ada = await signUp('ada')
    const [one, two, three] = [await add(ada, 'one'), await add(ada, 'two'), await add(ada, 'three')]
    for (const place of [{ before: three.id }, { after: one.id }]) {
      const placed = await (await move(ada, two, place)).json()
      expect(await (await move(ada, two, place)).json()).toEqual(placed)
    }
  })

  it('is what moves make of it, in pages that neither skip nor repeat', async ({ expect }) => {
    const ada = await signUp('ada')
    const [one, two, three] = [await add(ada, 'one'), await add(ada, 'two'), await add(ada, 'three')]
    expect((await move(ada, three, { before: one.id })).status).toBe(200)
    expect(await namesOf(ada)).toEqual(['three', 'one', 'two'])
    await move(ada, two, { after: three.id })
    expect(await namesOf(ada)).toEqual(['three', 'two', 'one'])
    await move(ada, three, {})
    expect(await namesOf(ada)).toEqual(['two', 'one', 'three'])
    const first = await page(ada, '?limit=2')
    expect(first.items.map(({ name }) => name)).toEqual(['two', 'one'])
    expect(await namesOf(ada, `?limit=2&cursor=${first.nextCursor}`)).toEqual(['three'])
    const other = await ada.send('GET', `/v1/lists?archived=false&cursor=${first.nextCursor}`)
    expect(other.status).toBe(400)
    expect(await other.json()).toMatchObject({ code: 'invalid_cursor' })
  })

  it('moves a list beside another of the user’s only', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const [hers, his] = [await add(ada, 'hers'), await add(bob, 'his')]
    for (const place of [
      { before: his.id },
      { after: his.id },
      { after: hers.id },
      { before: crypto.randomUUID() },
    ]) {
      const [name] = Object.keys(place)
      const answer = await move(ada, hers, place)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({
        errors: [{ path: name, message: 'is no other list of yours' }],
      })
    }
    const [one, two] = [await add(ada, 'one'), await add(ada, 'two')]
    const both = await move(ada, hers, { before: two.id, after: one.id })
    expect(both.status).toBe(400)
    expect(await both.json()).toMatchObject({ errors: [{ message: 'must not name both before and after' }] })
  })
})

describe('a task’s list', () => {
  it('is the one that it names, or none', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await add(ada, 'Home')
    const { id: task, ...added } = await ada.addTask('paint', { listId: id })
    expect(added.listId).toBe(id)
    const patch = async (listId: string | null): Promise<Task> =>
      (await ada.send('PATCH', `/v1/tasks/${task}`, { listId })).json()
    expect(await patch(null)).toMatchObject({ listId: null })
    expect(await patch(id)).toMatchObject({ listId: id })
  })

  it('is one of the user’s own', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const [{ id: his }, task] = [await add(bob, 'his'), await ada.addTask('paint')]
    const seen = async (listId: string) => {
      const added = await ada.send('POST', '/v1/tasks', { title: 'x', listId })
      const changed = await ada.send('PATCH', `/v1/tasks/${task.id}`, { listId })
      return [added.status, await added.text(), changed.status, await changed.text()]
    }
    const theirs = await seen(his)
    expect(theirs[0]).toBe(400)
    expect(theirs).toEqual(await seen(crypto.randomUUID()))
  })
})
