import { describe, it } from 'vitest'
import type { Completion } from '../src/completions/contract.ts'
import { occurrencesAfter } from '../src/recurrence/occurrences.ts'
import type { Task } from '../src/tasks/contract.ts'
import { ownWorker } from './support/own-worker.ts'
import { type Person, signUp } from './support/person.ts'

const find = async (person: Person, { id }: Pick<Task, 'id'>): Promise<Task> =>
  (await person.send('GET', `/v1/tasks/${id}`)).json()
const patch = (person: Person, { id }: Task, body: object) => person.send('PATCH', `/v1/tasks/${id}`, body)
const complete = async (person: Person, { id }: Task, query = ''): Promise<Task> => {
  const answer = await person.send('POST', `/v1/tasks/${id}/completion${query}`)
  if (answer.status !== 200) throw new Error(`completing was answered ${answer.status}`)
  return answer.json()
}
const reopen = async (person: Person, { id }: Task): Promise<Task> =>
  (await person.send('DELETE', `/v1/tasks/${id}/completion`)).json()
const history = async (person: Person, query = ''): Promise<Completion[]> =>
  (await (await person.send('GET', `/v1/completions${query}`)).json<{ items: Completion[] }>()).items

/** A person who talks to a Worker of their own, whose calls nobody else's are among. */
const withOwnWorker = async () => {
  const worker = ownWorker()
  const ada = worker.as(await signUp('ada'))
  await ada.tasks()
  return { ada, counting: worker.counting }
}

const recurring = (person: Person, rule: string, due: object, fields: object = {}) =>
  person.addTask('again', { due, recurrence: { rule, ...fields } })

/** The dues that completing the task so often leads to, until it is completed for good. */
const duesOf = async (person: Person, task: Task, times: number) => {
  const dues: unknown[] = []
  let now = task
  for (let time = 0; time < times && now.completedAt === null; time += 1) {
    now = await complete(person, task)
    dues.push(now.completedAt === null ? (Object.values(now.due ?? {})[0] ?? null) : 'done')
  }
  return dues
}

describe('a task that recurs', () => {
  it.for([
    ['every other day', 'FREQ=DAILY;INTERVAL=2', '2031-02-27', ['2031-03-01', '2031-03-03', '2031-03-05']],
    [
      'on Mondays and Thursdays',
      'FREQ=WEEKLY;BYDAY=MO,TH',
      '2031-03-03',
      ['2031-03-06', '2031-03-10', '2031-03-13'],
    ],
    [
      'on the 31st, where there is one',
      'FREQ=MONTHLY',
      '2031-01-31',
      ['2031-03-31', '2031-05-31', '2031-07-31'],
    ],
    [
      'on the last day of the month',
      'FREQ=MONTHLY;BYMONTHDAY=-1',
      '2031-01-31',
      ['2031-02-28', '2031-03-31', '2031-04-30'],
    ],
    [
      'on the 31st, or the day before where there is none',
      'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD',
      '2031-01-31',
      ['2031-02-28', '2031-03-31', '2031-04-30'],
    ],
    [
      'on the 31st that the rule names, or the day before',
      'RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD',
      '2031-01-31',
      ['2031-02-28', '2031-03-31', '2031-04-30'],
    ],
    [
      'on the 31st that the rule names, or the day after, every third month',
      'RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=31;SKIP=FORWARD',
      '2030-11-29',
      ['2030-12-01', '2031-03-01', '2031-05-31', '2031-08-31', '2031-12-01'],
    ],
    [
      'on the 30th of the months that the rule names, or the day before, three times',
      'RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTH=2,4;BYMONTHDAY=30;COUNT=3;SKIP=BACKWARD',
      '2031-02-28',
      ['2031-04-30', '2032-02-29', 'done'],
    ],
    [
      'on the last Friday',
      'FREQ=MONTHLY;BYDAY=-1FR',
      '2031-01-31',
      ['2031-02-28', '2031-03-28', '2031-04-25'],
    ],
    [
      'on the first weekday',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1',
      '2031-01-01',
      ['2031-02-03', '2031-03-03'],
    ],
    ['on 29 February', 'FREQ=YEARLY', '2032-02-29', ['2036-02-29', '2040-02-29', '2044-02-29']],
    [
      'on 29 February, or the day after',
      'RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD',
      '2032-02-29',
      ['2033-03-01', '2034-03-01', '2035-03-01', '2036-02-29'],
    ],
    ['three times', 'FREQ=WEEKLY;COUNT=3', '2031-03-03', ['2031-03-10', '2031-03-17', 'done']],
    [
      'three times, the due one too',
      'FREQ=WEEKLY;BYDAY=MO;COUNT=3',
      '2031-03-01',
      ['2031-03-03', '2031-03-10', 'done'],
    ],
    ['until a day', 'FREQ=WEEKLY;UNTIL=20310317', '2031-03-03', ['2031-03-10', '2031-03-17', 'done']],
    ['in lower case', 'freq=daily', '2031-02-28', ['2031-03-01']],
  ] as const)('is due %s', async ([, rule, date, expected], { expect }) => {
    const ada = await signUp('ada')
    const task = await recurring(ada, rule, { date })
    expect(task.recurrence).toEqual({ rule: rule.toUpperCase(), from: 'schedule', start: date })
    expect(await duesOf(ada, task, expected.length)).toEqual(expected)
    const dues = (await history(ada)).map(({ due }) => Object.values(due ?? {})[0])
    const stages = [date, ...expected.filter((each) => each !== 'done')]
    expect(dues).toEqual(stages.slice(0, expected.length).toReversed())
  })

  it.for([
    [
      'the hour that is left out',
      '2031-03-29T02:30:00',
      'Europe/Berlin',
      ['2031-03-30T02:30:00', '2031-03-31T02:30:00'],
    ],
    [
      'the hour that comes twice',
      '2031-10-25T02:30:00',
      'Europe/Berlin',
      ['2031-10-26T02:30:00', '2031-10-27T02:30:00'],
    ],
    ['a day that is left out', '2011-12-29T09:00:00', 'Pacific/Apia', undefined],
  ] as const)(
    'keeps its time on the clock of its place over %s',
    async ([, dateTime, timeZone, expected], { expect }) => {
      const ada = await signUp('ada')
      const task = await recurring(ada, 'FREQ=DAILY', { dateTime, timeZone })
      if (expected) expect(await duesOf(ada, task, 2)).toEqual(expected)
      const { due } = await find(ada, task)
      expect(due).toMatchObject({ timeZone })
      expect((await complete(ada, task)).due).toMatchObject({
        dateTime: expect.stringMatching(`T${dateTime.slice(11)}$`),
        timeZone,
      })
    },
  )

  it('keeps a time that belongs to no place, wherever it is completed', async ({ expect }) => {
    const ada = await signUp('ada')
    const task = await recurring(ada, 'FREQ=DAILY', { dateTime: '2031-03-29T02:30:00' })
    expect((await complete(ada, task, '?timeZone=Pacific/Kiritimati')).due).toEqual({
      dateTime: '2031-03-30T02:30:00',
    })
    expect((await complete(ada, task, '?timeZone=Pacific/Pago_Pago')).due).toEqual({
      dateTime: '2031-03-31T02:30:00',
    })
  })

  it('ends by an UNTIL in UTC on the clock of its place', async ({ expect }) => {
    const ada = await signUp('ada')
    const due = { dateTime: '2031-01-01T08:00:00', timeZone: 'Asia/Tokyo' }
    // 08:00 of the 3rd in Tokyo is 23:00 UTC of the 2nd.
    const task = await recurring(ada, 'FREQ=DAILY;UNTIL=20310102T230000Z', due)
    expect(await duesOf(ada, task, 5)).toEqual(['2031-01-02T08:00:00', '2031-01-03T08:00:00', 'done'])
    const other = await recurring(ada, 'FREQ=DAILY;UNTIL=20310102T225959Z', due)
    expect(await duesOf(ada, other, 5)).toEqual(['2031-01-02T08:00:00', 'done'])
  })

  it('ends so, too, where its rule came after its due', async ({ expect }) => {
    const ada = await signUp('ada')
    for (const [until, expected] of [
      ['20310102T230000Z', ['2031-01-02T08:00:00', '2031-01-03T08:00:00', 'done']],
      ['20310102T225959Z', ['2031-01-02T08:00:00', 'done']],
    ] as const) {
      const due = { dateTime: '2031-01-01T08:00:00', timeZone: 'Asia/Tokyo' }
      const task = await ada.addTask('x', { due })
      await patch(ada, task, { recurrence: { rule: `FREQ=DAILY;UNTIL=${until}` } })
      expect(await duesOf(ada, task, 5)).toEqual(expected)
    }
  })

  it('counts from the day that it is told to, due on another', async ({ expect }) => {
    const ada = await signUp('ada')
    const rule = 'FREQ=WEEKLY;INTERVAL=2'
    const task = await recurring(ada, rule, { date: '2031-01-12' }, { start: '2031-01-05' })
    expect(task.recurrence).toEqual({ rule, from: 'schedule', start: '2031-01-05' })
    expect((await complete(ada, task)).due).toEqual({ date: '2031-01-19' })
  })

  it('is done for good where a rule that came after its due has no day after it', async ({ expect }) => {
    const ada = await signUp('ada')
    const task = await ada.addTask('x', { due: { date: '2031-01-01' } })
    const set = await patch(ada, task, { recurrence: { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' } })
    expect(set.status).toBe(200)
    expect((await complete(ada, task)).completedAt).not.toBeNull()
  })

  it('is not due again in the past, and is today', async ({ expect }) => {
    const ada = await signUp('ada')
    const today = () => new Date().toISOString().slice(0, 10)
    const earliest = today()
    const task = await recurring(ada, 'FREQ=DAILY', { date: '2020-01-01' })
    const { due } = await complete(ada, task)
    expect([earliest, today()]).toContain(Object.values(due ?? {})[0])
    expect(await history(ada)).toMatchObject([{ due: { date: '2020-01-01' } }])
  })

  it('is counted from the day of its completion, where that is asked for', async ({ expect }) => {
    const ada = await signUp('ada')
    const inZone = (timeZone: string) => new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date())
    const plus = (day: string, days: number) =>
      new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const task = await recurring(
        ada,
        'FREQ=DAILY;INTERVAL=3',
        { date: '2031-01-01' },
        { from: 'completion' },
      )
      const before = plus(inZone(timeZone), 3)
      const { due } = await complete(ada, task, `?timeZone=${timeZone}`)
      expect([before, plus(inZone(timeZone), 3)]).toContain(Object.values(due ?? {})[0])
    }
    const ending = await recurring(
      ada,
      'FREQ=MONTHLY;UNTIL=20200101',
      { date: '2031-01-01' },
      { from: 'completion' },
    )
    expect((await complete(ada, ending)).completedAt).not.toBeNull()
  })
})

describe('the days that are worked out', () => {
  it.for(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'])(
    'have no end where the rule has none: %s',
    async (freq, { expect }) => {
      const days = await occurrencesAfter('2031-01-01', { rule: `FREQ=${freq}`, start: '2031-01-01' })
      expect(days.length).toBeGreaterThan(15)
      expect(days).not.toContain('infinity')
    },
  )

  it.for(['COUNT=5', 'UNTIL=20310501'])('end where the rule ends: %s', async (end, { expect }) => {
    const days = await occurrencesAfter('2031-01-01', { rule: `FREQ=MONTHLY;${end}`, start: '2031-01-01' })
    expect(days).toEqual(['2031-02-01', '2031-03-01', '2031-04-01', '2031-05-01', 'infinity'])
  })
})

describe('an occurrence', () => {
  it('counts once, however often it is completed', async ({ expect }) => {
    const ada = await signUp('ada')
    const task = await recurring(ada, 'FREQ=DAILY', { date: '2031-01-01' })
    const [first, again] = await Promise.all([
      complete(ada, task, '?occurrence=2031-01-01'),
      complete(ada, task, '?occurrence=2031-01-01'),
    ])
    expect([first, again]).toMatchObject([{ due: { date: '2031-01-02' } }, { due: { date: '2031-01-02' } }])
    expect(await complete(ada, task, '?occurrence=2031-01-01')).toEqual(again)
    expect(await history(ada)).toHaveLength(1)
  })

  it('counts once, though what counts from its completion is due on that same day again', async ({
    expect,
  }) => {
    const ada = await signUp('ada')
    const rule = 'FREQ=DAILY;INTERVAL=4'
    const task = await recurring(ada, rule, { date: '2031-01-01' }, { from: 'completion' })
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
    const { due } = await complete(ada, task)
    const day = Object.values(due ?? {})[0] ?? ''
    const first = await complete(ada, task, `?occurrence=${day}`)
    const again = await complete(ada, task, `?occurrence=${day}`)
    expect(await history(ada)).toHaveLength(2)
    // Unless the day ended meanwhile: then it is due on another one.
    if (day === inDays(4)) expect([first.due, again]).toEqual([{ date: day }, first])
    await reopen(ada, task)
    expect(await history(ada)).toHaveLength(1)
    await complete(ada, task, `?occurrence=${day}`)
    expect(await history(ada)).toHaveLength(2)
  })

  it('that the task does not stand for is refused', async ({ expect }) => {
    const ada = await signUp('ada')
    const task = await recurring(ada, 'FREQ=DAILY', { date: '2031-01-01' })
    const answer = await ada.send('POST', `/v1/tasks/${task.id}/completion?occurrence=2031-01-02`)
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ code: 'conflict', errors: [{ path: 'occurrence' }] })
    const other = await recurring(ada, 'FREQ=DAILY', { date: '2031-01-02' })
    await complete(ada, other)
    expect((await ada.send('POST', `/v1/tasks/${task.id}/completion?occurrence=2031-01-02`)).status).toBe(409)
    await reopen(ada, other)
    const plain = await ada.addTask('never due')
    expect((await ada.send('POST', `/v1/tasks/${plain.id}/completion?occurrence=2031-01-02`)).status).toBe(
      409,
    )
    expect(await history(ada)).toEqual([])
  })

  it('is undone by reopening, one after the other', async ({ expect }) => {
    const ada = await signUp('ada')
    const task = await recurring(ada, 'FREQ=WEEKLY;BYDAY=MO,TH', {
      dateTime: '2031-03-03T09:00:00',
      timeZone: 'Europe/Berlin',
    })
    await duesOf(ada, task, 2)
    expect((await reopen(ada, task)).due).toMatchObject({ dateTime: '2031-03-06T09:00:00' })
    expect((await reopen(ada, task)).due).toEqual(task.due)
    expect(await history(ada)).toEqual([])
    const { version } = await find(ada, task)
    expect(await reopen(ada, task)).toMatchObject({ due: task.due, version })
    expect(await duesOf(ada, task, 2)).toEqual(['2031-03-06T09:00:00', '2031-03-10T09:00:00'])
  })

  it('that was moved since stays where it is when one reopens', async ({ expect }) => {
    const ada = await signUp('ada')
    const task = await recurring(ada, 'FREQ=DAILY', { date: '2031-01-01' })
    await complete(ada, task)
    const moved = await (await patch(ada, task, { due: { date: '2031-06-01' } })).json<Task>()
    expect(await reopen(ada, task)).toEqual(moved)
    expect(await history(ada)).toHaveLength(1)
  })

  it('that was the last of its series opens again, too', async ({ expect }) => {
    const ada = await signUp('ada')
    const task = await recurring(ada, 'FREQ=DAILY;COUNT=2', { date: '2031-01-01' })
    expect(await duesOf(ada, task, 2)).toEqual(['2031-01-02', 'done'])
    expect(await history(ada)).toHaveLength(2)
    expect(await reopen(ada, task)).toMatchObject({ completedAt: null, due: { date: '2031-01-02' } })
    expect(await history(ada)).toHaveLength(1)
    expect(await reopen(ada, task)).toMatchObject({ due: { date: '2031-01-01' } })
    expect(await history(ada)).toEqual([])
  })

  it('can be moved without the series', async ({ expect }) => {
    const ada = await signUp('ada')
    const task = await recurring(ada, 'FREQ=WEEKLY', { date: '2031-03-03' })
    await patch(ada, task, { due: { date: '2031-03-05' } })
    expect((await complete(ada, task)).due).toEqual({ date: '2031-03-10' })
    // Done early, it is not due again at the time from which it was moved.
    await patch(ada, task, { due: { date: '2031-03-08' } })
    expect((await complete(ada, task)).due).toEqual({ date: '2031-03-17' })
    // Moved over others, it does not come back to them.
    await patch(ada, task, { due: { dateTime: '2031-04-02T18:00:00' } })
    const next = await complete(ada, task)
    expect(next).toMatchObject({ due: { dateTime: '2031-04-07T18:00:00' }, recurrence: task.recurrence })
    expect((await history(ada)).map(({ due }) => Object.values(due ?? {})[0])).toEqual([
      '2031-04-02T18:00:00',
      '2031-03-08',
      '2031-03-05',
    ])
  })
})

describe('the tasks below one that recurs', () => {
  it('are completed with it, and open for the next time', async ({ expect }) => {
    const ada = await signUp('ada')
    const task = await recurring(ada, 'FREQ=WEEKLY', { date: '2031-03-03' })
    const done = await ada.addTask('done', { parentId: task.id })
    const open = await ada.addTask('open', { parentId: task.id })
    const deep = await ada.addTask('deep', { parentId: open.id })
    const own = await ada.addTask('own', {
      parentId: task.id,
      due: { date: '2031-03-04' },
      recurrence: { rule: 'FREQ=DAILY' },
    })
    const completed = await complete(ada, done)
    await complete(ada, task)
    for (const each of [done, open, deep, own]) expect((await find(ada, each)).completedAt).toBeNull()
    expect((await find(ada, own)).due).toEqual({ date: '2031-03-04' })
    expect((await history(ada)).map(({ title }) => title).toSorted()).toEqual([
      'again',
      'deep',
      'done',
      'open',
    ])

    expect((await reopen(ada, task)).due).toEqual({ date: '2031-03-03' })
    expect((await find(ada, done)).completedAt).toBe(completed.completedAt)
    for (const each of [open, deep]) expect((await find(ada, each)).completedAt).toBeNull()
    expect((await history(ada)).map(({ title }) => title)).toEqual(['done'])
    expect((await reopen(ada, done)).completedAt).toBeNull()
    expect(await history(ada)).toEqual([])
  })

  it('complete for good with one that does not, though they recur', async ({ expect }) => {
    const ada = await signUp('ada')
    const top = await ada.addTask('top')
    const below = await ada.addTask('below', {
      parentId: top.id,
      due: { date: '2031-03-04' },
      recurrence: { rule: 'FREQ=DAILY' },
    })
    await complete(ada, top)
    expect((await find(ada, below)).completedAt).not.toBeNull()
    await reopen(ada, top)
    expect(await find(ada, below)).toMatchObject({ completedAt: null, due: { date: '2031-03-04' } })
  })
})

describe('a recurrence', () => {
  it.for([
    ['', 'has a part'],
    ['EVERY DAY', 'has a part'],
    ['INTERVAL=2', 'must say FREQ'],
    ['FREQ=HOURLY', 'does not say FREQ'],
    ['FREQ=DAILY;FREQ=DAILY', 'says FREQ twice'],
    ['FREQ=DAILY;INTERVAL=0', 'does not say INTERVAL'],
    ['FREQ=DAILY;BYHOUR=9', 'has a part'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20310101', 'must not say both'],
    ['FREQ=DAILY;UNTIL=20310231', 'does not say UNTIL'],
    ['FREQ=MONTHLY;SKIP=BACKWARD', 'must say RSCALE'],
    ['RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=29,31;SKIP=BACKWARD', 'must say one BYMONTHDAY'],
    ['RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=-31;SKIP=BACKWARD', 'must say one BYMONTHDAY'],
    ['RSCALE=GREGORIAN;FREQ=YEARLY;BYMONTHDAY=31;BYDAY=MO;SKIP=FORWARD', 'must say one BYMONTHDAY'],
    ['RSCALE=GREGORIAN;FREQ=YEARLY;BYYEARDAY=366;SKIP=FORWARD', 'must not say BYYEARDAY'],
    ['RSCALE=GREGORIAN;FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=31;SKIP=BACKWARD', 'must have an INTERVAL'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'never comes true'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'never comes true'],
    [`FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(200)}1`, 'must have at most 255'],
  ] as const)('like %s is refused', async ([rule, message], { expect }) => {
    const ada = await signUp('ada')
    const due = { date: '2031-01-01' }
    const answer = await ada.send('POST', '/v1/tasks', { title: 'x', due, recurrence: { rule } })
    expect(answer.status).toBe(400)
    const { errors } = await answer.json<{ errors: { path: string; message: string }[] }>()
    expect(errors[0]).toMatchObject({ path: 'recurrence.rule', message: expect.stringContaining(message) })
    const body = {
      operations: [{ operation: 'createTask', body: { title: 'x', due, recurrence: { rule } } }],
    }
    const batch = await ada.send('POST', '/v1/batch', body)
    expect(await batch.json()).toMatchObject({ errors: [{ path: 'operations.0.body.recurrence.rule' }] })
    expect(await ada.tasks()).toEqual([])
  })

  it('has 255 characters at the most', async ({ expect }) => {
    const ada = await signUp('ada')
    const due = { date: '2031-01-01' }
    const longest = `FREQ=DAILY;BYMONTHDAY=${'1,'.repeat(116)}1`
    expect(longest).toHaveLength(255)
    expect((await recurring(ada, longest, due)).recurrence?.rule).toBe(longest)
    const recurrence = { rule: `${longest}0` }
    expect((await ada.send('POST', '/v1/tasks', { title: 'x', due, recurrence })).status).toBe(400)
  })

  it.for([
    [{ rule: 'FREQ=DAILY', start: '2031-02-30' }, 'recurrence.start'],
    [{ rule: 'FREQ=DAILY', from: 'due' }, 'recurrence.from'],
    [{ rule: 'FREQ=DAILY', until: '2031-03-01' }, 'recurrence.until'],
    [{ from: 'schedule' }, 'recurrence.rule'],
  ] as const)('is none: %j', async ([recurrence, path], { expect }) => {
    const ada = await signUp('ada')
    const due = { date: '2031-01-01' }
    const answer = await ada.send('POST', '/v1/tasks', { title: 'x', due, recurrence })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ errors: [{ path }] })
  })

  it('from completion may be rarer than a schedule that can be looked ahead', async ({ expect }) => {
    const ada = await signUp('ada')
    const body = (from: string) => ({
      title: 'x',
      due: { date: '2031-01-01' },
      recurrence: { rule: 'FREQ=YEARLY;INTERVAL=999', from },
    })
    expect((await ada.send('POST', '/v1/tasks', body('schedule'))).status).toBe(400)
    expect((await ada.send('POST', '/v1/tasks', body('completion'))).status).toBe(201)
  })

  it('from completion says no days', async ({ expect }) => {
    const ada = await signUp('ada')
    const recurrence = { rule: 'FREQ=WEEKLY;BYDAY=MO', from: 'completion' }
    const answer = await ada.send('POST', '/v1/tasks', {
      title: 'x',
      due: { date: '2031-01-01' },
      recurrence,
    })
    expect(answer.status).toBe(400)
  })

  it('needs a due, and keeps it', async ({ expect }) => {
    const ada = await signUp('ada')
    const recurrence = { rule: 'FREQ=DAILY' }
    const without = await ada.send('POST', '/v1/tasks', { title: 'x', recurrence })
    expect(without.status).toBe(400)
    expect(await without.json()).toMatchObject({ errors: [{ path: 'due' }] })
    const task = await recurring(ada, 'FREQ=DAILY', { date: '2031-01-01' })
    expect((await patch(ada, task, { due: null })).status).toBe(400)
    expect((await patch(ada, await ada.addTask('x'), { recurrence })).status).toBe(400)
    const both = await patch(ada, task, { due: null, recurrence: null })
    expect(await both.json()).toMatchObject({ due: null, recurrence: null })
    expect((await complete(ada, task)).completedAt).not.toBeNull()
  })

  it('is set, changed and taken away like other fields', async ({ expect }) => {
    const ada = await signUp('ada')
    const task = await ada.addTask('x', { due: { date: '2031-01-01' } })
    expect(task.recurrence).toBeNull()
    const set = await (await patch(ada, task, { recurrence: { rule: 'FREQ=DAILY' } })).json<Task>()
    expect(set.recurrence).toEqual({ rule: 'FREQ=DAILY', from: 'schedule', start: '2031-01-01' })
    expect((await complete(ada, task)).due).toEqual({ date: '2031-01-02' })
    const moved = { due: { date: '2031-01-05' }, recurrence: { rule: 'FREQ=DAILY;INTERVAL=7' } }
    expect(await (await patch(ada, task, moved)).json()).toMatchObject({
      recurrence: { start: '2031-01-05' },
    })
    expect((await complete(ada, task)).due).toEqual({ date: '2031-01-12' })
    const fortnight = { rule: 'FREQ=WEEKLY;INTERVAL=2', start: '2031-01-05' }
    await patch(ada, task, { recurrence: fortnight })
    expect((await complete(ada, task)).due).toEqual({ date: '2031-01-19' })
    await patch(ada, task, { recurrence: null })
    expect(await complete(ada, task)).toMatchObject({ recurrence: null, due: { date: '2031-01-19' } })
  })

  it('costs one round trip to set and to complete, and one more only when its days run out', async ({
    expect,
  }) => {
    const { ada, counting } = await withOwnWorker()
    const made = await counting(() => recurring(ada, 'FREQ=DAILY', { date: '2031-01-01' }))
    expect(made.calls).toBe(1)
    const trips: number[] = []
    for (let time = 0; time < 70; time += 1)
      trips.push((await counting(() => complete(ada, made.result))).calls)
    expect((await find(ada, made.result)).due).toEqual({ date: '2031-03-12' })
    expect(trips.filter((calls) => calls > 1)).toEqual([2])
    expect(trips.indexOf(2)).toBe(64)
  })

  it('is worked out for all tasks of a batch at once, and counts for its conditions', async ({ expect }) => {
    const { ada, counting } = await withOwnWorker()
    const tasks = []
    for (const name of ['a', 'b', 'c']) {
      const task = await ada.addTask(name, { due: { date: '2031-01-01' } })
      tasks.push(await (await patch(ada, task, { recurrence: { rule: 'FREQ=DAILY' } })).json<Task>())
    }
    const operations = tasks.map(({ id, version }) => ({ operation: 'completeTask', id, ifVersion: version }))
    const { calls, result } = await counting(() => ada.send('POST', '/v1/batch', { operations }))
    expect(calls).toBe(2)
    expect(result.status).toBe(200)
    const { results } = await result.json<{ results: Task[] }>()
    expect(results.map(({ due, version }) => ({ due, version }))).toEqual(
      tasks.map(({ version }) => ({ due: { date: '2031-01-02' }, version: version + 1 })),
    )
  })
})
