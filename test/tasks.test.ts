import { describe, it } from 'vitest'
import type { Task } from '../src/tasks/contract.ts'
import { sql } from './support/database.ts'
import { type Person, signUp } from './support/person.ts'

const errorsOf = async (answer: Response) => {
  const { code, errors } = await answer.json<{ code: string; errors: unknown }>()
  return { status: answer.status, code, errors }
}

describe('adding a task', () => {
  it('answers 201 with the task, its path and its entity tag', async ({ expect }) => {
    const ada = await signUp('ada')
    const answer = await ada.send('POST', '/v1/tasks', { title: 'buy milk' })
    const task = await answer.json<Task>()

    expect(answer.status).toBe(201)
    expect(answer.headers.get('location')).toBe(`/v1/tasks/${task.id}`)
    expect(answer.headers.get('etag')).toBe('"1"')
    expect(task).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      title: 'buy milk',
      notes: '',
      priority: 0,
      due: null,
      recurrence: null,
      listId: null,
      parentId: null,
      labelIds: [],
      position: 'a0',
      completedAt: null,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: task.createdAt,
      version: 1,
    })
    expect(await ada.tasks()).toEqual([task])
  })

  it('keeps every field, and trims the title', async ({ expect }) => {
    const ada = await signUp('ada')
    const fields = { notes: ' two bottles\n', priority: 3, due: { date: '2028-02-29' } }
    const task = await ada.addTask('  buy\tmilk  ', fields)
    expect(task).toMatchObject({ ...fields, title: 'buy\tmilk' })
  })

  it.for([
    [{ date: '2026-12-01' }],
    [{ dateTime: '2026-12-01T09:00:00' }],
    [{ dateTime: '2026-03-29T02:30:00', timeZone: 'Europe/Berlin' }],
    [{ dateTime: '0001-01-01T00:00:00', timeZone: 'UTC' }],
    [{ dateTime: '9999-12-31T23:59:59', timeZone: 'America/Argentina/Buenos_Aires' }],
    [null],
  ])('keeps the due %j as it is', async ([due], { expect }) => {
    const ada = await signUp('ada')
    expect((await ada.addTask('pay rent', { due })).due).toEqual(due)
  })

  it.for([
    [{}, 'title'],
    [{ title: '' }, 'title'],
    [{ title: ' \t\n' }, 'title'],
    [{ title: 7 }, 'title'],
    [{ title: null }, 'title'],
    [{ title: 'x'.repeat(501) }, 'title'],
    [{ title: 'nul \0 inside' }, 'title'],
    [{ title: 'half \ud800 a pair' }, 'title'],
    [{ title: 'a', notes: 'x'.repeat(16_385) }, 'notes'],
    [{ title: 'a', notes: '\0' }, 'notes'],
    [{ title: 'a', notes: null }, 'notes'],
    [{ title: 'a', priority: 4 }, 'priority'],
    [{ title: 'a', priority: -1 }, 'priority'],
    [{ title: 'a', priority: 1.5 }, 'priority'],
    [{ title: 'a', priority: '1' }, 'priority'],
    [{ title: 'a', due: 'tomorrow' }, 'due'],
    [{ title: 'a', due: {} }, 'due.date'],
    [{ title: 'a', due: { date: '2026-02-29' } }, 'due.date'],
    [{ title: 'a', due: { date: '0000-01-01' } }, 'due.date'],
    [{ title: 'a', due: { dateTime: '2026-12-01T24:00:00' } }, 'due.dateTime'],
    [{ title: 'a', due: { dateTime: '2026-12-01T09:00:00Z' } }, 'due.dateTime'],
    [{ title: 'a', due: { dateTime: '2026-12-01T09:00:00+01:00' } }, 'due.dateTime'],
    [{ title: 'a', due: { dateTime: '2026-12-01T09:00' } }, 'due.dateTime'],
    [{ title: 'a', due: { dateTime: '2026-12-01T09:00:00', timeZone: 'Mars/Olympus' } }, 'due.timeZone'],
    [{ title: 'a', due: { dateTime: '2026-12-01T09:00:00', timeZone: '+01:00' } }, 'due.timeZone'],
    [{ title: 'a', due: { dateTime: '2026-12-01T09:00:00', timeZone: 'europe/berlin' } }, 'due.timeZone'],
    [{ title: 'a', due: { date: '2026-12-01', timeZone: 'Europe/Berlin' } }, 'due.timeZone'],
    [
      { title: 'a', due: { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Berlin', offset: '+01:00' } },
      'due.offset',
    ],
    [{ title: 'a', completedAt: '2026-12-01T09:00:00Z' }, 'completedAt'],
    [{ title: 'a', id: 'seven' }, 'id'],
    [{ title: 'a', position: 'a0' }, 'position'],
    [{ title: 'a', version: 2 }, 'version'],
    [[], ''],
    ['"a"', ''],
    ['null', ''],
  ] as const)('refuses %j, naming %j', async ([body, path], { expect }) => {
    const ada = await signUp('ada')
    const { status, code, errors } = await errorsOf(await ada.send('POST', '/v1/tasks', body))
    expect({ status, code, errors }).toEqual({
      status: 400,
      code: 'invalid_request',
      errors: expect.arrayContaining([{ path, message: expect.any(String) }]),
    })
    expect(await ada.tasks()).toEqual([])
  })

  it('counts characters as people do, not UTF-16 units', async ({ expect }) => {
    const ada = await signUp('ada')
    const title = '🥛'.repeat(500)
    expect((await ada.addTask(title)).title).toBe(title)
  })
})

describe('reading a task', () => {
  it('answers 304 without a body while the copy is current', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('buy milk')
    const read = (tag: string) => ada.send('GET', `/v1/tasks/${id}`, undefined, { 'If-None-Match': tag })

    for (const tag of ['"1"', 'W/"1"', '"0", "1"', '*']) {
      const answer = await read(tag)
      expect(answer.status, tag).toBe(304)
      expect(answer.headers.get('etag')).toBe('"1"')
      expect(await answer.text()).toBe('')
    }
    for (const tag of ['"2"', '1', '""', 'nonsense']) expect((await read(tag)).status, tag).toBe(200)
  })
})

describe('listing tasks', () => {
  it('gives the newest first, in pages that neither skip nor repeat', async ({ expect }) => {
    const ada = await signUp('ada')
    const added: Task[] = []
    for (let i = 0; i < 7; i++) added.unshift(await ada.addTask(`task ${i}`))

    expect(await pages(ada, 'limit=3')).toEqual([added.slice(0, 3), added.slice(3, 6), added.slice(6)])
    expect(await pages(ada, 'limit=7')).toEqual([added])
  })

  it('stays in step when tasks come and go between pages', async ({ expect }) => {
    const ada = await signUp('ada')
    const added: Task[] = []
    for (let i = 0; i < 6; i++) added.unshift(await ada.addTask(`task ${i}`))
    const first = await page(ada, 'limit=3')
    await ada.send('DELETE', `/v1/tasks/${first.items[2]?.id}`)
    await ada.addTask('newer')
    const second = await page(ada, `limit=3&cursor=${first.nextCursor}`)
    expect(second.items).toEqual(added.slice(3))
  })

  it('can be narrowed to what is completed, or is not', async ({ expect }) => {
    const ada = await signUp('ada')
    const [open, done] = [await ada.addTask('open'), await ada.addTask('done')]
    const completed = await (await ada.send('POST', `/v1/tasks/${done.id}/completion`)).json()

    expect((await page(ada, 'completed=false')).items).toEqual([open])
    expect((await page(ada, 'completed=true')).items).toEqual([completed])
    expect((await page(ada, '')).items).toEqual([completed, open])
  })

  it('is empty for a new user, not missing', async ({ expect }) => {
    const ada = await signUp('ada')
    expect(await page(ada, '')).toEqual({ items: [], nextCursor: null })
  })

  it.for([
    'limit=0',
    'limit=101',
    'limit=-1',
    'limit=1.5',
    'limit=',
    'limit=1&limit=2',
    'limit=1e1',
    'completed=yes',
  ])('refuses ?%s', async (query, { expect }) => {
    const ada = await signUp('ada')
    const { status, errors } = await errorsOf(await ada.send('GET', `/v1/tasks?${query}`))
    expect({ status, errors }).toMatchObject({ status: 400, errors: [{ path: query.split('=')[0] }] })
  })

  it.for(['order=asc', 'Limit=1', 'constructor=1'])(
    'refuses the unknown parameter in ?%s',
    async (query, { expect }) => {
      const ada = await signUp('ada')
      expect(await errorsOf(await ada.send('GET', `/v1/tasks?${query}`))).toMatchObject({
        status: 400,
        errors: [{ path: query.split('=')[0], message: 'is not a field of this request' }],
      })
    },
  )

  it('refuses a cursor with another filter than it was made for', async ({ expect }) => {
    const ada = await signUp('ada')
    for (const title of ['1', '2']) await ada.addTask(title)
    const { nextCursor } = await page(ada, 'limit=1')
    const answer = await ada.send('GET', `/v1/tasks?completed=false&cursor=${nextCursor}`)
    expect(await errorsOf(answer)).toMatchObject({ status: 400, code: 'invalid_cursor' })
  })
})

describe('changing a task', () => {
  it('changes the fields it names and no others, and raises the version', async ({ expect }) => {
    const ada = await signUp('ada')
    const task = await ada.addTask('buy milk', { notes: 'two bottles', due: { date: '2026-12-01' } })
    const answer = await ada.send('PATCH', `/v1/tasks/${task.id}`, { title: 'buy oat milk', due: null })
    const changed = await answer.json<Task>()

    expect(answer.headers.get('etag')).toBe('"2"')
    expect(changed).toEqual({
      ...task,
      title: 'buy oat milk',
      due: null,
      version: 2,
      updatedAt: changed.updatedAt,
    })
    expect(Date.parse(changed.updatedAt)).toBeGreaterThan(Date.parse(task.updatedAt))
    expect(await ada.tasks()).toEqual([changed])
  })

  it('to what it is already changes nothing, and is nothing to keep in step with', async ({ expect }) => {
    const ada = await signUp('ada')
    const fields = { notes: 'two bottles', due: { date: '2026-12-01' } }
    const task = await ada.addTask('buy milk', fields)
    const { next } = await (await ada.send('GET', '/v1/sync')).json<{ next: string }>()
    const answer = await ada.send('PATCH', `/v1/tasks/${task.id}`, { title: 'buy milk', ...fields })
    expect(answer.headers.get('etag')).toBe('"1"')
    expect(await answer.json()).toEqual(task)
    expect(await (await ada.send('GET', `/v1/sync?since=${next}`)).json()).toMatchObject({ changes: [] })
  })

  it('replaces one kind of due by another whole', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('call', {
      due: { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Berlin' },
    })
    for (const due of [{ dateTime: '2026-12-02T09:00:00' }, { date: '2026-12-03' }, null]) {
      const changed = await (await ada.send('PATCH', `/v1/tasks/${id}`, { due })).json<Task>()
      expect(changed.due).toEqual(due)
    }
  })

  it('refuses an empty patch and unknown fields, and changes nothing', async ({ expect }) => {
    const ada = await signUp('ada')
    const task = await ada.addTask('buy milk')
    for (const patch of [{}, { done: true }, { title: 'x', version: 9 }, { title: '' }]) {
      expect((await ada.send('PATCH', `/v1/tasks/${task.id}`, patch)).status, JSON.stringify(patch)).toBe(400)
    }
    expect(await ada.tasks()).toEqual([task])
  })
})

describe('deleting a task', () => {
  it('answers 204, and then it is gone', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('buy milk')
    const [first, second] = [
      await ada.send('DELETE', `/v1/tasks/${id}`),
      await ada.send('DELETE', `/v1/tasks/${id}`),
    ]
    expect([first.status, await first.text(), second.status]).toEqual([204, '', 404])
    expect(await ada.tasks()).toEqual([])
  })
})

describe('the completion of a task', () => {
  it('is made by POST and taken back by DELETE, each once', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('buy milk')
    const send = async (method: string) => (await ada.send(method, `/v1/tasks/${id}/completion`)).json<Task>()

    const completed = await send('POST')
    expect(completed).toMatchObject({ version: 2, completedAt: expect.stringMatching(/Z$/) })
    expect(await send('POST')).toEqual(completed)

    const reopened = await send('DELETE')
    expect(reopened).toMatchObject({ version: 3, completedAt: null })
    expect(await send('DELETE')).toEqual(reopened)
  })
})

describe('a condition', () => {
  const changes = [
    ['PATCH', '', { title: 'changed' }],
    ['DELETE', '', undefined],
    ['POST', '/completion', undefined],
    ['DELETE', '/completion', undefined],
  ] as const

  it.for(changes)(
    'lets %s %s through for the version it names, or any',
    async ([method, path, body], { expect }) => {
      const ada = await signUp('ada')
      for (const condition of ['"1"', '"7", "1"', '*']) {
        const { id } = await ada.addTask('buy milk')
        const answer = await ada.send(method, `/v1/tasks/${id}${path}`, body, { 'If-Match': condition })
        expect(answer.ok, condition).toBe(true)
      }
    },
  )

  it.for(changes)('stops %s %s for any other version', async ([method, path, body], { expect }) => {
    const ada = await signUp('ada')
    const task = await ada.addTask('buy milk')
    for (const condition of ['"2"', 'W/"1"', '"1x"', '""', '"99999999999999999999"', '"01"']) {
      const answer = await ada.send(method, `/v1/tasks/${task.id}${path}`, body, { 'If-Match': condition })
      expect(await errorsOf(answer), condition).toMatchObject({ status: 412, code: 'precondition_failed' })
    }
    expect(await ada.tasks()).toEqual([task])
  })

  it.for(changes)('that is malformed makes %s %s a bad request', async ([method, path, body], { expect }) => {
    const ada = await signUp('ada')
    const task = await ada.addTask('buy milk')
    for (const condition of ['1', '"1', '"1" "2"', 'w/"1"', '*, "1"']) {
      const answer = await ada.send(method, `/v1/tasks/${task.id}${path}`, body, { 'If-Match': condition })
      expect(answer.status, condition).toBe(400)
    }
    expect(await ada.tasks()).toEqual([task])
  })

  it('on a task that is not there is a 404, not a 412', async ({ expect }) => {
    const ada = await signUp('ada')
    const answer = await ada.send('DELETE', `/v1/tasks/${crypto.randomUUID()}`, undefined, {
      'If-Match': '"1"',
    })
    expect(answer.status).toBe(404)
  })
})

describe('a user who is deleted', () => {
  it('takes every task along', async ({ expect }) => {
    const ada = await signUp('ada')
    await ada.addTask('buy milk')
    await sql('delete from users where id = $1', [ada.id])
    expect(await sql('select * from tasks where user_id = $1', [ada.id])).toEqual([])
  })
})

interface Page {
  items: Task[]
  nextCursor: string | null
}

const page = async (person: Person, query: string): Promise<Page> =>
  (await person.send('GET', `/v1/tasks?${query}`)).json<Page>()

const pages = async (person: Person, query: string): Promise<Task[][]> => {
  const found: Task[][] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { items, nextCursor } = await page(person, cursor ? `${query}&cursor=${cursor}` : query)
    found.push(items)
    cursor = nextCursor
  }
  return found
}
