import { describe, it } from 'vitest'
import { signUp } from './support/person.ts'
import { everythingOf, imported, importing } from './support/transfer.ts'

const ics = { format: 'ics' } as const
const todo = (...lines: string[]) => ['BEGIN:VTODO', ...lines, 'END:VTODO'].join('\r\n')
const calendar = (...parts: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...parts, 'END:VCALENDAR', ''].join('\r\n')
/** One that the database would not keep, though each part is as it should be. */
const LONG_RULE = `FREQ=YEARLY;BYYEARDAY=${[...Array(90).keys()].map((day) => day + 1).join(',')}`

describe('a calendar', () => {
  it('comes with all that a task can have', async ({ expect }) => {
    const ada = await signUp('ada')
    const id = '3f2a1b6c-4d5e-4f60-8a7b-9c0d1e2f3a4b'
    const file = calendar(
      'X-WR-CALNAME:Home\\, sweet',
      'BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE',
      todo(
        'UID:below',
        `RELATED-TO:${id.toUpperCase()}`,
        'SUMMARY:below',
        'STATUS:COMPLETED',
        'COMPLETED:20261120T101500Z',
      ),
      todo(
        `UID:${id.toUpperCase()}`,
        'SUMMARY:Buy milk\\, and a l',
        ' oaf',
        'DESCRIPTION:two\\nbottles',
        'PRIORITY:1',
        'CATEGORIES:errand,a\\,b',
        'CATEGORIES:errand',
        'CREATED:20260101T080000Z',
        'DUE;TZID=Europe/Berlin:20261201T090000',
        'DTSTART;TZID=Europe/Berlin:20261201T090000',
        'RRULE:FREQ=MONTHLY;BYMONTHDAY=1',
        'X-EDGEWISE-RECURS-FROM:SCHEDULE',
        'BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nEND:VALARM',
      ),
      'BEGIN:VEVENT\r\nSUMMARY:party\r\nEND:VEVENT',
    )
    const { lines, counts } = await imported(ada, file, ics)
    expect(counts).toEqual({ added: 5, alreadyThere: 0, refused: 0, ignored: 1 })
    expect(lines.map(({ line, kind, title, warnings }) => [line, kind, title, warnings])).toEqual([
      [7, 'list', 'Home, sweet', undefined],
      [14, 'label', 'errand', undefined],
      [14, 'label', 'a,b', undefined],
      [7, 'task', 'below', undefined],
      [14, 'task', 'Buy milk, and a loaf', ['its alarms are left out']],
      [31, null, 'VEVENT', ['is no to-do']],
    ])
    const { tasks, completions, lists } = await everythingOf(ada)
    const [top, below] = tasks
    expect(top).toMatchObject({
      id,
      notes: 'two\nbottles',
      priority: 3,
      due: { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Berlin' },
      recurrence: { rule: 'FREQ=MONTHLY;BYMONTHDAY=1', from: 'schedule', start: '2026-12-01' },
      createdAt: '2026-01-01T08:00:00.000Z',
      listId: lists?.[0]?.id,
      labelIds: [expect.any(String), expect.any(String)],
    })
    expect(below).toMatchObject({ title: 'below', parentId: id, completedAt: '2026-11-20T10:15:00.000Z' })
    expect(completions).toMatchObject([
      { taskId: below?.id, title: 'below', completedAt: '2026-11-20T10:15:00.000Z' },
    ])
    expect((await imported(ada, file, ics)).counts).toMatchObject({ added: 0, alreadyThere: 5 })
    expect((await everythingOf(ada)).completions).toEqual(completions)
  })

  it.for([
    ['a day', ['DUE;VALUE=DATE:20261201'], {}, { date: '2026-12-01' }],
    ['a day that does not say that it is one', ['DUE:20261201'], {}, { date: '2026-12-01' }],
    ['a time anywhere', ['DUE:20261201T090000'], {}, { dateTime: '2026-12-01T09:00:00' }],
    ['a time in UTC', ['DUE:20261201T090000Z'], {}, { dateTime: '2026-12-01T09:00:00', timeZone: 'UTC' }],
    [
      'a time in UTC, told here',
      ['DUE:20261201T233000Z'],
      { timeZone: 'Europe/Berlin' },
      { dateTime: '2026-12-02T00:30:00', timeZone: 'Europe/Berlin' },
    ],
    [
      'a time in a place of a longer name',
      ['DUE;TZID=/example.org/20260101/America/Argentina/Buenos_Aires:20261201T090000'],
      {},
      { dateTime: '2026-12-01T09:00:00', timeZone: 'America/Argentina/Buenos_Aires' },
    ],
    [
      'a time in a place whose name has something before it',
      ['DUE;TZID=/example.org/Europe/Berlin:20261201T090000'],
      {},
      { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Berlin' },
    ],
    [
      'a time in UTC, whatever place it names',
      ['DUE;TZID=Europe/Berlin:20261201T090000Z'],
      {},
      { dateTime: '2026-12-01T09:00:00', timeZone: 'UTC' },
    ],
    [
      'a time in a place nobody knows',
      ['DUE;TZID=Atlantis:20261201T090000'],
      {},
      { dateTime: '2026-12-01T09:00:00' },
    ],
    [
      'a start and how long it takes',
      ['DTSTART:20261201T230000', 'DURATION:PT1H30M'],
      {},
      { dateTime: '2026-12-02T00:30:00' },
    ],
    [
      'a start in a place and how long it takes',
      ['DTSTART;TZID=Europe/Berlin:20261201T230000', 'DURATION:PT1H30M'],
      {},
      { dateTime: '2026-12-02T00:30:00', timeZone: 'Europe/Berlin' },
    ],
    ['a start', ['DTSTART;VALUE=DATE:20261201'], {}, { date: '2026-12-01' }],
    ['a day on which it starts', ['DTSTART;VALUE=DATE:20261201', 'DURATION:P2D'], {}, { date: '2026-12-01' }],
    [
      'its due, though it starts before',
      ['DTSTART:20261201T090000', 'DURATION:PT1H', 'DUE:20261205T090000'],
      {},
      { dateTime: '2026-12-05T09:00:00' },
    ],
    ['nothing', [], {}, null],
  ] as const)('may be due at %s', async ([, lines, query, due], { expect }) => {
    const ada = await signUp('ada')
    await imported(ada, calendar(todo('SUMMARY:x', ...lines)), { ...ics, ...query })
    expect((await ada.tasks())[0]?.due).toEqual(due)
  })

  it('says when its times are not what they were', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = calendar(
      todo('SUMMARY:a', 'DUE;TZID=Atlantis:20261201T090000'),
      todo('SUMMARY:b', 'DTSTART:20261201T090000'),
      todo('SUMMARY:c', 'DTSTART:20261201T090000', 'DURATION:PT1H'),
      todo('SUMMARY:d', 'STATUS:COMPLETED'),
      todo('SUMMARY:e', 'STATUS:COMPLETED', 'COMPLETED:20261120T101500Z'),
    )
    const { lines } = await imported(ada, file, ics)
    expect(lines.map(({ warnings }) => warnings)).toEqual([
      ['its time zone is not known: the time is one wherever you are'],
      ['has no due: it is due when it starts'],
      undefined,
      ['does not say when it was completed: it is now'],
      undefined,
    ])
  })

  it('has priorities from 1, the highest, to 9', async ({ expect }) => {
    const ada = await signUp('ada')
    const said = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', 'high']
    const todos = said.map((priority) => todo(`UID:${priority}`, 'SUMMARY:x', `PRIORITY:${priority}`))
    await imported(ada, calendar(...todos, todo('SUMMARY:x')), ics)
    const { tasks } = await everythingOf(ada)
    expect(tasks.map(({ priority }) => priority)).toEqual([0, 3, 3, 3, 3, 2, 1, 1, 1, 1, 0, 0, 0])
  })

  it.for([
    [[], null],
    [['COMPLETED:20261120T101500Z'], '2026-11-20T10:15:00.000Z'],
    [['STATUS:completed', 'COMPLETED:20261120T101500Z'], '2026-11-20T10:15:00.000Z'],
    [['STATUS:NEEDS-ACTION', 'COMPLETED:20261120T101500Z'], null],
    [['STATUS:IN-PROCESS'], null],
    [['STATUS:COMPLETED', 'COMPLETED:20261120T101500'], '2026-11-20T10:15:00.000Z'],
    [['STATUS:COMPLETED', 'COMPLETED;VALUE=DATE:20261120'], '2026-11-20T00:00:00.000Z'],
    [['STATUS:COMPLETED', 'COMPLETED;TZID=Europe/Berlin:20261120T111500'], '2026-11-20T10:15:00.000Z'],
    [['STATUS:COMPLETED', 'COMPLETED;TZID=Europe/Berlin:20261120T101500Z'], '2026-11-20T10:15:00.000Z'],
    [['STATUS:COMPLETED', 'COMPLETED;TZID=Atlantis:20261120T101500'], '2026-11-20T10:15:00.000Z'],
    [['STATUS:CANCELLED', 'COMPLETED:20261120T101500Z'], '2026-11-20T10:15:00.000Z'],
    [['STATUS:CANCELLED'], 'now'],
    [['STATUS:COMPLETED'], 'now'],
    [['STATUS:COMPLETED', 'COMPLETED:20260230T101500Z'], 'now'],
  ] as const)('is completed as it says: %j', async ([lines, at], { expect }) => {
    const ada = await signUp('ada')
    await imported(ada, calendar(todo('SUMMARY:x', ...lines)), ics)
    const completedAt = at === 'now' ? expect.any(String) : at
    expect(await ada.tasks()).toMatchObject([{ completedAt }])
  })

  it('was made when it says, if that is a time', async ({ expect }) => {
    const ada = await signUp('ada')
    const said = ['20260101T080000Z', '00001231T000000Z', '20260230T080000Z', 'long ago']
    const todos = said.map((created) => todo(`SUMMARY:${created}`, `CREATED:${created}`))
    const late = todo('SUMMARY:late', 'CREATED;TZID=America/New_York:99991231T235959')
    await imported(ada, calendar(...todos, late), ics)
    const tasks = await ada.tasks()
    const told = tasks.filter(({ createdAt, updatedAt }) => createdAt !== updatedAt)
    expect([tasks.length, told.length]).toEqual([5, 1])
    expect(told).toMatchObject([{ title: said[0], createdAt: '2026-01-01T08:00:00.000Z' }])
  })

  it('has the list that the to-do names, or else the caller, or else the calendar', async ({ expect }) => {
    const ada = await signUp('ada')
    const named = todo('UID:a', 'SUMMARY:a', 'X-EDGEWISE-LIST:Work\\, hard\\; daily\\Nnow')
    const listOf = async (lists: string[], query: { list?: string } = {}) => {
      const summary = crypto.randomUUID()
      await imported(ada, calendar(...lists, named, todo(`SUMMARY:${summary}`)), { ...ics, ...query })
      const { lists: known = [], tasks } = await everythingOf(ada)
      const nameOf = (title: string) =>
        known.find(({ id }) => id === tasks.find((task) => task.title === title)?.listId)?.name
      expect(nameOf('a')).toBe('Work, hard; daily\nnow')
      return nameOf(summary)
    }
    expect(await listOf(['NAME:Chores\\, all'])).toBe('Chores, all')
    expect(await listOf(['X-WR-CALNAME: Home '])).toBe('Home')
    expect(await listOf(['NAME:Chores'], { list: 'Mine' })).toBe('Mine')
    expect(await listOf(['NAME: '])).toBeUndefined()
    expect(await listOf([])).toBeUndefined()
  })

  it('has each list and label once, whatever the case of its letters', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = calendar(
      todo('SUMMARY:a', 'X-EDGEWISE-LIST:Home', 'CATEGORIES:Home,home ,,  ,errand'),
      todo('SUMMARY:b', 'X-EDGEWISE-LIST:HOME', 'CATEGORIES:HOME'),
    )
    const { counts } = await imported(ada, file, ics)
    expect(counts).toEqual({ added: 5, alreadyThere: 0, refused: 0, ignored: 0 })
    const { lists = [], labels = [], tasks } = await everythingOf(ada)
    expect(lists.map(({ name }) => name)).toEqual(['Home'])
    expect(labels.map(({ name }) => name)).toEqual(['errand', 'Home'])
    const [errand, home] = labels.map(({ id }) => id)
    expect(tasks.map(({ listId, labelIds }) => [listId, labelIds])).toEqual([
      [lists[0]?.id, [home, errand]],
      [lists[0]?.id, [home]],
    ])
  })

  it('has to-dos below others, not beside them, in their order', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = calendar(
      todo('UID:z', 'SUMMARY:alone', 'RELATED-TO:nobody'),
      todo('UID:a', 'SUMMARY:a', 'RELATED-TO;RELTYPE=CHILD:c'),
      todo('UID:b', 'SUMMARY:b', 'RELATED-TO;RELTYPE=SIBLING:a', 'RELATED-TO;RELTYPE=parent:a'),
      todo('UID:c', 'SUMMARY:c', 'RELATED-TO;RELTYPE=DEPENDS-ON:b'),
    )
    await imported(ada, file, ics)
    const { tasks } = await everythingOf(ada)
    const a = tasks.find(({ title }) => title === 'a')
    expect(tasks.map(({ title, parentId }) => [title, parentId])).toEqual([
      ['alone', null],
      ['a', null],
      ['c', null],
      ['b', a?.id],
    ])
  })

  it('may have the same to-do twice, where none has an id', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = calendar(todo('SUMMARY:same'), todo('SUMMARY:same'), todo('SUMMARY:other'))
    expect((await imported(ada, file, ics)).counts).toMatchObject({ added: 3 })
    expect((await imported(ada, file, ics)).counts).toMatchObject({ added: 0, alreadyThere: 3 })
  })

  it('may be in any letter case, with any ends of lines', async ({ expect }) => {
    const ada = await signUp('ada')
    const lines = [
      'begin:vcalendar',
      'begin:vtodo ',
      'summary:buy',
      '\tmilk',
      'due;tzid=Europe/Berlin:20261201T090000',
      'rrule:freq=daily',
      '',
      'end:vtodo\t',
      'end:VCalendar',
    ]
    for (const end of ['\r', '\n', '\r\n']) {
      await imported(ada, lines.join(end).replace('buy', `buy${crypto.randomUUID()}`), ics)
    }
    const due = { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Berlin' }
    const recurrence = { rule: 'FREQ=DAILY' }
    const title = expect.stringMatching(/^buy.{36}milk$/)
    expect(await ada.tasks()).toMatchObject(Array(3).fill({ title, due, recurrence }))
  })

  it('leaves an alarm’s own lines to the alarm', async ({ expect }) => {
    const ada = await signUp('ada')
    const alarm = ['BEGIN:VALARM', 'DESCRIPTION:ring', 'DURATION:PT5M', 'BEGIN:X-A', 'END:X-A', 'END:VALARM']
    const { lines } = await imported(ada, calendar(todo(...alarm, 'SUMMARY:x')), ics)
    expect(lines).toMatchObject([{ title: 'x', warnings: ['its alarms are left out'] }])
    expect(await ada.tasks()).toMatchObject([{ title: 'x', notes: '' }])
  })

  it('may hold 1,500 things, and what it tells of time zones', async ({ expect }) => {
    const ada = await signUp('ada')
    const zone = 'BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nEND:VTIMEZONE'
    const { counts } = await imported(
      ada,
      calendar(zone, ...Array(1_500).fill('BEGIN:VEVENT\r\nEND:VEVENT')),
      ics,
    )
    expect(counts).toEqual({ added: 0, alreadyThere: 0, refused: 0, ignored: 1_500 })
  })

  it('loses nothing that a task cannot have', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = calendar(
      todo(
        'UID:a',
        'SUMMARY:a',
        'DUE;VALUE=DATE:20261201',
        'RRULE:FREQ=HOURLY',
        'LOCATION:Berlin',
        'URL:https://example.com',
      ),
      todo('UID:b', 'SUMMARY:b', 'DUE;VALUE=DATE:20261201', 'RRULE:FREQ=DAILY', 'EXDATE;VALUE=DATE:20261203'),
      todo('UID:c', 'SUMMARY:c', 'RRULE:FREQ=DAILY'),
      todo('UID:d', 'STATUS:CANCELLED', 'COMPLETED:20261120T101500Z'),
      todo('UID:e', 'SUMMARY:e', 'RELATED-TO:nobody'),
      todo(
        'UID:f',
        'SUMMARY:f',
        'DUE;VALUE=DATE:20261201',
        'RRULE:FREQ=DAILY',
        'RRULE:FREQ=SOMETIMES',
        'RDATE;VALUE=DATE:20261224',
        'EXRULE:FREQ=NEVER;BYDAY=MO\\,TU',
      ),
      todo('UID:g', 'SUMMARY:g', 'DUE;VALUE=DATE:20261201', `RRULE:${LONG_RULE}`),
      todo('UID:b', 'SUMMARY:b', 'RECURRENCE-ID;VALUE=DATE:20261202'),
    )
    const { lines } = await imported(ada, file, ics)
    expect(lines.map(({ outcome, warnings }) => [outcome, warnings])).toEqual([
      ['added', ['its recurrence is none that a task can have here: it is in the notes']],
      ['added', ['what adds to its rule, or takes from it, is in the notes']],
      ['added', ['its recurrence is none that a task can have here: it is in the notes']],
      ['added', ['has no summary', 'was cancelled: it is completed here']],
      ['added', ['stands alone: its parent cannot be one here']],
      ['added', ['what adds to its rule, or takes from it, is in the notes']],
      ['added', ['its recurrence is none that a task can have here: it is in the notes']],
      ['ignored', ['is a single occurrence of another one']],
    ])
    const { tasks } = await everythingOf(ada)
    expect(tasks.map(({ recurrence }) => recurrence?.rule)).toEqual([
      undefined,
      'FREQ=DAILY',
      undefined,
      undefined,
      undefined,
      'FREQ=DAILY',
      undefined,
    ])
    expect(tasks.map(({ title, notes }) => [title, notes])).toEqual([
      ['a', 'Berlin\n\nhttps://example.com\n\nRRULE:FREQ=HOURLY'],
      ['b', 'EXDATE;VALUE=DATE:20261203'],
      ['c', 'RRULE:FREQ=DAILY'],
      ['Untitled', ''],
      ['e', ''],
      ['f', 'RRULE:FREQ=SOMETIMES\n\nRDATE;VALUE=DATE:20261224\n\nEXRULE:FREQ=NEVER;BYDAY=MO\\,TU'],
      ['g', `RRULE:${LONG_RULE}`],
    ])
  })

  it('finds parents wherever they are, and lets nothing hang in a ring or too deep', async ({ expect }) => {
    const ada = await signUp('ada')
    const chain = [...Array(7).keys()].map((n) =>
      todo(`UID:${n}`, `SUMMARY:${n}`, `RELATED-TO;RELTYPE=PARENT:${n - 1}`),
    )
    const ring = [todo('UID:a', 'SUMMARY:a', 'RELATED-TO:b'), todo('UID:b', 'SUMMARY:b', 'RELATED-TO:a')]
    const { counts } = await imported(ada, calendar(...chain.toReversed(), ...ring), ics)
    expect(counts).toMatchObject({ added: 9, refused: 0 })
    const { tasks } = await everythingOf(ada)
    const parentOf = (title: string) => {
      const { parentId } = tasks.find((task) => task.title === title) ?? {}
      return tasks.find(({ id }) => id === parentId)?.title
    }
    expect([...'0123456'].map(parentOf)).toEqual([undefined, '0', '1', '2', '3', undefined, '5'])
    expect([...'ab'].map(parentOf)).toEqual([undefined, 'a'])
  })

  it.for([
    ['', 'lines.1'],
    ['hello', 'lines.1'],
    ['BEGIN:VTODO\nEND:VTODO', 'lines.1'],
    ['END:VCALENDAR', 'lines.1'],
    [`${calendar(todo('SUMMARY:x'))}SUMMARY:y`, 'lines.7'],
    ['BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VCALENDAR', 'lines.3'],
    ['BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:x', 'lines.2'],
    [calendar(todo('SUMMARY')), 'lines.4'],
    [calendar(todo('SUMMARY:x', 'DUE:20261301T090000')), 'lines.3.due.dateTime'],
    [calendar(todo('SUMMARY:x', 'DUE;VALUE=DATE:20260230')), 'lines.3.due.date'],
    [calendar(todo('SUMMARY:x', 'DUE:20260230T090000Z')), 'lines.3.due.dateTime'],
    [calendar(todo('SUMMARY:x', 'DTSTART:20261201T090000', 'DURATION:soon')), 'lines.3.due.dateTime'],
    [calendar(todo('SUMMARY:x', 'DTSTART:99991231T230000', 'DURATION:PT1H')), 'lines.3.due.dateTime'],
    [calendar(todo('SUMMARY:x', 'DTSTART:20261201T090000', 'DURATION:P999999999D')), 'lines.3.due.dateTime'],
    [calendar(todo('SUMMARY:x', `CATEGORIES:${'x'.repeat(101)}`)), 'lines.3.name'],
    [calendar(todo(`SUMMARY:${'x'.repeat(501)}`)), 'lines.3.title'],
    [calendar(todo('UID:a', 'SUMMARY:x'), todo('UID:a', 'SUMMARY:y')), 'lines.7.id'],
    [`BEGIN:VCALENDAR\n${'BEGIN:VTODO\n'.repeat(9)}`, 'lines.9'],
  ] as const)('is wrong, and says where: %j', async ([file, path], { expect }) => {
    const ada = await signUp('ada')
    const answer = await importing(ada, file, ics)
    const { code, errors } = await answer.json<{ code: string; errors: { path: string }[] }>()
    expect([answer.status, code]).toEqual([400, 'invalid_request'])
    expect(new Set(errors.map((error) => error.path))).toEqual(new Set([path]))
    expect(await ada.tasks()).toEqual([])
  })

  it('is wrong where the clocks of the caller show a year that there is not', async ({ expect }) => {
    const file = calendar(todo('SUMMARY:x', 'DUE:99991231T235959Z'))
    const answer = await importing(await signUp('ada'), file, { ...ics, timeZone: 'Asia/Tokyo' })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('"lines.3.due.dateTime"')
  })

  it('says its days in UTC, if its rule would name others in the place of the caller', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = calendar(
      todo('UID:late', 'SUMMARY:late', 'DUE:20261201T233000Z', 'RRULE:FREQ=WEEKLY;BYDAY=TU'),
      todo('UID:early', 'SUMMARY:early', 'DUE:20261201T080000Z', 'RRULE:FREQ=WEEKLY;BYDAY=TU'),
      todo('UID:once', 'SUMMARY:once', 'DUE:20261201T233000Z'),
    )
    const { lines } = await imported(ada, file, { ...ics, timeZone: 'Europe/Berlin' })
    expect(lines.map(({ warnings }) => warnings)).toEqual([
      [expect.stringContaining('in UTC')],
      undefined,
      undefined,
    ])
    const { tasks } = await everythingOf(ada)
    expect(tasks.map(({ title, due }) => [title, due])).toEqual([
      ['late', { dateTime: '2026-12-01T23:30:00', timeZone: 'UTC' }],
      ['early', { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Berlin' }],
      ['once', { dateTime: '2026-12-02T00:30:00', timeZone: 'Europe/Berlin' }],
    ])
  })

  it('that was exported comes back, but for the order and the trash', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const list = await (await ada.send('POST', '/v1/lists', { name: 'a\nBEGIN:VEVENT,;\\"é\\n' })).json<{
      id: string
    }>()
    const label = await (await ada.send('POST', '/v1/labels', { name: 'x, y;\\ z' })).json<{ id: string }>()
    const top = await ada.addTask('top, \\n and ü 👍 '.repeat(12), {
      notes: 'one\ntwo\r\nthree\\n;,:"',
      priority: 1,
      due: { dateTime: '2026-07-01T09:00:00', timeZone: 'America/New_York' },
      recurrence: { rule: 'RSCALE=GREGORIAN;FREQ=MONTHLY;BYMONTHDAY=31;SKIP=BACKWARD' },
      listId: list.id,
      labelIds: [label.id],
    })
    const below = await ada.addTask('below', { parentId: top.id, priority: 2, due: { date: '2026-12-01' } })
    await ada.addTask('floating', { due: { dateTime: '2026-12-01T09:00:00' }, priority: 3 })
    await ada.addTask('UTC', { due: { dateTime: '2026-12-01T09:00:00', timeZone: 'UTC' } })
    await ada.addTask('after done', {
      due: { date: '2026-12-01' },
      recurrence: { rule: 'FREQ=DAILY', from: 'completion' },
    })
    await ada.send('POST', `/v1/tasks/${below.id}/completion`)

    const file = await (await ada.send('GET', '/v1/export?format=ics')).text()
    for (const line of file.split('\r\n'))
      expect(new TextEncoder().encode(line).byteLength).toBeLessThanOrEqual(75)
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    expect(file).toContain('BEGIN:DAYLIGHT\r\nDTSTART:20250309T020000\r\n')
    expect((await imported(bob, file, ics)).counts).toMatchObject({ added: 7, refused: 0, ignored: 0 })
    const [hers, his] = [await everythingOf(ada), await everythingOf(bob)]
    const shown = ({ tasks, lists = [], labels = [] }: typeof hers) =>
      tasks.map(
        ({ id, title, notes, priority, due, recurrence, parentId, completedAt, listId, labelIds }) => ({
          id,
          title,
          notes: notes.replaceAll('\r\n', '\n'),
          priority,
          due,
          recurrence,
          parentId,
          completedAt: completedAt?.slice(0, 19),
          list: lists.find((one) => one.id === listId)?.name,
          labels: labelIds.map((labelId) => labels.find((one) => one.id === labelId)?.name),
        }),
      )
    expect(shown(his)).toEqual(shown(hers))
  })
})
