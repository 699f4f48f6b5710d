import { describe, it } from 'vitest'
import { createEdgewise, createStore, EdgewiseError } from '../client/src/index.ts'
import { aFile, aLabel, aList, aTask, place } from './support/export-file.ts'
import { answerLost, answers, network, neverArrives } from './support/network.ts'
import { type Person, signUp } from './support/person.ts'
import { env } from './support/worker.ts'

const clientOf = ({ sessionToken }: Person, onSignedOut?: () => void) => {
  const line = network()
  const edgewise = createEdgewise({
    baseUrl: env.BASE_URL,
    sessionToken,
    fetch: line.fetch,
    ...(onSignedOut && { onSignedOut }),
  })
  return { line, edgewise }
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no failure',
    (error: unknown) => error,
  )

describe('the client', () => {
  it('adds, reads, changes, completes and removes', async ({ expect }) => {
    const { edgewise } = clientOf(await signUp('ada'))
    const list = await edgewise.lists.add({ name: 'Home' })
    const label = await edgewise.labels.add({ name: 'errand' })
    const task = await edgewise.tasks.add({ title: 'Buy milk', listId: list.id, labelIds: [label.id] })
    expect(await edgewise.tasks.get(task.id)).toEqual(task)
    const changed = await edgewise.tasks.change(task.id, { priority: 3 }, { ifVersion: task.version })
    expect(changed).toMatchObject({ priority: 3, version: 2 })
    expect((await edgewise.tasks.complete(task.id)).completedAt).not.toBeNull()
    expect((await edgewise.tasks.reopen(task.id)).completedAt).toBeNull()
    await edgewise.tasks.remove(task.id)
    expect((await edgewise.trash.page()).items).toMatchObject([{ id: task.id, type: 'task' }])
    await edgewise.trash.restore(task.id)
    const [moved] = await edgewise.batch([{ operation: 'moveTask', id: task.id, body: { listId: null } }])
    expect(moved).toMatchObject({ id: task.id, listId: null })
    expect((await edgewise.me()).name).toBe('ada')
  })

  it('goes through all pages of a list', async ({ expect }) => {
    const { edgewise, line } = clientOf(await signUp('ada'))
    await edgewise.batch(
      ['a', 'b', 'c', 'd', 'e'].map((title) => ({ operation: 'createTask', body: { title } })),
    )
    const titles: string[] = []
    for await (const { title } of edgewise.tasks.all({ sort: 'position', limit: '2' })) titles.push(title)
    expect(titles).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(line.calls().filter((call) => call === 'GET /v1/tasks')).toHaveLength(3)
  })

  it('tells failures by their codes', async ({ expect }) => {
    const { edgewise } = clientOf(await signUp('ada'))
    expect(await failure(edgewise.tasks.get(crypto.randomUUID()))).toMatchObject({
      code: 'not_found',
      status: 404,
    })
    const unfit = await failure(edgewise.tasks.add({ title: '' }))
    expect(unfit).toBeInstanceOf(EdgewiseError)
    expect(unfit).toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'title', message: 'must not be empty' }],
      requestId: expect.any(String),
    })
    const task = await edgewise.tasks.add({ title: 'x' })
    const stale = failure(edgewise.tasks.change(task.id, { priority: 1 }, { ifVersion: 7 }))
    expect(await stale).toMatchObject({ code: 'precondition_failed' })
  })
})

describe('the access token', () => {
  it('is fetched once for all who need it', async ({ expect }) => {
    const { edgewise, line } = clientOf(await signUp('ada'))
    await Promise.all([edgewise.me(), edgewise.tasks.page(), edgewise.lists.page()])
    await edgewise.me()
    expect(line.tokens()).toBe(1)
  })

  it('is renewed once when it is refused, and the call made again', async ({ expect }) => {
    const { edgewise, line } = clientOf(await signUp('ada'))
    await edgewise.me()
    line.next(answers(401))
    expect((await edgewise.me()).name).toBe('ada')
    expect(line.tokens()).toBe(2)
  })

  it('that a session no longer gives out signs out', async ({ expect }) => {
    let told = 0
    const ada = await signUp('ada')
    const { edgewise, line } = clientOf(ada, () => {
      told += 1
    })
    await edgewise.me()
    await line.fetch(`${env.BASE_URL}/api/auth/sign-out`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${ada.sessionToken}`, 'Content-Type': 'application/json' },
      body: '{}',
    })
    expect(await failure(edgewise.me())).toMatchObject({ code: 'signed_out', status: 401 })
    expect(told).toBe(1)
  })
})

describe('a write whose answer is lost', () => {
  it('is made once', async ({ expect }) => {
    const { edgewise, line } = clientOf(await signUp('ada'))
    await edgewise.me()
    line.next(answerLost, neverArrives)
    const task = await edgewise.tasks.add({ title: 'once' })
    expect((await edgewise.tasks.page()).items).toEqual([task])
    const keys = line.sent
      .filter(({ method }) => method === 'POST')
      .map(({ headers }) => headers.get('Idempotency-Key'))
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
  })

  it('waits as long as the server asks for, and gives up in the end', async ({ expect }) => {
    const { edgewise, line } = clientOf(await signUp('ada'))
    await edgewise.me()
    line.next(answers(503, { 'Retry-After': '1' }))
    const startedAt = performance.now()
    await edgewise.tasks.add({ title: 'late' })
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990)
    line.next(answers(503, { 'Retry-After': '3600' }))
    expect(await failure(edgewise.me())).toMatchObject({ status: 503, retryAfterMs: 3_600_000 })
    line.next(...Array.from({ length: 4 }, () => neverArrives))
    expect(await failure(edgewise.me())).toMatchObject({ code: 'network_error', status: 0 })
  })

  it('is not waited for by a caller who has given up', async ({ expect }) => {
    const { edgewise, line } = clientOf(await signUp('ada'))
    await edgewise.me()
    const giveUp = new AbortController()
    line.next(answers(503, { 'Retry-After': '20' }))
    const call = failure(edgewise.me({ signal: giveUp.signal }))
    setTimeout(() => giveUp.abort(), 20)
    expect(await call).toMatchObject({ name: 'AbortError' })
  })
})

/** What is too much for one page, and for one import: 1,520 tasks with parents among them, and what was completed. */
const muchOf = () => {
  const [list, label] = [aList(), aLabel()]
  const tops = Array.from({ length: 780 }, (_, nth) =>
    aTask({ title: `top ${nth}`, position: place(nth), listId: list.id, labelIds: [label.id] }),
  )
  const below = tops
    .slice(0, 740)
    .map((top, nth) =>
      aTask({ title: `below ${nth}`, position: place(1_000 + nth), listId: list.id, parentId: top.id }),
    )
  const completedAt = '2026-11-20T09:30:00.000Z'
  const completions = tops.slice(0, 20).map(({ id, title }) => ({
    ...{ id: crypto.randomUUID(), taskId: id, title, due: null, completedAt },
    ...{ occurrence: null, nextOccurrence: null, alongWith: null },
  }))
  return aFile({ lists: [list], labels: [label], tasks: [...tops, ...below], completions })
}

describe('a file', () => {
  it('of everything is one, and brings everything back, in parts where it is too much at once', async ({
    expect,
  }) => {
    const { edgewise, line } = clientOf(await signUp('ada'))
    const much = muchOf()
    const progress: string[] = []
    const report = await edgewise.import(new Blob([JSON.stringify(much)]), {
      onPart: (done, parts) => progress.push(`${done}/${parts}`),
    })
    expect(progress.length).toBeGreaterThan(3)
    expect(progress.at(-1)).toBe(`${progress.length}/${progress.length}`)
    expect(report.counts).toEqual({ added: 1_542, alreadyThere: 0, refused: 0, ignored: 0 })
    expect(report.lines.filter(({ kind }) => kind === 'task').map(({ index }) => index)).toEqual([
      ...Array(1_520).keys(),
    ])

    const pages: number[] = []
    const file = await edgewise.exportFile({ onPage: (count) => pages.push(count) })
    expect(pages).toEqual([1, 2, 3, 4])
    expect(file.name).toMatch(/^edgewise-\d{4}-\d{2}-\d{2}\.json$/)
    const kept: typeof much = JSON.parse(await file.text())
    expect(kept.next).toBeNull()
    expect(kept.tasks.map(({ id }) => id)).toEqual(much.tasks.map(({ id }) => id))
    expect(new Set(kept.completions.map(({ id }) => id))).toEqual(
      new Set(much.completions.map(({ id }) => id)),
    )
    expect(line.sent.filter(({ url }) => url.includes('/v1/import'))).toHaveLength(progress.length)
  }, 60_000)

  it('in parts keeps its order where one of its places is taken', async ({ expect }) => {
    const { edgewise } = clientOf(await signUp('ada'))
    await edgewise.import(JSON.stringify(aFile({ tasks: [aTask({ title: 'hers', position: place(0) })] })))
    const tasks = Array.from({ length: 1_510 }, (_, nth) =>
      aTask({ title: String(nth), position: place(nth) }),
    )
    await edgewise.import(JSON.stringify(aFile({ tasks })))
    const titles: string[] = []
    for await (const { title } of edgewise.tasks.all({ sort: 'position', limit: '100' })) titles.push(title)
    expect(titles).toEqual(['hers', ...tasks.map(({ title }) => title)])
  })

  it('that is refused in a late part is told by its own lines, and not made into a surprise', async ({
    expect,
  }) => {
    const { edgewise } = clientOf(await signUp('ada'))
    const much = muchOf()
    const tasks = [...much.tasks, aTask({ parentId: crypto.randomUUID(), position: place(1_900) })]
    const { counts, lines } = await edgewise.import(JSON.stringify({ ...much, tasks }), { dryRun: true })
    expect(counts).toMatchObject({ added: 1_542, refused: 1 })
    expect((await edgewise.tasks.page()).items).toEqual([])
    expect(lines.filter(({ outcome }) => outcome === 'refused')).toMatchObject([
      { kind: 'task', index: 1_520, errors: [{ path: 'parentId' }] },
    ])
  })

  it('for other programs is one, too: a table with one row of names, one calendar', async ({ expect }) => {
    const ada = await signUp('ada')
    const { edgewise } = clientOf(ada)
    const dues = [2026, 2040].map((year) => ({
      dateTime: `${year}-12-01T09:00:00`,
      timeZone: 'Europe/Berlin',
    }))
    const tasks = Array.from({ length: 600 }, (_, nth) =>
      aTask({ title: 'BEGIN:VTODO', position: place(nth), due: dues[Math.floor(nth / 500)] }),
    )
    await edgewise.import(JSON.stringify(aFile({ tasks })))
    const csv = await (await edgewise.exportFile({ format: 'csv' })).text()
    expect(csv.trimEnd().split('\r\n')).toHaveLength(601)
    const ics = await edgewise.exportFile({ format: 'ics' })
    const calendar = await ics.text()
    expect(ics.type).toContain('text/calendar')
    for (const [part, times] of [
      [/^BEGIN:VCALENDAR\r$/gm, 1],
      [/^END:VCALENDAR\r$/gm, 1],
      [/^TZID:Europe\/Berlin\r$/gm, 1],
      [/^BEGIN:VTODO\r$/gm, 600],
      [/^END:VTODO\r$/gm, 600],
    ] as const) {
      expect(calendar.match(part), String(part)).toHaveLength(times)
    }
    // What each page knows of the clocks there.
    for (const change of ['20261025', '20411027']) expect(calendar).toContain(change)
    const tried = await edgewise.import(ics, { format: 'ics', dryRun: true, timeZone: 'Europe/Berlin' })
    expect(tried.counts).toEqual({ added: 0, alreadyThere: 600, refused: 0, ignored: 0 })
  })

  it('begins anew when something is changed while it is read', async ({ expect }) => {
    const ada = await signUp('ada')
    const { edgewise } = clientOf(ada)
    await edgewise.import(JSON.stringify(muchOf()))
    let changes = 0
    const file = await edgewise.exportFile({
      onPage: () => {
        changes += 1
        if (changes === 1) edgewise.tasks.add({ title: 'meanwhile' })
      },
    })
    expect(await file.text()).toContain('meanwhile')
  })
})

describe('the sessions and the trash', () => {
  it('are listed and ended, listed and emptied', async ({ expect }) => {
    const ada = await signUp('ada')
    const { edgewise } = clientOf(ada)
    const task = await ada.addTask('gone')
    await edgewise.tasks.remove(task.id)
    expect(await edgewise.trash.empty()).toEqual({ purged: 1, more: false })
    const { items } = await edgewise.sessions.page()
    expect(items).toMatchObject([{ current: true }])
    await edgewise.sessions.endOthers()
    await edgewise.me()
    for (const { id } of items) await edgewise.sessions.end(id)
    expect(await failure(edgewise.me())).toMatchObject({ code: 'signed_out' })
  })
})

describe('a store', () => {
  it('keeps in step with all that changes', async ({ expect }) => {
    const ada = await signUp('ada')
    const { edgewise } = clientOf(ada)
    const store = createStore(edgewise)
    let told = 0
    const end = store.subscribe(() => {
      told += 1
    })
    await store.refresh()
    const [kept, gone] = [await ada.addTask('kept'), await ada.addTask('gone')]
    await store.refresh()
    expect([...store.state.tasks.values()]).toEqual([kept, gone])
    await ada.send('DELETE', `/v1/tasks/${gone.id}`)
    await ada.send('PATCH', `/v1/tasks/${kept.id}`, { priority: 2 })
    await store.refresh()
    expect([...store.state.tasks.values()]).toMatchObject([{ id: kept.id, priority: 2 }])
    const before = told
    end()
    await store.refresh()
    expect(told).toBe(before)
  })

  it('takes in its own writes at once, and nothing older afterwards', async ({ expect }) => {
    const { edgewise } = clientOf(await signUp('ada'))
    const store = createStore(edgewise)
    const task = await edgewise.tasks.add({ title: 'x' })
    const changed = await edgewise.tasks.change(task.id, { priority: 1 })
    store.put('task', changed)
    store.put('task', task)
    expect(store.state.tasks.get(task.id)).toEqual(changed)
    store.drop('task', task.id)
    expect(store.state.tasks.size).toBe(0)
  })

  it('begins anew when what is gone since has been forgotten', async ({ expect }) => {
    const ada = await signUp('ada')
    const { edgewise, line } = clientOf(ada)
    const task = await ada.addTask('x')
    const first = createStore(edgewise)
    await first.refresh()
    const expired = JSON.stringify({ type: 'about:blank', title: '', status: 410, code: 'sync_expired' })
    const again = createStore(edgewise, { ...first.state, tasks: new Map([['ghost', task]]) })
    line.next(answers(410, {}, expired))
    await again.refresh()
    expect([...again.state.tasks.keys()]).toEqual([task.id])
  })

  it('shows what it had until it has been begun anew as a whole', async ({ expect }) => {
    const ada = await signUp('ada')
    const { edgewise, line } = clientOf(ada)
    for (let part = 0; part < 2; part += 1) {
      const titles = Array.from({ length: 60 }, (_, index) => `${part} ${index}`)
      await edgewise.batch(titles.map((title) => ({ operation: 'createTask', body: { title } })))
    }
    const store = createStore(edgewise)
    await store.refresh()
    const sizes: number[] = []
    store.subscribe(() => {
      sizes.push(store.state.tasks.size)
    })
    line.next(answers(400, {}, JSON.stringify({ title: '', status: 400, code: 'invalid_cursor' })))
    await store.refresh()
    expect(sizes).toEqual([120])
  })
})
