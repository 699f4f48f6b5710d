import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { QuickResult } from '../src/quick/contract.ts'
import { rowsOf, sql } from './support/database.ts'
import { type Person, signUp } from './support/person.ts'
import { holds } from './support/property.ts'

const EXAMPLE = 'Pay rent every 1st 9am #home !3 tomorrow'
const PATH = '/v1/tasks/quick'

const quick = (person: Person, text: string, fields: object = {}, headers: Record<string, string> = {}) =>
  person.send('POST', PATH, { text, timeZone: 'Europe/Berlin', ...fields }, headers)

const made = async (person: Person, text: string, fields: object = {}) => {
  const answer = await quick(person, text, fields)
  if (!answer.ok) throw new Error(`${text} is answered ${answer.status}: ${await answer.text()}`)
  return answer.json<QuickResult>()
}

const add = async (person: Person, kind: 'lists' | 'labels', name: string) =>
  (await (await person.send('POST', `/v1/${kind}`, { name })).json<{ id: string }>()).id

const namesOf = async (person: Person, kind: 'lists' | 'labels') => {
  const answer = await person.send('GET', `/v1/${kind}?limit=100`)
  return (await answer.json<{ items: { name: string }[] }>()).items.map(({ name }) => name)
}

describe('a task in plain words', () => {
  it('is made as it is understood, with a list and labels that were not there', async ({ expect }) => {
    const ada = await signUp('ada')
    const answer = await quick(ada, `${EXAMPLE} @flat @money`)
    expect(answer.status).toBe(201)
    const { task, understood } = await answer.json<QuickResult>()
    expect(answer.headers.get('Location')).toBe(`/v1/tasks/${task.id}`)
    expect(answer.headers.get('ETag')).toBe('"1"')
    expect(understood).toMatchObject({
      title: 'Pay rent',
      due: { dateTime: /^\d{4}-\d\d-01T09:00:00$/, timeZone: 'Europe/Berlin' },
      recurrence: { rule: 'FREQ=MONTHLY;BYMONTHDAY=1', from: 'schedule' },
      priority: 3,
      list: { name: 'home', isNew: true },
      labels: [
        { name: 'flat', isNew: true },
        { name: 'money', isNew: true },
      ],
    })
    expect(task).toMatchObject({
      title: 'Pay rent',
      notes: '',
      priority: 3,
      due: understood.due,
      recurrence: understood.recurrence,
      listId: understood.list?.id,
      labelIds: understood.labels.map(({ id }) => id),
      parentId: null,
      version: 1,
    })
    expect(await (await ada.send('GET', `/v1/tasks/${task.id}`)).json()).toEqual(task)
    expect(await namesOf(ada, 'lists')).toEqual(['home'])
    expect(await namesOf(ada, 'labels')).toEqual(['flat', 'money'])
  })

  it('recurs as one that was made with its rule', async ({ expect }) => {
    const ada = await signUp('ada')
    const { task } = await made(ada, 'Water plants every day at 9am')
    const done = await ada.send('POST', `/v1/tasks/${task.id}/completion`)
    expect(await done.json()).toMatchObject({
      completedAt: null,
      due: { timeZone: 'Europe/Berlin' },
      version: 2,
    })
  })

  it('goes where a name is known, in any letter case, and makes no other of it', async ({ expect }) => {
    const ada = await signUp('ada')
    const [home, flat] = [await add(ada, 'lists', 'Home'), await add(ada, 'labels', 'Flat')]
    const { task, understood } = await made(ada, 'Paint #hOME @fLAT @new')
    expect(task).toMatchObject({ title: 'Paint', listId: home })
    expect(understood).toMatchObject({
      list: { id: home, name: 'Home', isNew: false },
      labels: [
        { id: flat, name: 'Flat', isNew: false },
        { name: 'new', isNew: true },
      ],
    })
    expect(await namesOf(ada, 'lists')).toEqual(['Home'])
    expect(await namesOf(ada, 'labels')).toEqual(['Flat', 'new'])
  })

  it('goes into an archived list, if there is no other, and never into one in the trash', async ({
    expect,
  }) => {
    const ada = await signUp('ada')
    const [old, gone] = [await add(ada, 'lists', 'old'), await add(ada, 'lists', 'gone')]
    await ada.send('PATCH', `/v1/lists/${old}`, { archived: true })
    await ada.send('DELETE', `/v1/lists/${gone}`)
    expect((await made(ada, 'a #old')).task.listId).toBe(old)
    const { understood } = await made(ada, 'a #gone')
    expect(understood.list).toMatchObject({ isNew: true })
    expect(understood.list?.id).not.toBe(gone)

    const open = await add(ada, 'lists', 'Old')
    expect((await made(ada, 'a #old')).task.listId).toBe(open)
  })

  it('has a label anew whose name is in the trash', async ({ expect }) => {
    const ada = await signUp('ada')
    const gone = await add(ada, 'labels', 'gone')
    await ada.send('DELETE', `/v1/labels/${gone}`)
    const { task, understood } = await made(ada, 'a @gone')
    expect(understood.labels).toMatchObject([{ name: 'gone', isNew: true }])
    expect(task.labelIds).not.toContain(gone)
  })

  it('never meets the lists and labels of somebody else', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const hers = [await add(ada, 'lists', 'home'), await add(ada, 'labels', 'flat')]
    const before = await rowsOf(ada.id)
    const { task, understood } = await made(bob, 'a #home @flat')
    expect(understood).toMatchObject({ list: { isNew: true }, labels: [{ isNew: true }] })
    expect(hers).not.toContain(task.listId)
    expect(hers).not.toContain(task.labelIds[0])
    expect(await rowsOf(ada.id)).toEqual(before)
  })

  it('may have labels that only the database knows to be one', async ({ expect }) => {
    const ada = await signUp('ada')
    const { task, understood } = await made(ada, 'a @ΑΣ @ασ @ας @İ @i̇ @ẞ @ß @Ǆ @ǅ')
    expect(task.labelIds).toEqual(understood.labels.map(({ id }) => id))
    expect(new Set(task.labelIds).size).toBe(task.labelIds.length)
  })

  it('is a task in the inbox without anything, where nothing is understood', async ({ expect }) => {
    const ada = await signUp('ada')
    const { task, understood } = await made(ada, '  Milch kaufen\n')
    expect(task).toMatchObject({
      title: 'Milch kaufen',
      due: null,
      recurrence: null,
      listId: null,
      labelIds: [],
    })
    expect(understood).toEqual({
      title: 'Milch kaufen',
      due: null,
      recurrence: null,
      priority: 0,
      list: null,
      labels: [],
      pieces: [],
    })
  })

  it('may have as many characters as a title', async ({ expect }) => {
    const text = '字'.repeat(500)
    expect((await made(await signUp('ada'), text)).task.title).toBe(text)
  })

  it('is understood as of now', async ({ expect }) => {
    const ada = await signUp('ada')
    const earliest = Date.now()
    const { task } = await made(ada, 'a in 2 days', { timeZone: 'UTC' })
    const days = [earliest, Date.now()].map((now) =>
      new Date(now + 2 * 86_400_000).toISOString().slice(0, 10),
    )
    expect(days.map((date) => ({ date }))).toContainEqual(task.due)
  })

  it.for([
    [{ text: '' }, 'text'],
    [{ text: ' \n' }, 'text'],
    [{ text: 'a'.repeat(501) }, 'text'],
    [{ text: 'a\0' }, 'text'],
    [{ timeZone: 'Mars/Phobos' }, 'timeZone'],
    [{ timeZone: undefined }, 'timeZone'],
    [{ dryRun: 'yes' }, 'dryRun'],
    [{ title: 'a' }, 'title'],
  ] as const)('is refused with %j', async ([fields, path], { expect }) => {
    const answer = await quick(await signUp('ada'), 'a', fields)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'invalid_request', errors: [{ path }] })
  })

  it('is not made when its list would be one too many', async ({ expect }) => {
    const ada = await signUp('ada')
    await made(ada, 'a #home')
    await sql('update edgewise.writers set lists = 500 where user_id = $1', [ada.id])
    expect((await quick(ada, 'b #Home')).status).toBe(201)
    for (const dryRun of [false, true]) {
      const answer = await quick(ada, 'c #other @label', { dryRun })
      expect(answer.status).toBe(409)
      expect(await answer.json()).toMatchObject({ code: 'quota_exceeded' })
    }
    expect((await ada.tasks()).map(({ title }) => title)).toEqual(['b', 'a'])
    expect(await namesOf(ada, 'labels')).toEqual([])
  })
})

describe('a dry run', () => {
  it('shows what would be made, and makes nothing', async ({ expect }) => {
    const ada = await signUp('ada')
    await made(ada, 'a #known')
    const before = await rowsOf(ada.id)
    const answer = await quick(ada, 'Pay rent every 1st #known @new', { dryRun: true })
    expect(answer.status).toBe(200)
    expect(answer.headers.has('Location')).toBe(false)
    const tried = await answer.json<QuickResult>()
    expect(await rowsOf(ada.id)).toEqual(before)

    const real = await made(ada, 'Pay rent every 1st #known @new')
    expect(withoutIds(real)).toEqual(withoutIds(tried))
  })

  it('leaves its key to nobody', async ({ expect }) => {
    const [ada, headers] = [await signUp('ada'), { 'Idempotency-Key': crypto.randomUUID() }]
    expect((await quick(ada, 'a #b', { dryRun: true }, headers)).status).toBe(200)
    expect((await quick(ada, 'a #b', {}, headers)).status).toBe(201)
    expect((await quick(ada, 'a #b', { dryRun: true }, headers)).status).toBe(422)
  })

  /** All that is the same each time. */
  const withoutIds = ({ task, understood }: QuickResult) => {
    const { id: _, createdAt: __, updatedAt: ___, labelIds, ...rest } = task
    const labels = understood.labels.map(({ name, isNew }) => ({ name, isNew }))
    return { ...rest, labelCount: labelIds.length, understood: { ...understood, labels } }
  }
})

describe('a task in plain words under an idempotency key', () => {
  it('is answered as the first time, whatever has become of it and its list since', async ({ expect }) => {
    const [ada, headers] = [await signUp('ada'), { 'Idempotency-Key': crypto.randomUUID() }]
    const told = async () => {
      const answer = await quick(ada, EXAMPLE, {}, headers)
      return [answer.status, answer.headers.get('Location'), answer.headers.get('ETag'), await answer.text()]
    }
    const first = await told()
    expect(first[0]).toBe(201)
    const { task }: QuickResult = JSON.parse(String(first[3]))
    await ada.send('PATCH', `/v1/tasks/${task.id}`, { title: 'changed' })
    await ada.send('DELETE', `/v1/lists/${task.listId}`)
    expect(await told()).toEqual(first)
    expect(await ada.tasks()).toEqual([])
  })

  it('is what was understood then, though the words mean something else by now', async ({ expect }) => {
    const [ada, headers] = [await signUp('ada'), { 'Idempotency-Key': crypto.randomUUID() }]
    const first: QuickResult = await (await quick(ada, 'a tomorrow', {}, headers)).json()
    // As if it had been a day earlier.
    await sql(
      `update edgewise.answers set answers = replace(answers::text, $2, '2001-01-01')::jsonb where user_id = $1`,
      [ada.id, first.understood.due && 'date' in first.understood.due ? first.understood.due.date : ''],
    )
    const again: QuickResult = await (await quick(ada, 'a tomorrow', {}, headers)).json()
    expect(again.understood).toEqual({ ...first.understood, due: { date: '2001-01-01' } })
  })

  it('is made once by ten that come at once', async ({ expect }) => {
    const [ada, headers] = [await signUp('ada'), { 'Idempotency-Key': crypto.randomUUID() }]
    const answers = await Promise.all(
      Array.from({ length: 10 }, async () => (await quick(ada, 'a #b @c', {}, headers)).text()),
    )
    expect(new Set(answers).size).toBe(1)
    expect(await ada.tasks()).toHaveLength(1)
  })
})

describe('two tasks in plain words at once', () => {
  it('share the list and the label that both of them name', async ({ expect }) => {
    const ada = await signUp('ada')
    const results = await Promise.all(Array.from({ length: 8 }, (_, n) => made(ada, `${n} #home @flat`)))
    expect(new Set(results.map(({ task }) => `${task.listId} ${task.labelIds}`)).size).toBe(1)
    expect(results.filter(({ understood }) => understood.list?.isNew)).toHaveLength(1)
  })
})

describe('whatever the text', () => {
  it('it is made, and shown before as it is made', async ({ expect }) => {
    const ada = await signUp('ada')
    const word = fc.constantFrom(
      ...[
        'every',
        'every!',
        'day',
        '999',
        'years',
        'quarters',
        'monday',
        'and',
        'last',
        '31st',
        'of',
        'february',
      ],
      ...[
        'until',
        'for',
        'tomorrow',
        '9am',
        'in',
        '3',
        'hours',
        'dec 24',
        '#home',
        '@a',
        '@ß',
        '!3',
        '#"x y"',
        '(',
        ',',
      ],
      ...['pay', '字', '👍', 'e\u0301', '\u202e', "'", '"', '\\', '$1', '{}', '%00', '99999999999'],
    )
    const text = fc.array(word, { minLength: 1, maxLength: 20 }).map((words) => words.join(' '))
    const property = fc.asyncProperty(text, fc.boolean(), async (text, dryRun) => {
      const answer = await quick(ada, text, { dryRun })
      expect(answer.status, await answer.clone().text()).toBe(dryRun ? 200 : 201)
      const { task, understood } = await answer.json<QuickResult>()
      expect(task.title).toBe(understood.title)
      expect(task.title).not.toBe('')
      expect(task.due).toEqual(understood.due)
      expect(task.labelIds).toEqual(understood.labels.map(({ id }) => id))
    })
    await holds(property, 60)
  })
})
