import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, it } from 'vitest'
import type { Task } from '../src/tasks/contract.ts'
import { sql } from './support/database.ts'
import { type Person, signUp } from './support/person.ts'

interface Page {
  items: Task[]
  nextCursor: string | null
}

const page = async (person: Person, query: Record<string, string>): Promise<Page> => {
  const answer = await person.send('GET', `/v1/tasks?${new URLSearchParams(query)}`)
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`)
  return answer.json()
}
const titles = async (person: Person, query: Record<string, string>) =>
  (await page(person, { limit: '100', ...query })).items.map(({ title }) => title)

const BERLIN = 'Europe/Berlin'
const TOKYO = 'Asia/Tokyo'
const LOS_ANGELES = 'America/Los_Angeles'

let ada: Person
let [list, label, parent] = ['', '', '']
beforeAll(async () => {
  ada = await signUp('ada')
  list = crypto.randomUUID()
  label = crypto.randomUUID()
  parent = uuidv7()
  const dateTime = '2030-06-15T01:00:00'
  const answer = await ada.send('POST', '/v1/batch', {
    operations: [
      { operation: 'createList', body: { id: list, name: 'Home' } },
      { operation: 'createLabel', body: { id: label, name: 'errand' } },
      ...[
        { id: parent, title: 'top', listId: list, priority: 3 },
        { title: 'below', parentId: parent, labelIds: [label] },
        { title: 'labelled', labelIds: [label], priority: 1 },
        { title: 'on the 14th', due: { date: '2030-06-14' } },
        { title: 'on the 15th', due: { date: '2030-06-15' }, priority: 1 },
        { title: 'at one', due: { dateTime } },
        { title: 'at one in Tokyo', due: { dateTime, timeZone: TOKYO } },
        { title: 'at one in Los Angeles', due: { dateTime, timeZone: LOS_ANGELES }, listId: list },
        { title: 'long ago', due: { date: '2001-01-01' } },
        { title: 'long ago, at nine', due: { dateTime: '2001-01-01T09:00:00', timeZone: BERLIN } },
      ].map((body) => ({ operation: 'createTask', body })),
    ],
  })
  if (answer.status !== 200) throw new Error(await answer.text())
})

describe('a list of tasks', () => {
  it.for<[Record<string, string>, string[]]>([
    [{ list: 'LIST' }, ['top', 'below', 'at one in Los Angeles']],
    [{ list: 'LIST', parent: 'none' }, ['top', 'at one in Los Angeles']],
    [{ parent: 'PARENT' }, ['below']],
    [{ label: 'LABEL' }, ['below', 'labelled']],
    [{ label: 'LABEL', list: 'inbox' }, ['labelled']],
    [{ priority: '1' }, ['labelled', 'on the 15th']],
    [{ priority: '1', label: 'LABEL' }, ['labelled']],
    [{ due: 'none' }, ['top', 'below', 'labelled']],
    [{ due: 'overdue' }, ['long ago', 'long ago, at nine']],
    [{ dueOn: '2030-06-15' }, ['on the 15th', 'at one', 'at one in Los Angeles']],
    [{ dueOn: '2030-06-14' }, ['on the 14th', 'at one in Tokyo']],
    [
      { dueOn: '2030-06-15', timeZone: TOKYO },
      ['on the 15th', 'at one', 'at one in Tokyo', 'at one in Los Angeles'],
    ],
    [{ dueOn: '2030-06-14', timeZone: LOS_ANGELES }, ['on the 14th', 'at one in Tokyo']],
    [{ dueBefore: '2030-06-15' }, ['on the 14th', 'at one in Tokyo', 'long ago', 'long ago, at nine']],
    [{ dueAfter: '2030-06-14' }, ['on the 15th', 'at one', 'at one in Los Angeles']],
    [{ dueAfter: '2030-06-14', dueBefore: '2030-06-15' }, []],
    [{ dueAfter: '2030-06-13', dueBefore: '2030-06-15' }, ['on the 14th', 'at one in Tokyo']],
    [{ changedSince: '2001-01-01T00:00:00Z', label: 'LABEL' }, ['below', 'labelled']],
    [{ changedSince: '9999-01-01T00:00:00Z' }, []],
  ])('can be narrowed: %j', async ([query, expected], { expect }) => {
    const ids: Record<string, string> = { LIST: list, LABEL: label, PARENT: parent }
    const actual = Object.fromEntries(
      Object.entries(query).map(([name, value]) => [name, ids[value] ?? value]),
    )
    expect(await titles(ada, { ...actual, sort: 'position' })).toEqual(expected)
  })

  it('of somebody else’s list, label or parent is empty, like one of none', async ({ expect }) => {
    const bob = await signUp('bob')
    await bob.addTask('his')
    for (const query of [{ list }, { label }, { parent }, { list: crypto.randomUUID() }])
      expect(await titles(bob, query)).toEqual([])
  })

  it.for<[string, string[]]>([
    ['position', ['top', 'below', 'labelled', 'on the 14th', 'on the 15th']],
    ['due', ['long ago', 'long ago, at nine', 'on the 14th', 'on the 15th', 'at one']],
    ['priority', ['top', 'on the 15th', 'labelled', 'long ago, at nine', 'long ago']],
    ['created', ['long ago, at nine', 'long ago', 'at one in Los Angeles', 'at one in Tokyo', 'at one']],
  ])('comes in the order of %s', async ([sort, expected], { expect }) => {
    const found = await titles(ada, { sort })
    expect(found).toHaveLength(10)
    if (sort !== 'due') return expect(found.slice(0, 5)).toEqual(expected)
    expect(found.slice(0, 4)).toEqual(expected.slice(0, 4))
    expect(found.slice(7).toSorted()).toEqual(['below', 'labelled', 'top'])
  })

  it('comes in the order of the changes', async ({ expect }) => {
    const bob = await signUp('bob')
    const [first] = [await bob.addTask('first'), await bob.addTask('second')]
    await bob.send('PATCH', `/v1/tasks/${first.id}`, { priority: 1 })
    expect(await titles(bob, { sort: 'changed' })).toEqual(['first', 'second'])
  })

  it.for(['position', 'due', 'priority', 'created', 'changed', 'relevance'])(
    'in the order of %s comes in pages that neither skip nor repeat',
    async (sort, { expect }) => {
      const query = { sort, ...(sort === 'relevance' && { q: 'o' }) }
      const whole = (await page(ada, { ...query, limit: '100' })).items
      expect(whole.length).toBeGreaterThan(4)
      for (const limit of ['1', '3']) {
        const seen: Task[] = []
        // Pages that never end show it when they are too many.
        for (let cursor: string | null = ''; cursor !== null && seen.length <= whole.length; ) {
          const next: Page = await page(ada, { ...query, limit, ...(cursor && { cursor }) })
          seen.push(...next.items)
          cursor = next.nextCursor
        }
        expect(seen).toEqual(whole)
      }
    },
  )

  it.for([
    // 02:30 comes twice in Berlin: first at 00:30 UTC, which is still the day before on Cape Verde.
    ['2031-10-26T02:30:00', '2031-10-25', 'Atlantic/Cape_Verde'],
    ['2031-10-26T03:00:00', '2031-10-26', 'Atlantic/Cape_Verde'],
    ['2031-10-27T00:30:00', '2031-10-26', 'Atlantic/Cape_Verde'],
    // 02:30 is left out in Berlin: it is 01:30 UTC, as if the clocks had not been put forward.
    ['2031-03-30T02:30:00', '2031-03-30', 'Atlantic/Cape_Verde'],
    ['2031-03-30T01:30:00', '2031-03-29', 'Atlantic/Cape_Verde'],
  ] as const)(
    'has what is due at %s in Berlin on %s in %s',
    async ([dateTime, day, timeZone], { expect }) => {
      const bob = await signUp('bob')
      await bob.addTask('here', { due: { dateTime, timeZone: BERLIN } })
      expect(await titles(bob, { dueOn: day, timeZone })).toEqual(['here'])
    },
  )

  it('has one day that is today', async ({ expect }) => {
    const bob = await signUp('bob')
    const days = await sql(
      'select (now()::date + day)::text as date from generate_series(-3, 3) as day order by day',
    )
    for (const { date } of days) await bob.addTask(String(date), { due: { date } })
    const [today = '', ...others] = await titles(bob, { due: 'today' })
    expect(others).toEqual([])
    expect(await titles(bob, { dueOn: today })).toEqual([today])
    const earlier = days.map(({ date }) => String(date)).filter((date) => date < today)
    expect(await titles(bob, { due: 'overdue', sort: 'due' })).toEqual(earlier)
    const [inSamoa = ''] = await titles(bob, { due: 'today', timeZone: 'Pacific/Kiritimati' })
    const [inNiue = ''] = await titles(bob, { due: 'today', timeZone: 'Pacific/Niue' })
    expect(inSamoa > inNiue).toBe(true)
  })

  it('counts nothing as overdue that is done', async ({ expect }) => {
    const bob = await signUp('bob')
    const { id } = await bob.addTask('done', { due: { date: '2001-01-01' } })
    await bob.send('POST', `/v1/tasks/${id}/completion`)
    expect(await titles(bob, { due: 'overdue' })).toEqual([])
  })

  it.for<[Record<string, string>, string]>([
    [{ list: 'home' }, 'list'],
    [{ label: 'none' }, 'label'],
    [{ parent: 'inbox' }, 'parent'],
    [{ priority: '4' }, 'priority'],
    [{ due: 'tomorrow' }, 'due'],
    [{ dueOn: '2030-02-30' }, 'dueOn'],
    [{ dueBefore: '0000-01-01' }, 'dueBefore'],
    [{ dueAfter: 'today' }, 'dueAfter'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ changedSince: '2030-01-01' }, 'changedSince'],
    [{ q: '' }, 'q'],
    [{ q: ' ' }, 'q'],
    [{ sort: 'title' }, 'sort'],
    [{ sort: 'relevance' }, 'sort'],
  ])('refuses %j', async ([query, path], { expect }) => {
    const answer = await ada.send('GET', `/v1/tasks?${new URLSearchParams(query)}`)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'invalid_request', errors: [{ path }] })
  })
})

describe('a search', () => {
  it.for<[string, string[]]>([
    ['milk', ['Buy milk', 'Letter']],
    ['MIL', ['Buy milk', 'Letter']],
    ['buy milk', ['Buy milk']],
    ['cafe', ['Café crème']],
    ['CRÈME', ['Café crème']],
    ['strasse', ['Straße kehren']],
    ['straß', ['Straße kehren']],
    ['lodz', ['Łódź']],
    ['молок', ['Молоко']],
    ['42', ['Room 42']],
    ["o'brien", ["O'Brien"]],
    ['ilk', []],
    ['milk bread', []],
    ["milk' | 'x", []],
    ['milk & !buy', ['Buy milk']],
    [':* <-> ()', []],
    ['\\', []],
    ['100%', ['Give 100%']],
    ['bread', ['Eggs/bread_rolls', 'Ask baker@bread.example']],
    ['rolls', ['Eggs/bread_rolls']],
    ['eggs/bread', ['Eggs/bread_rolls']],
    ['baker@bread.example', ['Ask baker@bread.example']],
    ['example', ['Ask baker@bread.example', 'Read https://www.example.com/how-to?page=12']],
    ['page', ['Read https://www.example.com/how-to?page=12']],
    ['to', ['Read https://www.example.com/how-to?page=12']],
    ['12', ['Read https://www.example.com/how-to?page=12', 'Since 2024-12-01']],
    ['2024-12', ['Since 2024-12-01']],
    ['-', []],
  ])('for %j', async ([q, expected], { expect }) => {
    const found = await titles(await searched(), { q })
    expect(found.toSorted()).toEqual(expected.toSorted())
  })

  it('puts first what the title says', async ({ expect }) => {
    expect(await titles(await searched(), { q: 'milk', sort: 'relevance' })).toEqual(['Buy milk', 'Letter'])
  })

  it('sees what has changed', async ({ expect }) => {
    const bob = await signUp('bob')
    const { id } = await bob.addTask('Buy milk')
    await bob.send('PATCH', `/v1/tasks/${id}`, { title: 'Buy bread' })
    expect(await titles(bob, { q: 'milk' })).toEqual([])
    expect(await titles(bob, { q: 'bread' })).toEqual(['Buy bread'])
  })
})

describe('a search among texts of any length', () => {
  /** So many words, all different, that no compression makes few of. */
  const words = (count: number, seed: string) =>
    Array.from({ length: count }, (_, n) => `${seed}${((n + 1) * 7919 * 104_729).toString(36)}`).join(' ')

  it('finds long ones and short ones, in every order, and puts first what has the word most often', async ({
    expect,
  }) => {
    const bob = await signUp('bob')
    await bob.addTask('short', { notes: 'about milk' })
    await bob.addTask('long', { notes: `${words(900, 'a')} milk` })
    await bob.addTask('long, without', { notes: words(900, 'b') })
    await bob.addTask('long, of milk', { notes: `milk ${words(900, 'c')} milk milk` })
    const found = ['short', 'long', 'long, of milk']
    for (const sort of ['position', 'due', 'priority', 'created', 'changed', 'relevance']) {
      expect((await titles(bob, { q: 'milk', sort })).toSorted()).toEqual(found.toSorted())
    }
    const best: string[] = []
    for (let cursor: string | null = ''; cursor !== null && best.length <= found.length; ) {
      const query = { q: 'mil', sort: 'relevance', limit: '1', ...(cursor && { cursor }) }
      const next: Page = await page(bob, query)
      best.push(...next.items.map(({ title }) => title))
      cursor = next.nextCursor
    }
    expect([best[0], ...best.toSorted()]).toEqual(['long, of milk', ...found.toSorted()])
  })

  it('sees a text become long, and short again', async ({ expect }) => {
    const bob = await signUp('bob')
    const { id } = await bob.addTask('Shopping', { notes: 'milk' })
    for (const notes of [`${words(900, 'd')} bread`, 'milk', `bread ${words(900, 'e')}`]) {
      await bob.send('PATCH', `/v1/tasks/${id}`, { notes })
      const isBread = notes.includes('bread')
      expect(await titles(bob, { q: 'bread' })).toEqual(isBread ? ['Shopping'] : [])
      expect(await titles(bob, { q: 'milk' })).toEqual(isBread ? [] : ['Shopping'])
    }
  })

  it('keeps a text of any length, and of letters that become more of them', async ({ expect }) => {
    const bob = await signUp('bob')
    const texts = [
      ...Array.from({ length: 24 }, (_, n) => words((n + 1) * 12, `${n}x`)),
      Array.from({ length: 8_000 }, (_, n) => String.fromCodePoint(0x4e00 + n)).join(' '),
      '\ufdfa'.repeat(4_000),
      `${'y'.repeat(2_000)} ${'z'.repeat(2_000)}`,
    ]
    for (const [n, notes] of texts.entries()) await bob.addTask(`text ${n}`, { notes })
    expect(await titles(bob, { q: 'text' })).toHaveLength(texts.length)
    for (const n of [0, 11, 23]) {
      const last = texts[n]?.split(' ').at(-1) ?? ''
      expect(await titles(bob, { q: last })).toEqual([`text ${n}`])
    }
  })
})

let searcher: Promise<Person> | undefined
/** One person's tasks for all searches, as none of them changes anything. */
const searched = (): Promise<Person> => {
  searcher ??= (async () => {
    const bob = await signUp('bob')
    const names = [
      'Buy milk',
      'Café crème',
      'Straße kehren',
      'Łódź',
      'Молоко',
      'Room 42',
      "O'Brien",
      'Give 100%',
      'Eggs/bread_rolls',
      'Ask baker@bread.example',
      'Read https://www.example.com/how-to?page=12',
      'Since 2024-12-01',
    ]
    for (const title of names) await bob.addTask(title)
    await bob.addTask('Letter', { notes: 'about milk' })
    return bob
  })()
  return searcher
}
