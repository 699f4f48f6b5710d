import { describe, it } from 'vitest'
import { signUp } from './support/person.ts'
import { everythingOf, imported, importing } from './support/transfer.ts'

const ics = { format: 'ics' } as const
const todo = (...lines: string[]) => ['BEGIN:VTODO', ...lines, 'END:VTODO'].join('\r\n')
const calendar = (...parts: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...parts, 'END:VCALENDAR', ''].join('\r\n')

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
    ['a start', ['DTSTART;VALUE=DATE:20261201'], {}, { date: '2026-12-01' }],
    ['nothing', [], {}, null],
  ] as const)('may be due at %s', async ([, lines, query, due], { expect }) => {
    const ada = await signUp('ada')
    await imported(ada, calendar(todo('SUMMARY:x', ...lines)), { ...ics, ...query })
    expect((await ada.tasks())[0]?.due).toEqual(due)
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
      todo('UID:b', 'SUMMARY:b', 'RECURRENCE-ID;VALUE=DATE:20261202'),
    )
    const { lines } = await imported(ada, file, ics)
    expect(lines.map(({ outcome, warnings }) => [outcome, warnings])).toEqual([
      ['added', ['its recurrence is none that a task can have here: it is in the notes']],
      ['added', ['what adds to its rule, or takes from it, is in the notes']],
      ['added', ['its recurrence is none that a task can have here: it is in the notes']],
      ['added', ['has no summary', 'was cancelled: it is completed here']],
      ['added', ['stands alone: its parent cannot be one here']],
      ['ignored', ['is a single occurrence of another one']],
    ])
    const { tasks } = await everythingOf(ada)
    expect(tasks.map(({ title, notes }) => [title, notes])).toEqual([
      ['a', 'Berlin\n\nhttps://example.com\n\nRRULE:FREQ=HOURLY'],
      ['b', 'EXDATE;VALUE=DATE:20261203'],
      ['c', 'RRULE:FREQ=DAILY'],
      ['Untitled', ''],
      ['e', ''],
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
    ['BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VCALENDAR', 'lines.3'],
    ['BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:x', 'lines.2'],
    [calendar(todo('SUMMARY')), 'lines.4'],
    [calendar(todo('SUMMARY:x', 'DUE:20261301T090000')), 'lines.3.due.dateTime'],
    [calendar(todo('SUMMARY:x', 'DUE;VALUE=DATE:20260230')), 'lines.3.due.date'],
    [calendar(todo(`SUMMARY:${'x'.repeat(501)}`)), 'lines.3.title'],
    [calendar(todo('UID:a', 'SUMMARY:x'), todo('UID:a', 'SUMMARY:y')), 'lines.7.id'],
    [`BEGIN:VCALENDAR\n${'BEGIN:VTODO\n'.repeat(9)}`, 'lines.9'],
  ] as const)('is wrong, and says where: %j', async ([file, path], { expect }) => {
    const ada = await signUp('ada')
    const answer = await importing(ada, file, ics)
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: 'invalid_request', errors: [{ path }] },
    ])
    expect(await ada.tasks()).toEqual([])
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
    const list = await (await ada.send('POST', '/v1/lists', { name: 'a\nBEGIN:VEVENT,;\\"é' })).json<{
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
