import { describe, it } from 'vitest'
import { rowsOf, sql } from './support/database.ts'
import { aCompletion, aFile, aLabel, aList, aTask, place } from './support/export-file.ts'
import { ownWorker } from './support/own-worker.ts'
import { type Person, signUp } from './support/person.ts'
import { everythingOf, imported, importing } from './support/transfer.ts'

const errorsOf = async (answer: Response) => {
  const { code, errors } = await answer.json<{ code: string; errors: { path: string; message: string }[] }>()
  return { status: answer.status, code, errors }
}

/** Where that person's client stands that keeps in step. */
const inStep = async (person: Person) => (await person.send('GET', '/v1/sync')).text()

describe('an import', () => {
  it('adds what there is, and says so line by line', async ({ expect }) => {
    const ada = await signUp('ada')
    const [list, label] = [aList(), aLabel()]
    const top = aTask({ listId: list.id, labelIds: [label.id], notes: 'two\nbottles', priority: 3 })
    const below = aTask({ title: 'at the shop', parentId: top.id, listId: list.id, position: 'a1' })
    const file = aFile({ lists: [list], labels: [label], tasks: [below, top] })
    const report = await imported(ada, file)
    expect(report).toEqual({
      dryRun: false,
      counts: { added: 4, alreadyThere: 0, refused: 0, ignored: 0 },
      lines: [
        { index: 0, kind: 'list', id: list.id, title: 'Home', outcome: 'added' },
        { index: 0, kind: 'label', id: label.id, title: 'errand', outcome: 'added' },
        { index: 0, kind: 'task', id: below.id, title: 'at the shop', outcome: 'added' },
        { index: 1, kind: 'task', id: top.id, title: 'buy milk', outcome: 'added' },
      ],
    })
    const { updatedAt: _, ...kept } = top
    expect(await everythingOf(ada)).toMatchObject({
      lists: [list],
      labels: [label],
      tasks: [kept, { id: below.id }],
    })
  })

  it('brings back all that an export tells', async ({ expect }) => {
    const ada = await signUp('ada')
    const [earlier, later] = ['2026-10-01T08:00:00.123Z', '2026-10-02T08:00:00.000Z']
    const deletedAt = new Date().toISOString()
    const list = aList({ color: '#3366cc', createdAt: earlier, archivedAt: later })
    const gone = aList({ name: 'Gone', position: 'a1', deletedAt })
    const label = aLabel({ color: '#cc6633', createdAt: earlier })
    const hidden = aLabel({ name: 'hidden', deletedAt })
    const series = aTask({
      title: 'water plants',
      notes: 'two\nbottles',
      priority: 1,
      due: { date: '2026-12-03' },
      recurrence: { rule: 'FREQ=WEEKLY', from: 'schedule', start: '2026-11-24' },
      occurrence: '2026-12-01',
      listId: list.id,
      labelIds: [label.id],
      labelIdsInTrash: [hidden.id],
      createdAt: earlier,
    })
    const top = aTask({ position: 'a1', completedAt: later, due: { dateTime: '2026-12-01T09:00:00' } })
    const below = aTask({ position: 'a3', parentId: top.id, completedAt: later, priority: 2 })
    const within = aTask({ position: 'a2', listId: gone.id, deletedAt, deletedWith: gone.id })
    const due = { dateTime: '2026-11-24T09:00:00', timeZone: 'Europe/Berlin' }
    const ofSeries = { occurrence: '2026-11-24', nextOccurrence: '2026-12-01', due, completedAt: earlier }
    const ofTop = { ...aCompletion(top.id), completedAt: later }
    const completions = [
      { ...aCompletion(series.id), ...ofSeries, title: 'water all plants' },
      ofTop,
      { ...aCompletion(below.id), completedAt: '2026-10-02T08:00:00.001Z', alongWith: ofTop.id },
    ]
    const tasks = [series, { ...top, completedWith: top.id }, within, { ...below, completedWith: top.id }]
    await imported(ada, aFile({ lists: [list, gone], labels: [label, hidden], tasks, completions }))
    expect(await everythingOf(ada)).toEqual({
      lists: [list, gone],
      labels: [label, hidden],
      tasks: tasks.map(({ updatedAt: _, ...task }) => task),
      completions,
    })
  })

  it('that is tried changes nothing, and tells the same', async ({ expect }) => {
    const ada = await signUp('ada')
    await ada.addTask('hers')
    const [before, position] = [await rowsOf(ada.id), await inStep(ada)]
    const file = aFile({ lists: [aList()], tasks: [aTask(), aTask({ parentId: crypto.randomUUID() })] })
    const report = await imported(ada, file, { dryRun: 'true' })
    expect(report).toMatchObject({
      dryRun: true,
      counts: { added: 2, alreadyThere: 0, refused: 1 },
      lines: [
        { outcome: 'added' },
        { outcome: 'added' },
        { outcome: 'refused', errors: [{ path: 'parentId', message: 'is no task of yours' }] },
      ],
    })
    expect(await rowsOf(ada.id)).toEqual(before)
    expect(await inStep(ada)).toBe(position)
  })

  it('that fails changes nothing, and names the lines', async ({ expect }) => {
    const ada = await signUp('ada')
    const [before, position] = [await rowsOf(ada.id), await inStep(ada)]
    for (const [wrong, path] of [
      [aTask({ parentId: crypto.randomUUID() }), 'tasks.1.parentId'],
      [aTask({ listId: crypto.randomUUID() }), 'tasks.1.listId'],
      [aTask({ labelIds: [crypto.randomUUID()] }), 'tasks.1.labelIds'],
      [aTask({ title: 'x'.repeat(501) }), 'tasks.1.title'],
      [aTask({ labelIds: Array.from({ length: 51 }, () => crypto.randomUUID()) }), 'tasks.1.labelIds'],
      [aTask({ position: 'a' }), 'tasks.1.position'],
      [aTask({ position: 'a10' }), 'tasks.1.position'],
      [aTask({ position: 'b0' }), 'tasks.1.position'],
      [aTask({ position: 'Y1' }), 'tasks.1.position'],
      [aTask({ position: `A${'0'.repeat(26)}` }), 'tasks.1.position'],
      [aTask({ position: `a0${'1'.repeat(999)}` }), 'tasks.1.position'],
      [aTask({ completedAt: '0000-01-01T00:00:00Z' }), 'tasks.1.completedAt'],
      [aTask({ completedAt: '9999-12-31T23:59:59.9999Z' }), 'tasks.1.completedAt'],
      [aTask({ recurrence: { rule: 'FREQ=DAILY', from: 'schedule', start: '2026-12-01' } }), 'tasks.1.due'],
      [aTask({ recurrence: { rule: 'FREQ=HOURLY', from: 'schedule' } }), 'tasks.1.recurrence.rule'],
      [aTask({ userId: ada.id }), 'tasks.1.userId'],
    ] as const) {
      const answer = await errorsOf(await importing(ada, aFile({ tasks: [aTask(), wrong] })))
      expect(answer, path).toMatchObject({ status: 400, code: 'invalid_request', errors: [{ path }] })
    }
    expect(await rowsOf(ada.id)).toEqual(before)
    expect(await inStep(ada)).toBe(position)
  })

  it('calls what it refuses by the beginning of its name', async ({ expect }) => {
    const lists = [aList({ name: 'x'.repeat(201) }), aList({ name: '', position: 'a1' }), aList({ name: 1 })]
    const tasks = [aTask({ title: `${'x'.repeat(99)}👍${'x'.repeat(401)}` }), null]
    const { lines } = await imported(await signUp('ada'), aFile({ lists, tasks }), { dryRun: 'true' })
    expect(lines.every(({ title }) => title.isWellFormed())).toBe(true)
    expect(lines.map(({ kind, id, title, outcome }) => [kind, id, title, outcome])).toEqual([
      ['list', null, 'x'.repeat(100), 'refused'],
      ['list', null, '', 'refused'],
      ['list', null, '', 'refused'],
      ['task', null, `${'x'.repeat(99)}\ufffd`, 'refused'],
      ['task', null, '', 'refused'],
    ])
  })

  it('made twice doubles nothing, and leaves what was changed since', async ({ expect }) => {
    const ada = await signUp('ada')
    const [list, label, task, gone] = [aList(), aLabel(), aTask(), aTask({ position: 'a1' })]
    const file = aFile({ lists: [list], labels: [label], tasks: [task, gone] })
    await imported(ada, file)
    await ada.send('PATCH', `/v1/tasks/${task.id}`, { title: 'buy oat milk' })
    await ada.send('DELETE', `/v1/tasks/${gone.id}`)
    const before = await everythingOf(ada)
    const report = await imported(ada, file)
    expect(report.counts).toEqual({ added: 0, alreadyThere: 4, refused: 0, ignored: 0 })
    expect(report.lines.map(({ warnings }) => warnings)).toEqual([
      undefined,
      undefined,
      undefined,
      ['is in the trash'],
    ])
    expect(await everythingOf(ada)).toEqual(before)
  })

  it('joins lists and labels with those of the same name', async ({ expect }) => {
    const ada = await signUp('ada')
    const hers = await (await ada.send('POST', '/v1/lists', { name: 'home' })).json<{ id: string }>()
    const label = await (await ada.send('POST', '/v1/labels', { name: 'ERRAND' })).json<{ id: string }>()
    const [list, errand, twice] = [aList(), aLabel(), aLabel({ name: 'Errand' })]
    const task = aTask({ listId: list.id, labelIds: [errand.id, twice.id] })
    const report = await imported(ada, aFile({ lists: [list], labels: [errand, twice], tasks: [task] }))
    expect(report.lines).toMatchObject([
      { kind: 'list', id: hers.id, outcome: 'already there' },
      { kind: 'label', id: label.id, outcome: 'already there' },
      { kind: 'label', id: label.id, outcome: 'already there' },
      { kind: 'task', outcome: 'added' },
    ])
    expect(await ada.tasks()).toMatchObject([{ id: task.id, listId: hers.id, labelIds: [label.id] }])
    const other = aList({ name: 'Garden', position: 'a1' })
    expect((await imported(ada, aFile({ lists: [other] }))).lines).toMatchObject([
      { id: other.id, outcome: 'added' },
    ])
  })

  it('keeps lists apart that the file has under one name, and joins each of them with one at most', async ({
    expect,
  }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const [one, other] = [aList(), aList({ position: 'a1' })]
    await imported(ada, aFile({ lists: [one, other] }))
    expect((await everythingOf(ada)).lists).toEqual([one, other])
    const his = await (await bob.send('POST', '/v1/lists', { name: 'Home' })).json<{ id: string }>()
    for (const _ of ['first', 'again']) {
      const { lines } = await imported(bob, aFile({ lists: [one, other] }))
      expect(lines.map(({ id }) => id)).toEqual([his.id, other.id])
    }
  })

  it('refuses a ring, a sixth level, an id that comes twice', async ({ expect }) => {
    const ada = await signUp('ada')
    const [a, b] = [crypto.randomUUID(), crypto.randomUUID()]
    const ring = [aTask({ id: a, parentId: b }), aTask({ id: b, parentId: a, position: 'a1' })]
    const self = aTask({ id: a, parentId: a })
    const deep = [...Array(6).keys()].map(() => crypto.randomUUID())
    const levels = deep.map((id, level) =>
      aTask({ id, parentId: deep[level - 1] ?? null, position: place(level) }),
    )
    const twice = aTask()
    for (const [tasks, errors] of [
      [ring, [{ path: 'tasks.0.parentId' }, { path: 'tasks.1.parentId' }]],
      [[self], [{ path: 'tasks.0.parentId' }]],
      [levels, [{ path: 'tasks.5.parentId', message: 'is too deep: tasks nest in five levels' }]],
      [[twice, twice], [{ path: 'tasks.1.id', message: 'is that of another one in the file' }]],
    ] as const) {
      expect(await errorsOf(await importing(ada, aFile({ tasks })))).toMatchObject({ status: 400, errors })
    }
    expect(await ada.tasks()).toEqual([])
  })

  it('finds the few that it refuses among many', async ({ expect }) => {
    const ada = await signUp('ada')
    const wrong = new Set([3, 4, 130, 251])
    const tasks = [...Array(300).keys()].map((nth) =>
      aTask({ position: place(nth), parentId: wrong.has(nth) ? crypto.randomUUID() : null }),
    )
    const { errors } = await errorsOf(await importing(ada, aFile({ tasks })))
    expect(errors.map(({ path }) => path)).toEqual([...wrong].map((nth) => `tasks.${nth}.parentId`))
    const { counts } = await imported(ada, aFile({ tasks }), { dryRun: 'true' })
    expect(counts).toEqual({ added: 296, alreadyThere: 0, refused: 4, ignored: 0 })
  })

  it('stops looking where too much is refused', async ({ expect }) => {
    const ada = await signUp('ada')
    const tasks = [...Array(600).keys()].map((nth) =>
      aTask({ position: place(nth), parentId: crypto.randomUUID() }),
    )
    const { lines, counts } = await imported(ada, aFile({ tasks }), { dryRun: 'true' })
    expect(counts.refused).toBe(600)
    expect(lines.at(-1)?.errors).toEqual([
      { path: '', message: 'was not looked at: too much before it was refused' },
    ])
    expect((await errorsOf(await importing(ada, aFile({ tasks })))).errors).toHaveLength(100)
  })

  it('never exceeds what a user may have', async ({ expect }) => {
    const ada = await signUp('ada')
    await ada.addTask('first')
    await sql('update edgewise.writers set tasks = 99999, lists = 499 where user_id = $1', [ada.id])
    const tasks = [aTask(), aTask({ position: 'a1' })]
    const before = await rowsOf(ada.id)
    expect(await errorsOf(await importing(ada, aFile({ tasks })))).toMatchObject({
      status: 409,
      code: 'quota_exceeded',
      errors: [{ path: 'tasks.1.tasks' }],
    })
    const lists = [aList(), aList({ name: 'Garden', position: 'a1' })]
    expect(await errorsOf(await importing(ada, aFile({ lists })))).toMatchObject({
      status: 409,
      errors: [{ path: 'lists.1.lists' }],
    })
    expect(await rowsOf(ada.id)).toEqual(before)
    await imported(ada, aFile({ tasks: tasks.slice(0, 1) }))
  })

  it('keeps the order, behind what is there', async ({ expect }) => {
    const ada = await signUp('ada')
    const [hers, last] = [await ada.addTask('hers'), await ada.addTask('last')]
    await sql(`update tasks set position = 'e00000' where user_id = $1 and id = $2`, [ada.id, last.id])
    const tasks = [...Array(300).keys()].map((nth) => aTask({ title: `${nth}`, position: place(nth) }))
    const clashing = tasks.map((task, nth) => (nth === 280 ? { ...task, position: hers.position } : task))
    await imported(ada, aFile({ tasks: clashing.toReversed() }))
    const order = (await everythingOf(ada)).tasks.map(({ title }) => title)
    expect(order).toEqual([
      'hers',
      'last',
      '280',
      ...tasks.map(({ title }) => title).filter((title) => title !== '280'),
    ])
  })

  it('keeps the order from page to page, where places on the first are taken', async ({ expect }) => {
    const ada = await signUp('ada')
    const [hers, last] = [await ada.addTask('hers'), await ada.addTask('last')]
    await sql(`update tasks set position = 'e00000' where user_id = $1 and id = $2`, [ada.id, last.id])
    const [end, ...tasks] = [1, 2, 3].map((nth) => aTask({ title: `${nth}`, position: place(nth) }))
    const first = [aTask({ title: '0', position: hers.position }), end]
    await imported(ada, aFile({ tasks: first }))
    await imported(ada, aFile({ tasks, follows: { id: end?.id, position: end?.position } }))
    const order = (await everythingOf(ada)).tasks.map(({ title }) => title)
    expect(order).toEqual(['hers', 'last', '0', '1', '2', '3'])
  })

  it('keeps the order byte by byte, where places are taken too', async ({ expect }) => {
    const ada = await signUp('ada')
    const places = [
      `A${'0'.repeat(25)}1`,
      'Yzz',
      'Zz',
      'a0',
      `a0${'1'.repeat(998)}`,
      'a0V',
      'aZ',
      'aa',
      'b00',
    ]
    const tasks = places.map((position, nth) => aTask({ title: `${nth}`, position }))
    const file = aFile({ tasks: tasks.toReversed() })
    await imported(ada, file)
    const kept = (await everythingOf(ada)).tasks
    expect(kept.map(({ position }) => position)).toEqual(places)
    const bob = await signUp('bob')
    await bob.addTask('his')
    await imported(bob, file)
    expect((await everythingOf(bob)).tasks.map(({ title }) => title).join(' ')).toBe('his 0 1 2 3 4 5 6 7 8')
  })

  it('under an Idempotency-Key is made once', async ({ expect }) => {
    const ada = await signUp('ada')
    const headers = { 'Idempotency-Key': crypto.randomUUID() }
    const file = aFile({ tasks: [aTask()] })
    const first = await imported(ada, file, { headers })
    expect(await imported(ada, file, { headers })).toEqual(first)
    expect((await importing(ada, aFile(), { headers })).status).toBe(422)
    expect(await ada.tasks()).toHaveLength(1)
    const other = { 'Idempotency-Key': crypto.randomUUID() }
    await imported(ada, aFile({ tasks: [aTask({ title: 'later' })] }), { headers: other, dryRun: 'true' })
    await importing(ada, aFile({ tasks: [aTask({ parentId: crypto.randomUUID() })] }), { headers: other })
    expect(await imported(ada, aFile({ tasks: [aTask()] }), { headers: other })).toMatchObject({
      counts: { added: 1 },
    })
  })

  it('leaves everybody else’s things alone, of the same ids too', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const [list, label] = [aList(), aLabel()]
    const task = aTask({ listId: list.id, labelIds: [label.id] })
    const file = aFile({ lists: [list], labels: [label], tasks: [task] })
    await imported(ada, file)
    const before = await rowsOf(ada.id)
    for (const naming of [
      (id: string) => aTask({ listId: id }),
      (id: string) => aTask({ parentId: id }),
      (id: string) => aTask({ labelIds: [id] }),
      (id: string) => aTask({ labelIdsInTrash: [id], labelIds: [id] }),
    ]) {
      const missing = await errorsOf(await importing(bob, aFile({ tasks: [naming(crypto.randomUUID())] })))
      expect(missing.status).toBe(400)
      for (const { id } of [list, label, task]) {
        expect(await errorsOf(await importing(bob, aFile({ tasks: [naming(id)] })))).toEqual(missing)
      }
    }
    const completions = [aCompletion(task.id)]
    expect((await importing(bob, aFile({ completions }))).status).toBe(400)
    expect((await imported(bob, file)).counts.added).toBe(3)
    expect(await rowsOf(ada.id)).toEqual(before)
  })

  it('adds a history that stays when what it tells of is done and undone', async ({ expect }) => {
    const [ada, task] = [await signUp('ada'), aTask()]
    const completion = { ...aCompletion(task.id), completedAt: task.createdAt }
    await imported(ada, aFile({ tasks: [task], completions: [completion] }))
    await ada.send('POST', `/v1/tasks/${task.id}/completion`)
    await ada.send('DELETE', `/v1/tasks/${task.id}/completion`)
    const { items } = await (await ada.send('GET', '/v1/completions')).json<{ items: { id: string }[] }>()
    expect(items).toMatchObject([{ id: completion.id, completedAt: task.createdAt }])
  })

  it('puts into the trash what was there, to be found, restored and purged', async ({ expect }) => {
    const ada = await signUp('ada')
    const deletedAt = new Date().toISOString()
    const stray = aTask({ deletedAt, deletedWith: crypto.randomUUID(), title: 'stray' })
    const list = aList({ deletedAt })
    const within = aTask({ deletedAt, deletedWith: list.id, listId: list.id, position: 'a1' })
    await imported(ada, aFile({ lists: [list], tasks: [stray, within] }))
    const { items } = await (await ada.send('GET', '/v1/trash')).json<{ items: { id: string }[] }>()
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set([stray.id, list.id]))
    expect((await ada.send('POST', `/v1/trash/${list.id}/restoration`)).status).toBe(200)
    expect(await ada.tasks()).toMatchObject([{ id: within.id, listId: list.id }])
  })
})

describe('the body of an import', () => {
  it.for([
    ['json', 'text/csv'],
    ['ics', 'application/json'],
    ['todoist', 'text/calendar'],
    ['ics', 'text/calendarium'],
  ] as const)('is of the type of its format: %s, %s', async ([format, type], { expect }) => {
    const ada = await signUp('ada')
    const answer = await importing(ada, '{}', { format, headers: { 'Content-Type': type } })
    expect(answer.status).toBe(415)
  })

  it('has at most 2 MiB and 1,500 things, and what is more is told how to come', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker()]
    await worker.as(ada).send('GET', '/v1/me')
    const tooMany = `BEGIN:VCALENDAR\n${'BEGIN:VTODO\nEND:VTODO\n'.repeat(1_501)}END:VCALENDAR`
    const rows = `TYPE,CONTENT\n${'task,x\n'.repeat(1_501)}`
    const things = [...Array(1_000).keys()]
    const { calls, result } = await worker.counting(async () => [
      await importing(worker.as(ada), ' '.repeat(2 * 1_024 * 1_024 + 1)),
      await importing(worker.as(ada), tooMany, { format: 'ics' }),
      await importing(worker.as(ada), rows, { format: 'todoist' }),
      await importing(
        worker.as(ada),
        aFile({ tasks: things.map(() => aTask()), labels: things.map(() => aLabel()) }),
      ),
    ])
    for (const answer of result) {
      expect(await errorsOf(answer)).toMatchObject({
        status: 413,
        code: 'payload_too_large',
        errors: [{ path: '' }],
      })
    }
    expect(calls).toBe(0)
  })

  it('that the database would not take, escaped twice, is refused before it is asked', async ({ expect }) => {
    const ada = await signUp('ada')
    const notes = '\u0001'.repeat(16_000)
    const todos = [...Array(120).keys()].map(
      (n) => `BEGIN:VTODO\nUID:${n}\nSUMMARY:x\nDESCRIPTION:${notes}\nEND:VTODO\n`,
    )
    const file = `BEGIN:VCALENDAR\n${todos.join('')}END:VCALENDAR`
    expect((await importing(ada, file, { format: 'ics' })).status).toBe(413)
  })

  it.for([
    ['null', ''],
    ['[]', ''],
    ['{}', 'format'],
    [{ ...aFile(), format: 'todoist' }, 'format'],
    [{ ...aFile(), formatVersion: 2 }, 'formatVersion'],
    [{ ...aFile(), userId: crypto.randomUUID() }, 'userId'],
    ['{"__proto__":{}}', '__proto__'],
    [{ ...aFile(), tasks: 'none' }, 'tasks'],
    [{ ...aFile(), follows: { id: 'x', position: 'a0' } }, 'follows.id'],
  ] as const)('is an export: %j', async ([file, path], { expect }) => {
    const answer = await errorsOf(await importing(await signUp('ada'), file))
    expect(answer).toMatchObject({ status: 400, code: 'invalid_request' })
    expect(answer.errors.map((error) => error.path)).toContain(path)
  })

  it('is JSON, if that is its format', async ({ expect }) => {
    const answer = await importing(await signUp('ada'), '{"format":')
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'malformed_json' }])
  })

  it('takes no parameter that its format has no use for', async ({ expect }) => {
    const ada = await signUp('ada')
    expect((await importing(ada, aFile(), { list: 'x' })).status).toBe(400)
    expect((await importing(ada, aFile(), { timeZone: 'UTC' })).status).toBe(400)
  })
})
