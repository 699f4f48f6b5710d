import { describe, it } from 'vitest'
import type { Label } from '../src/labels/contract.ts'
import type { Task } from '../src/tasks/contract.ts'
import { type Person, signUp } from './support/person.ts'

const add = async (person: Person, name: string, fields: object = {}): Promise<Label> =>
  (await person.send('POST', '/v1/labels', { name, ...fields })).json()
const page = async (person: Person, query = ''): Promise<{ items: Label[]; nextCursor: string | null }> =>
  (await person.send('GET', `/v1/labels${query}`)).json()
const labelsOf = async (person: Person, { id }: Task) =>
  (await (await person.send('GET', `/v1/tasks/${id}`)).json<Task>()).labelIds

describe('a label', () => {
  it('is added with an id of the server’s or of the caller’s', async ({ expect }) => {
    const ada = await signUp('ada')
    const answer = await ada.send('POST', '/v1/labels', { name: ' errand ' })
    expect(answer.status).toBe(201)
    const errand = await answer.json<Label>()
    expect(errand).toMatchObject({ name: 'errand', color: null, version: 1 })
    expect(answer.headers.get('Location')).toBe(`/v1/labels/${errand.id}`)
    expect(answer.headers.get('ETag')).toBe('"1"')
    const id = crypto.randomUUID()
    expect(await add(ada, 'home', { id, color: '#3366cc' })).toMatchObject({ id, color: '#3366cc' })
    const read = await ada.send('GET', `/v1/labels/${id}`, undefined, { 'If-None-Match': '"1"' })
    expect([read.status, read.headers.get('ETag')]).toEqual([304, '"1"'])
  })

  it('has a name of up to 100 characters, and nothing that there is not', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await add(ada, '字'.repeat(100))
    for (const [method, path, body] of [
      ['POST', '/v1/labels', { name: '字'.repeat(101) }],
      ['POST', '/v1/labels', { name: ' ' }],
      ['POST', '/v1/labels', { name: 'x', position: 'a1' }],
      ['PATCH', `/v1/labels/${id}`, { name: 'x', archived: true }],
      ['PATCH', `/v1/labels/${id}`, {}],
    ] as const) {
      const answer = await ada.send(method, path, body)
      expect(answer.status, JSON.stringify(body)).toBe(400)
      expect(await answer.json()).toMatchObject({ code: 'invalid_request' })
    }
    expect((await page(ada)).items).toMatchObject([{ id, version: 1 }])
  })

  it('has a name that no other of the user’s has, in any letter case', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const errand = await add(ada, 'Errand')
    const again = await ada.send('POST', '/v1/labels', { name: 'ERRAND' })
    expect(again.status).toBe(409)
    expect(await again.json()).toMatchObject({ code: 'conflict', errors: [{ path: 'name' }] })
    expect((await bob.send('POST', '/v1/labels', { name: 'errand' })).status).toBe(201)
    const other = await add(ada, 'other')
    const rename = (name: string) => ada.send('PATCH', `/v1/labels/${other.id}`, { name })
    expect((await rename('errand')).status).toBe(409)
    expect((await rename('Other')).status).toBe(200)
    await ada.send('DELETE', `/v1/labels/${errand.id}`)
    expect((await rename('errand')).status).toBe(200)
  })

  it('is listed by name, in pages that neither skip nor repeat', async ({ expect }) => {
    const ada = await signUp('ada')
    for (const name of ['beta', 'Delta', 'Alpha', 'gamma', 'Ähre']) await add(ada, name)
    const { items } = await page(ada)
    expect(items).toHaveLength(5)
    expect(items.slice(0, 4).map(({ name }) => name)).toEqual(['Alpha', 'beta', 'Delta', 'gamma'])
    const first = await page(ada, '?limit=2')
    const second = await page(ada, `?limit=2&cursor=${first.nextCursor}`)
    const third = await page(ada, `?limit=2&cursor=${second.nextCursor}`)
    expect([...first.items, ...second.items, ...third.items]).toEqual(items)
    expect(third.nextCursor).toBeNull()
  })

  it('is changed under a condition, and gone once it is deleted', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await add(ada, 'errand')
    const label = `/v1/labels/${id}`
    const changed = await ada.send('PATCH', label, { color: '#cc3366' }, { 'If-Match': '"1"' })
    expect(changed.headers.get('ETag')).toBe('"2"')
    expect(await changed.json()).toMatchObject({ name: 'errand', color: '#cc3366', version: 2 })
    expect((await ada.send('PATCH', label, { color: null }, { 'If-Match': '"1"' })).status).toBe(412)
    expect((await ada.send('DELETE', label, undefined, { 'If-Match': '"1"' })).status).toBe(412)
    expect((await ada.send('DELETE', label, undefined, { 'If-Match': '"2"' })).status).toBe(204)
    for (const [method, body] of [['GET'], ['PATCH', { name: 'x' }], ['DELETE']] as const)
      expect((await ada.send(method, label, body)).status).toBe(404)
    expect((await page(ada)).items).toEqual([])
  })
})

describe('the labels of a task', () => {
  it('are those that it names, in their order', async ({ expect }) => {
    const ada = await signUp('ada')
    const [a, b, c] = [await add(ada, 'a'), await add(ada, 'b'), await add(ada, 'c')]
    const task = await ada.addTask('paint', { labelIds: [b.id, a.id] })
    expect(task.labelIds).toEqual([b.id, a.id])
    await ada.send('PATCH', `/v1/tasks/${task.id}`, { labelIds: [c.id, b.id] })
    expect(await labelsOf(ada, task)).toEqual([c.id, b.id])
    await ada.send('PATCH', `/v1/tasks/${task.id}`, { title: 'paint it' })
    expect(await labelsOf(ada, task)).toEqual([c.id, b.id])
    await ada.send('PATCH', `/v1/tasks/${task.id}`, { labelIds: [] })
    expect(await labelsOf(ada, task)).toEqual([])
  })

  it('are different ones, and of the user’s own', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const [mine, his] = [await add(ada, 'mine'), await add(bob, 'his')]
    const seen = async (labelIds: string[]) => {
      const answer = await ada.send('POST', '/v1/tasks', { title: 'x', labelIds })
      return [answer.status, await answer.text()]
    }
    const theirs = await seen([mine.id, his.id])
    expect(theirs[0]).toBe(400)
    expect(theirs).toEqual(await seen([mine.id, crypto.randomUUID()]))
    for (const twice of [
      [mine.id, mine.id],
      [mine.id, mine.id.toUpperCase()],
    ])
      expect((await seen(twice))[0]).toBe(400)
    expect(await ada.tasks()).toEqual([])
  })

  it('lose one that goes into the trash, and the task says so', async ({ expect }) => {
    const ada = await signUp('ada')
    const [a, b] = [await add(ada, 'a'), await add(ada, 'b')]
    const task = await ada.addTask('paint', { labelIds: [a.id, b.id] })
    await ada.send('DELETE', `/v1/labels/${a.id}`)
    expect(await (await ada.send('GET', `/v1/tasks/${task.id}`)).json()).toMatchObject({
      labelIds: [b.id],
      version: 2,
    })
    expect((await ada.send('PATCH', `/v1/tasks/${task.id}`, { labelIds: [a.id] })).status).toBe(400)
  })
})
