import fc from 'fast-check'
import { describe, it } from 'vitest'
import { rowsOf } from './support/database.ts'
import { type Person, signUp } from './support/person.ts'
import { holds } from './support/property.ts'
import { everythingOf, imported, importing, pagesOf } from './support/transfer.ts'

const NAMES = ['list', 'label', 'task'] as const
type Thing = (typeof NAMES)[number]

/** Something that somebody does; numbers choose among what they have, if there is any. */
const act = fc.oneof(
  fc.record({ do: fc.constant('list' as const), name: fc.constantFrom('Home', 'home', 'Garden', 'a\n"b') }),
  fc.record({ do: fc.constant('label' as const) }),
  fc.record({
    do: fc.constant('task' as const),
    title: fc.constantFrom('buy milk', '=1+1', 'a\u0001b', 'zwölf 👍'),
    notes: fc.constantFrom('', 'two\r\nbottles', '\u2028'),
    priority: fc.nat({ max: 3 }),
    due: fc.constantFrom(
      null,
      { date: '2026-12-31' },
      { dateTime: '2026-10-25T02:30:00' },
      { dateTime: '2026-10-25T02:30:00', timeZone: 'Europe/Berlin' },
    ),
    recurs: fc.constantFrom(undefined, 'FREQ=DAILY', 'FREQ=MONTHLY;BYMONTHDAY=31', 'FREQ=DAILY;COUNT=2'),
    list: fc.option(fc.nat()),
    parent: fc.option(fc.nat(), { freq: 1 }),
    labels: fc.array(fc.nat(), { maxLength: 3 }),
  }),
  fc.record({
    do: fc.constantFrom('complete', 'reopen', 'move', 'postpone'),
    which: fc.nat(),
    other: fc.nat(),
  }),
  fc.record({ do: fc.constant('delete' as const), thing: fc.constantFrom(...NAMES), which: fc.nat() }),
  fc.record({ do: fc.constant('restore' as const), thing: fc.constantFrom(...NAMES), which: fc.nat() }),
  fc.record({ do: fc.constant('archive' as const), which: fc.nat() }),
)
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never

/** Does them one after the other, whatever is refused of it. */
const live = async (person: Person, acts: readonly Act[]) => {
  const ids: Record<Thing, string[]> = { list: [], label: [], task: [] }
  const one = (thing: Thing, which: number | null): string | null =>
    which === null || ids[thing].length === 0 ? null : (ids[thing][which % ids[thing].length] ?? null)
  const make = async (thing: Thing, body: object) => {
    const made = await person.send('POST', `/v1/${thing}s`, body)
    if (made.ok) ids[thing].push((await made.json<{ id: string }>()).id)
  }
  for (const step of acts) {
    switch (step.do) {
      case 'list':
        await make('list', { name: step.name })
        break
      case 'label':
        await make('label', { name: `label ${ids.label.length}`, color: '#3366cc' })
        break
      case 'task': {
        const { title, notes, priority, due, recurs } = step
        const parentId = one('task', step.parent)
        await make('task', {
          title,
          notes,
          priority,
          due,
          parentId,
          listId: parentId ? null : one('list', step.list),
          labelIds: [...new Set(step.labels.flatMap((which) => one('label', which) ?? []))],
          ...(due && recurs && { recurrence: { rule: recurs } }),
        })
        break
      }
      case 'delete':
        await person.send('DELETE', `/v1/${step.thing}s/${one(step.thing, step.which)}`)
        break
      case 'restore':
        await person.send('POST', `/v1/trash/${one(step.thing, step.which)}/restoration`)
        break
      case 'archive':
        await person.send('PATCH', `/v1/lists/${one('list', step.which)}`, { archived: true })
        break
      default: {
        const path = `/v1/tasks/${one('task', step.which)}`
        if (step.do === 'complete') await person.send('POST', `${path}/completion`)
        if (step.do === 'reopen') await person.send('DELETE', `${path}/completion`)
        if (step.do === 'postpone') await person.send('PATCH', path, { due: { date: '2027-01-15' } })
        if (step.do === 'move') await person.send('POST', `${path}/move`, { before: one('task', step.other) })
      }
    }
  }
}

describe('whatever somebody has', () => {
  it('is the same after it was exported and imported, and once more changes nothing', async ({ expect }) => {
    const property = fc.asyncProperty(
      fc.array(act, { minLength: 8, maxLength: 30, size: 'max' }),
      async (acts) => {
        const [ada, bob] = [await signUp('ada'), await signUp('bob')]
        await live(ada, acts)
        const pages = await pagesOf(ada)
        const hers = await rowsOf(ada.id)
        for (const page of pages) await imported(bob, page)
        expect(await everythingOf(bob)).toEqual(await everythingOf(ada))

        const his = await rowsOf(bob.id)
        for (const page of pages) expect((await imported(bob, page)).counts.added).toBe(0)
        expect(await rowsOf(bob.id)).toEqual(his)
        expect(await rowsOf(ada.id)).toEqual(hers)
      },
    )
    await holds(property, 10)
  }, 120_000)

  it('stays as it is when an import fails', async ({ expect }) => {
    const property = fc.asyncProperty(
      fc.array(act, { minLength: 4, maxLength: 12 }),
      fc.nat(),
      async (acts, which) => {
        const [ada, bob] = [await signUp('ada'), await signUp('bob')]
        await live(ada, [...acts, { do: 'list', name: 'Home' }])
        const [page] = await pagesOf(ada)
        const tasks = page?.tasks ?? []
        const broken = tasks.map((task, at) =>
          at === which % tasks.length ? { ...task, listId: crypto.randomUUID(), parentId: null } : task,
        )
        const before = await rowsOf(bob.id)
        const answer = await importing(bob, { ...page, tasks: broken })
        expect(answer.status).toBe(broken.length > 0 ? 400 : 200)
        if (broken.length > 0) expect(await rowsOf(bob.id)).toEqual(before)
      },
    )
    await holds(property, 5)
  }, 120_000)
})
