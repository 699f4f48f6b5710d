import { describe, it } from 'vitest'
import type { ExportFile } from '../src/export/contract.ts'
import { rowsOf, sql } from './support/database.ts'
import { aFile, aLabel, aList, aTask, place } from './support/export-file.ts'
import { ownWorker } from './support/own-worker.ts'
import { type Person, signUp } from './support/person.ts'
import { everythingOf, imported, pagesOf } from './support/transfer.ts'

/** Adds so many tasks, each below the one before in chains of five, and every third deleted. */
const fill = (person: Person, count: number, notes = '') =>
  sql(
    `with numbered as (select n, gen_random_uuid() as id from generate_series(0, $2::integer - 1) as n)
     insert into tasks (user_id, id, title, notes, parent_id, position, deleted_at, deleted_with)
     select $1, task.id, 'task ' || task.n, $3, above.id, 'e' || lpad(task.n::text, 5, '0'),
       case when task.n % 15 = 4 then now() end, case when task.n % 15 = 4 then task.id end
     from numbered as task left join numbered as above on above.n = task.n - 1 and task.n % 5 > 0 order by task.n`,
    [person.id, String(count), notes],
  )

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).byteLength
const read = async (answer: Response) => {
  const { code, errors } = await answer.json<{ code: string; errors: object[] }>()
  return { status: answer.status, code, errors }
}

describe('an export', () => {
  it('is a file with a name, kept by no cache', async ({ expect }) => {
    const ada = await signUp('ada')
    for (const [format, type] of [
      ['json', 'application/json'],
      ['csv', 'text/csv; charset=utf-8'],
      ['ics', 'text/calendar; charset=utf-8'],
    ]) {
      const { headers } = await ada.send('GET', `/v1/export?format=${format}`)
      expect(headers.get('Content-Type')).toBe(type)
      expect(headers.get('Content-Disposition')).toMatch(
        new RegExp(`^attachment; filename="edgewise-\\d{4}-\\d\\d-\\d\\d\\.${format}"$`),
      )
      expect(headers.get('Cache-Control')).toBe('no-store')
      expect(headers.get('Link')).toBeNull()
    }
  })

  it('comes in pages that name the next one, those above before those below', async ({ expect }) => {
    const ada = await signUp('ada')
    await fill(ada, 1_300)
    const first = await ada.send('GET', '/v1/export')
    const { next } = await first.json<ExportFile>()
    expect(first.headers.get('Link')).toBe(`<${next}>; rel="next"`)
    const pages = await pagesOf(ada)
    expect(pages.map(({ tasks }) => tasks.length)).toEqual([500, 500, 300])
    const seen = new Set<string>()
    for (const { tasks } of pages) {
      for (const { id, parentId } of tasks) {
        if (parentId !== null) expect(seen.has(parentId)).toBe(true)
        seen.add(id)
      }
    }
    expect(seen.size).toBe(1_300)
    expect(pages.map(({ follows }) => follows?.id)).toEqual([
      undefined,
      pages[0]?.tasks.at(-1)?.id,
      pages[1]?.tasks.at(-1)?.id,
    ])
  })

  it('of much text has smaller pages, each of which can be imported', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    await fill(ada, 45, '\u0001'.repeat(16_384))
    const pages = await pagesOf(ada)
    expect(pages.length).toBeGreaterThan(1)
    for (const page of pages) {
      expect(bytesOf(page)).toBeLessThan(2 * 1_024 * 1_024)
      await imported(bob, page)
    }
    expect(await everythingOf(bob)).toEqual(await everythingOf(ada))
  })

  it('has a mebibyte of plain text on a page at most', async ({ expect }) => {
    const ada = await signUp('ada')
    await fill(ada, 80, 'x'.repeat(16_384))
    const pages = await pagesOf(ada)
    expect(pages.flatMap(({ tasks }) => tasks)).toHaveLength(80)
    for (const { tasks } of pages) expect(bytesOf(tasks)).toBeLessThan(1_024 * 1_024)
  })

  it('is of one moment: after a change it must begin anew', async ({ expect }) => {
    const ada = await signUp('ada')
    await fill(ada, 560)
    for (const format of ['json', 'csv', 'ics']) {
      const first = await ada.send('GET', `/v1/export?format=${format}`)
      const [, next = ''] = /^<(.*)>; rel="next"$/.exec(first.headers.get('Link') ?? '') ?? []
      expect((await ada.send('GET', next)).status).toBe(200)
      await ada.addTask('meanwhile')
      expect(await read(await ada.send('GET', next))).toMatchObject({
        status: 409,
        code: 'conflict',
        errors: [{ path: 'cursor' }],
      })
    }
  })

  it('tells completions after all tasks, each once', async ({ expect }) => {
    const ada = await signUp('ada')
    await fill(ada, 100)
    await sql(
      `insert into completions (user_id, id, task_id, title, completed_at)
       select $1, gen_random_uuid(), (select id from tasks where user_id = $1 limit 1), 'done', now() - n % 7 * interval '1 second'
       from generate_series(1, 950) as n`,
      [ada.id],
    )
    const pages = await pagesOf(ada)
    expect(pages.map(({ tasks, completions }) => [tasks.length, completions.length])).toEqual([
      [100, 400],
      [0, 500],
      [0, 50],
    ])
    expect(new Set(pages.flatMap(({ completions }) => completions.map(({ id }) => id))).size).toBe(950)
  })

  it('asks the database once a page', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker()]
    await fill(ada, 600)
    await worker.as(ada).send('GET', '/v1/me')
    const { calls, result } = await worker.counting(() => pagesOf(worker.as(ada)))
    expect([calls, result.length]).toEqual([2, 2])
  })

  it('is one’s own, whoever’s cursor it is', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    for (const person of [ada, bob]) {
      await fill(person, 501)
      await sql('update edgewise.writers set last_write = 7 where user_id = $1', [person.id])
    }
    const before = await rowsOf(ada.id)
    const [own, hers] = [await pagesOf(bob), await pagesOf(ada)]
    const ids = new Set(own.flatMap(({ tasks }) => tasks.map(({ id }) => id)))
    const found = await (await bob.send('GET', hers[0]?.next ?? '')).json<ExportFile>()
    expect(found.tasks.length).toBeGreaterThan(0)
    expect(found.tasks.every(({ id }) => ids.has(id))).toBe(true)
    expect(await rowsOf(ada.id)).toEqual(before)
  })

  it('takes no cursor that it has not written', async ({ expect }) => {
    const ada = await signUp('ada')
    await fill(ada, 501)
    const { next } = await (await ada.send('GET', '/v1/export')).json<ExportFile>()
    const cursor = new URLSearchParams(next?.split('?')[1]).get('cursor') ?? ''
    const parts = JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')))
    const forged = (change: Record<number, string>) =>
      btoa(JSON.stringify(Object.assign([...parts], change))).replaceAll('=', '')
    for (const bad of [
      '',
      'x',
      `${cursor}=`,
      forged({ 1: '-1' }),
      forged({ 2: '0000-01-01T00:00:00.000Z' }),
      forged({ 3: '0' }),
      forged({ 3: '7' }),
      forged({ 3: '6' }),
      forged({ 4: 'a' }),
      forged({ 4: "a0' or 1=1" }),
      forged({ 5: 'x' }),
    ]) {
      expect(await read(await ada.send('GET', `/v1/export?cursor=${bad}`)), bad).toMatchObject({
        status: 400,
        code: 'invalid_cursor',
      })
    }
    expect((await ada.send('GET', `/v1/export?format=csv&cursor=${cursor}`)).status).toBe(400)
  })
})

describe('an export as CSV', () => {
  it('is a table of the live tasks, with names for ids, and no cell a formula', async ({ expect }) => {
    const ada = await signUp('ada')
    const list = await (await ada.send('POST', '/v1/lists', { name: 'Home, "sweet"' })).json<{ id: string }>()
    const [errand, shop] = await Promise.all(
      ['errand', 'shop'].map(async (name) =>
        (await ada.send('POST', '/v1/labels', { name })).json<{ id: string }>(),
      ),
    )
    const top = await ada.addTask('=1+1', {
      notes: 'two\nlines',
      priority: 2,
      due: { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Berlin' },
      recurrence: { rule: 'FREQ=DAILY' },
      listId: list.id,
      labelIds: [shop?.id, errand?.id],
    })
    const below = await ada.addTask('below\rthat', { parentId: top.id, due: { date: '2026-12-01' } })
    const done = await ada.send('POST', `/v1/tasks/${below.id}/completion`)
    const { completedAt } = await done.json<{ completedAt: string }>()
    const { id } = await ada.addTask('gone')
    await ada.send('DELETE', `/v1/tasks/${id}`)
    expect(await (await ada.send('GET', '/v1/export?format=csv')).text()).toBe(
      [
        'id,title,notes,priority,due,timeZone,recurrence,list,labels,parentId,completedAt,createdAt',
        `${top.id},'=1+1,"two\nlines",2,2026-12-01T09:00:00,Europe/Berlin,FREQ=DAILY,"Home, ""sweet""","shop, errand",,,${top.createdAt}`,
        `${below.id},"below\rthat",,0,2026-12-01,,,"Home, ""sweet""",,${top.id},${completedAt},${below.createdAt}`,
        '',
      ].join('\r\n'),
    )
  })
})

describe('an export as iCalendar', () => {
  it('is a calendar of the live tasks, with all that they have', async ({ expect }) => {
    const ada = await signUp('ada')
    const [list, label, other] = [aList({ name: 'Home, sweet' }), aLabel(), aLabel({ name: 'a;b' })]
    const top = aTask({
      title: 'Buy\tmilk',
      notes: 'two\r\nbottles\u0007\u007f\rand \\ a loaf',
      priority: 2,
      due: { dateTime: '2026-12-01T09:00:00', timeZone: 'UTC' },
      recurrence: { rule: 'FREQ=DAILY;INTERVAL=2', from: 'completion', start: '2026-12-01' },
      occurrence: '2026-12-01',
      listId: list.id,
      labelIds: [other.id, label.id],
      createdAt: '2026-10-01T08:00:00.000Z',
    })
    const below = aTask({
      title: 'done',
      due: { date: '2026-11-30' },
      listId: list.id,
      parentId: top.id,
      position: 'a1',
      completedAt: '2026-11-20T10:15:00.000Z',
    })
    const gone = aTask({ position: 'a2', deletedAt: new Date().toISOString() })
    await imported(ada, aFile({ lists: [list], labels: [label, other], tasks: [top, below, gone] }))
    const tasks = await ada.tasks()
    const changed = (id: string) => {
      const { updatedAt = '' } = tasks.find((task) => task.id === id) ?? {}
      return `${updatedAt.slice(0, 19).replaceAll(/[-:]/g, '')}Z`
    }
    const file = await (await ada.send('GET', '/v1/export?format=ics')).text()
    expect(file.split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Edgewise//Export//EN',
      'BEGIN:VTODO',
      `UID:${top.id}`,
      `DTSTAMP:${changed(top.id)}`,
      'CREATED:20261001T080000Z',
      `LAST-MODIFIED:${changed(top.id)}`,
      'SUMMARY:Buy\tmilk',
      'DESCRIPTION:two\\nbottles\\nand \\\\ a loaf',
      'PRIORITY:5',
      'DUE:20261201T090000Z',
      'DTSTART:20261201T090000Z',
      'RRULE:FREQ=DAILY;INTERVAL=2',
      'X-EDGEWISE-RECURS-FROM;VALUE=TEXT:COMPLETION',
      'STATUS:NEEDS-ACTION',
      'CATEGORIES:a\\;b,errand',
      'X-EDGEWISE-LIST;VALUE=TEXT:Home\\, sweet',
      'END:VTODO',
      'BEGIN:VTODO',
      `UID:${below.id}`,
      `DTSTAMP:${changed(below.id)}`,
      'CREATED:20261121T093000Z',
      `LAST-MODIFIED:${changed(below.id)}`,
      'SUMMARY:done',
      'DUE;VALUE=DATE:20261130',
      'STATUS:COMPLETED',
      'COMPLETED:20261120T101500Z',
      'PERCENT-COMPLETE:100',
      `RELATED-TO;RELTYPE=PARENT:${top.id}`,
      'X-EDGEWISE-LIST;VALUE=TEXT:Home\\, sweet',
      'END:VTODO',
      'END:VCALENDAR',
      '',
    ])
  })

  const zonesOf = async (timeZone: string, ...dateTimes: string[]) => {
    const ada = await signUp('ada')
    for (const dateTime of dateTimes) await ada.addTask('x', { due: { dateTime, timeZone } })
    const file = await (await ada.send('GET', '/v1/export?format=ics')).text()
    return /BEGIN:VTIMEZONE[\s\S]*END:VTIMEZONE/.exec(file)?.[0].split('\r\n')
  }

  it('says how the clocks are where something is due, from the year before to the year after', async ({
    expect,
  }) => {
    const zone = await zonesOf('Europe/Berlin', '2027-07-01T09:00:00', '2026-07-01T09:00:00')
    expect(zone).toEqual([
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Berlin',
      'BEGIN:STANDARD',
      'DTSTART:20250101T010000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:20250330T020000',
      'RDATE:20260329T020000',
      'RDATE:20270328T020000',
      'RDATE:20280326T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'END:DAYLIGHT',
      'BEGIN:STANDARD',
      'DTSTART:20251026T030000',
      'RDATE:20261025T030000',
      'RDATE:20271031T030000',
      'RDATE:20281029T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'END:STANDARD',
      'END:VTIMEZONE',
    ])
  })

  it.for([
    ['behind by half an hour', 'America/St_Johns', '2026-07-01', ['TZOFFSETFROM:-0330', 'TZOFFSETTO:-0230']],
    ['that change for a month', 'Africa/Casablanca', '2026-07-01', ['RDATE:20260215T030000']],
    ['before there were zones', 'Europe/Berlin', '0050-07-01', ['DTSTART:00490101T005328']],
    ['in the first year', 'America/New_York', '0001-07-01', ['DTSTART:00011231T190358', 'TZOFFSETTO:-0456']],
    ['in the last year', 'Europe/Berlin', '9999-07-01', ['DTSTART:99980101T010000']],
  ] as const)('knows clocks %s', async ([, timeZone, day, known], { expect }) => {
    const zone = (await zonesOf(timeZone, `${day}T09:00:00`)) ?? []
    expect(zone).toEqual(expect.arrayContaining([...known]))
    const times = zone.filter((line) => /^(?:DTSTART|RDATE)/.test(line))
    expect(times.filter((line) => !/^(?:DTSTART|RDATE):\d{8}T\d{6}$/.test(line))).toEqual([])
    const offsets = zone.filter((line) => line.startsWith('TZOFFSET'))
    expect(offsets.filter((line) => !/^TZOFFSET(?:FROM|TO):[+-][01]\d[0-5]\d$/.test(line))).toEqual([])
  })

  it('tells the clocks of thirty years at most', async ({ expect }) => {
    const zone = await zonesOf('Europe/Berlin', '2026-07-01T09:00:00', '2100-07-01T09:00:00')
    expect(zone?.findLast((line) => line.startsWith('RDATE'))).toBe('RDATE:20551031T030000')
  })

  it('needs no clocks for UTC, for days, nor for times anywhere', async ({ expect }) => {
    const ada = await signUp('ada')
    expect(await zonesOf('UTC', '2026-07-01T09:00:00')).toBeUndefined()
    await ada.addTask('x', { due: { date: '2026-07-01' } })
    await ada.addTask('x', { due: { dateTime: '2026-07-01T09:00:00' } })
    expect(await (await ada.send('GET', '/v1/export?format=ics')).text()).not.toContain('VTIMEZONE')
  })

  it('counts what is left of a series, where its end is known', async ({ expect }) => {
    const ada = await signUp('ada')
    const due = { date: '2130-01-01' }
    const { id } = await ada.addTask('pills', { due, recurrence: { rule: 'FREQ=DAILY;COUNT=5' } })
    await ada.addTask('for long', { due, recurrence: { rule: 'FREQ=DAILY;COUNT=500' } })
    const counts = async () => {
      const calendar = await (await ada.send('GET', '/v1/export?format=ics')).text()
      return [...calendar.matchAll(/COUNT=\d+/g)].map(String)
    }
    expect(await counts()).toEqual(['COUNT=5', 'COUNT=500'])
    await ada.send('POST', `/v1/tasks/${id}/completion`)
    await ada.send('POST', `/v1/tasks/${id}/completion`)
    expect(await counts()).toEqual(['COUNT=3', 'COUNT=500'])
    const everything = await (await ada.send('GET', '/v1/export')).json<{ tasks: { id: string }[] }>()
    expect(everything.tasks.find((task) => task.id === id)).toMatchObject({
      recurrence: { rule: 'FREQ=DAILY;COUNT=5', start: due.date },
    })
  })
})

describe('what was exported', () => {
  it('is the same after it was imported, page by page, into an account with other things', async ({
    expect,
  }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    await fill(ada, 1_100)
    await imported(bob, aFile({ tasks: [aTask({ title: 'his', position: place(0) })] }))
    await sql(`update tasks set position = 'e01050' where user_id = $1`, [bob.id])
    for (const page of await pagesOf(ada)) await imported(bob, page)
    const levels = (titles: { title: string; parentId: string | null }[]) =>
      titles.filter(({ parentId, title }) => parentId === null && title !== 'his').map(({ title }) => title)
    expect(levels((await everythingOf(bob)).tasks)).toEqual(levels((await everythingOf(ada)).tasks))
  })
})
