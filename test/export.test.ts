import { describe, it } from 'vitest'
import type { ExportFile } from '../src/export/contract.ts'
import { rowsOf, sql } from './support/database.ts'
import { aFile, aTask, place } from './support/export-file.ts'
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
    const below = await ada.addTask('below', { parentId: top.id })
    const { id } = await ada.addTask('gone')
    await ada.send('DELETE', `/v1/tasks/${id}`)
    expect(await (await ada.send('GET', '/v1/export?format=csv')).text()).toBe(
      [
        'id,title,notes,priority,due,timeZone,recurrence,list,labels,parentId,completedAt,createdAt',
        `${top.id},'=1+1,"two\nlines",2,2026-12-01T09:00:00,Europe/Berlin,FREQ=DAILY,"Home, ""sweet""","shop, errand",,,${top.createdAt}`,
        `${below.id},below,,0,,,,"Home, ""sweet""",,${top.id},,${below.createdAt}`,
        '',
      ].join('\r\n'),
    )
  })
})

describe('an export as a calendar', () => {
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
