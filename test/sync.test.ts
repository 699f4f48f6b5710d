import { describe, it } from 'vitest'
import { writeCursor } from '../src/http/cursor.ts'
import type { Change } from '../src/sync/contract.ts'
import { sql } from './support/database.ts'
import { type Person, signUp } from './support/person.ts'

interface Answer {
  changes: Change[]
  next: string
  more: boolean
}

const sync = async (person: Person, since?: string, limit?: number): Promise<Answer> => {
  const query = new URLSearchParams({ ...(since && { since }), ...(limit && { limit: String(limit) }) })
  const answer = await person.send('GET', `/v1/sync?${query}`)
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`)
  return answer.json()
}
const told = ({ changes }: Answer) =>
  changes.map(({ type, item, deletedAt }) => [
    type,
    item && ('title' in item ? item.title : item.name),
    deletedAt !== null,
  ])

describe('keeping in step', () => {
  it('begins with everything, and goes on with what has changed since', async ({ expect }) => {
    const ada = await signUp('ada')
    const nothing = await sync(ada)
    expect(nothing).toMatchObject({ changes: [], more: false })
    expect(await sync(ada, nothing.next)).toEqual(nothing)
    const task = await ada.addTask('buy milk')
    const list = await (await ada.send('POST', '/v1/lists', { name: 'Home' })).json<{ id: string }>()
    const first = await sync(ada)
    expect(told(first)).toEqual([
      ['task', 'buy milk', false],
      ['list', 'Home', false],
    ])
    expect(first.changes[0]?.item).toEqual(task)
    expect(await sync(ada, nothing.next)).toEqual(first)
    expect(await sync(ada, first.next)).toMatchObject({ changes: [], more: false })

    await ada.send('PATCH', `/v1/tasks/${task.id}`, { title: 'buy oat milk' })
    await ada.send('POST', '/v1/labels', { name: 'errand' })
    const second = await sync(ada, first.next)
    expect(told(second)).toEqual([
      ['task', 'buy oat milk', false],
      ['label', 'errand', false],
    ])
    await ada.send('POST', `/v1/tasks/${task.id}/completion`)
    const third = await sync(ada, second.next)
    expect(new Set(told(third).map(([type]) => type))).toEqual(new Set(['task', 'completion']))

    await ada.send('DELETE', `/v1/tasks/${task.id}`)
    const fourth = await sync(ada, third.next)
    expect(told(fourth)).toEqual([['task', 'buy oat milk', true]])
    await ada.send('DELETE', `/v1/trash/${task.id}`)
    const fifth = await sync(ada, fourth.next)
    expect(fifth.changes.map(({ type, item }) => [type, item]).sort()).toEqual([
      ['completion', null],
      ['task', null],
    ])
    expect(told(await sync(ada))).toContainEqual(['list', 'Home', false])
    expect(list.id).toBeTruthy()
  })

  it.for([1, 2, 3, 7])('skips and repeats nothing in pages of %i', async (limit, { expect }) => {
    const ada = await signUp('ada')
    await ada.send('POST', '/v1/batch', {
      operations: Array.from({ length: 9 }, (_, n) => ({
        operation: 'createTask',
        body: { title: String(n) },
      })),
    })
    await ada.send('POST', '/v1/lists', { name: 'Home' })
    const seen: string[] = []
    let answer = await sync(ada, undefined, limit)
    for (;;) {
      expect(answer.changes.length).toBeLessThanOrEqual(limit)
      seen.push(...answer.changes.map(({ id }) => id))
      if (!answer.more) break
      answer = await sync(ada, answer.next, limit)
    }
    expect(seen).toHaveLength(10)
    expect(new Set(seen).size).toBe(10)
    expect((await sync(ada, answer.next)).changes).toEqual([])
  })

  it('tells things of one id apart, whatever page each is on', async ({ expect }) => {
    const ada = await signUp('ada')
    const id = crypto.randomUUID()
    const made = await ada.send('POST', '/v1/batch', {
      operations: [
        { operation: 'createTask', body: { id, title: 'Home' } },
        { operation: 'createList', body: { id, name: 'Home' } },
        { operation: 'createLabel', body: { id, name: 'Home' } },
      ],
    })
    expect(made.status).toBe(200)
    const typesSince = async (since?: string) => {
      const types: string[] = []
      let answer = await sync(ada, since, 1)
      for (; answer.more; answer = await sync(ada, answer.next, 1)) types.push(...told(answer).map(String))
      return { types: [...types, ...told(answer).map(String)], next: answer.next }
    }
    const all = await typesSince()
    expect(all.types).toEqual(['label,Home,false', 'list,Home,false', 'task,Home,false'])

    for (const kind of ['tasks', 'lists', 'labels']) await ada.send('DELETE', `/v1/${kind}/${id}`)
    expect(await (await ada.send('DELETE', '/v1/trash')).json()).toMatchObject({ purged: 3 })
    expect((await typesSince(all.next)).types).toEqual(['label,,false', 'list,,false', 'task,,false'])
  })

  it('shows nobody else’s, and a token of somebody else’s opens nothing', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    await ada.addTask('hers')
    const { next } = await sync(ada)
    expect((await sync(bob)).changes).toEqual([])
    const { id } = await ada.addTask('hers, and gone')
    await ada.send('DELETE', `/v1/tasks/${id}`)
    await ada.send('DELETE', `/v1/trash/${id}`)
    expect((await sync(bob)).changes).toEqual([])
    await bob.addTask('his')
    await bob.addTask('his other')
    for (const { item } of (await sync(bob, next)).changes) expect(JSON.stringify(item)).not.toContain('hers')
  })

  it('must begin anew once what is gone has been forgotten', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('buy milk')
    const { next } = await sync(ada)
    await ada.send('DELETE', `/v1/tasks/${id}`)
    await ada.send('DELETE', `/v1/trash/${id}`)
    await sql('update edgewise.writers set forgotten = last_write where user_id = $1', [ada.id])
    const answer = await ada.send('GET', `/v1/sync?since=${next}`)
    expect(answer.status).toBe(410)
    expect(await answer.json()).toMatchObject({ code: 'sync_expired' })
    const anew = await sync(ada)
    expect(await sync(ada, anew.next)).toMatchObject({ more: false })
  })

  it('begins page by page, though much has been forgotten before', async ({ expect }) => {
    const ada = await signUp('ada')
    for (const title of ['one', 'two', 'three']) await ada.addTask(title)
    await sql('update edgewise.writers set forgotten = last_write where user_id = $1', [ada.id])
    const titles: unknown[] = []
    for (let page = await sync(ada, undefined, 1); ; page = await sync(ada, page.next, 1)) {
      titles.push(...told(page).map(([, title]) => title))
      if (!page.more) break
    }
    expect(titles).toEqual(['one', 'two', 'three'])
  })

  it('must begin anew when the database is older than the token', async ({ expect }) => {
    const ada = await signUp('ada')
    await ada.addTask('buy milk')
    const { next } = await sync(ada)
    await sql('update edgewise.writers set last_write = 0 where user_id = $1', [ada.id])
    expect((await ada.send('GET', `/v1/sync?since=${next}`)).status).toBe(410)
  })

  it('tells a hundred changes at once, or as many as are asked for', async ({ expect }) => {
    const ada = await signUp('ada')
    const operations = Array.from({ length: 100 }, (_, n) => ({
      operation: 'createTask',
      body: { title: String(n) },
    }))
    await ada.send('POST', '/v1/batch', { operations })
    await ada.addTask('the last')
    const { changes, more } = await sync(ada)
    expect([changes.length, more]).toEqual([100, true])
    for (const limit of ['0', '101', '1.5', 'all']) {
      const answer = await ada.send('GET', `/v1/sync?limit=${limit}`)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ code: 'invalid_request', errors: [{ path: 'limit' }] })
    }
  })

  it.for([
    ['9'.repeat(20), crypto.randomUUID(), 'task', '0'],
    ['0', crypto.randomUUID(), 'task', '9'.repeat(20)],
    ['0', 'x', 'task', '0'],
    ['0', crypto.randomUUID(), '\0', '0'],
    ['-1', crypto.randomUUID(), 'task', '0'],
  ])('refuses a token of no place: %j', async (place, { expect }) => {
    const ada = await signUp('ada')
    const answer = await ada.send('GET', `/v1/sync?since=${writeCursor('sync', place)}`)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'invalid_cursor' })
  })

  it.for(['', 'x', 'e30', btoa('["sync","1"]'), btoa('["sync","x","y","z","w"]')])(
    'refuses what is no token: %j',
    async (since, { expect }) => {
      const ada = await signUp('ada')
      const answer = await ada.send('GET', `/v1/sync?since=${since}`)
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ code: 'invalid_cursor' })
    },
  )
})
