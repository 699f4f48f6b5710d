import { describe, it } from 'vitest'
import type { Completion } from '../src/completions/contract.ts'
import { writeCursor } from '../src/http/cursor.ts'
import { type Person, signUp } from './support/person.ts'

interface Page {
  items: Completion[]
  nextCursor: string | null
}

const page = async (person: Person, query: Record<string, string> = {}): Promise<Page> =>
  (await person.send('GET', `/v1/completions?${new URLSearchParams(query)}`)).json()
const complete = (person: Person, { id }: { id: string }) => person.send('POST', `/v1/tasks/${id}/completion`)

/** All of it, page by page. */
const paged = async (person: Person, query: Record<string, string>): Promise<Completion[]> => {
  const seen: Completion[] = []
  // Pages that never end show it when they are too many.
  for (let cursor: string | null = ''; cursor !== null && seen.length < 50; ) {
    const next: Page = await page(person, { ...query, ...(cursor && { cursor }) })
    seen.push(...next.items)
    cursor = next.nextCursor
  }
  return seen
}

describe('what was completed', () => {
  it('comes with the latest first, in pages that neither skip nor repeat, though much was done at once', async ({
    expect,
  }) => {
    const ada = await signUp('ada')
    const [first, top] = [await ada.addTask('first'), await ada.addTask('top')]
    for (const title of ['a', 'b', 'c', 'd']) await ada.addTask(title, { parentId: top.id })
    await complete(ada, first)
    await complete(ada, top)
    const { items, nextCursor } = await page(ada)
    expect(nextCursor).toBeNull()
    expect(
      items
        .slice(0, 5)
        .map(({ title }) => title)
        .toSorted(),
    ).toEqual(['a', 'b', 'c', 'd', 'top'])
    expect(new Set(items.slice(0, 5).map(({ completedAt }) => completedAt)).size).toBe(1)
    expect(items.slice(5).map(({ title }) => title)).toEqual(['first'])
    for (const limit of ['1', '2', '5']) expect(await paged(ada, { limit })).toEqual(items)
  })

  it('can be that of one task', async ({ expect }) => {
    const ada = await signUp('ada')
    const due = { date: '2031-01-01' }
    const [again, once] = [
      await ada.addTask('again', { due, recurrence: { rule: 'FREQ=DAILY' } }),
      await ada.addTask('once'),
    ]
    for (const task of [again, once, again]) await complete(ada, task)
    const days = ['2031-01-02', '2031-01-01']
    const ofAgain = await paged(ada, { task: again.id, limit: '1' })
    expect(ofAgain.map((each) => each.due)).toEqual(days.map((date) => ({ date })))
    expect(ofAgain.map(({ taskId }) => taskId)).toEqual([again.id, again.id])
    expect(await paged(ada, { task: once.id })).toMatchObject([{ title: 'once', due: null }])
    expect(await paged(ada, { task: crypto.randomUUID() })).toEqual([])

    const { nextCursor } = await page(ada, { task: again.id, limit: '1' })
    const other = await ada.send('GET', `/v1/completions?task=${once.id}&cursor=${nextCursor}`)
    expect(other.status).toBe(400)
    expect(await other.json()).toMatchObject({ code: 'invalid_cursor' })
    const none = await ada.send('GET', '/v1/completions?task=x')
    expect(none.status).toBe(400)
    expect(await none.json()).toMatchObject({ code: 'invalid_request', errors: [{ path: 'task' }] })
  })

  it.for([
    ['0000-01-01T00:00:00.000Z', crypto.randomUUID()],
    ['yesterday', crypto.randomUUID()],
    ['2026-11-21T09:30:00.000Z', 'x'],
  ])('does not go on at what is no place in it: %s, %s', async (place, { expect }) => {
    const ada = await signUp('ada')
    const cursor = writeCursor('completions?task=', place)
    const answer = await ada.send('GET', `/v1/completions?cursor=${cursor}`)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'invalid_cursor' })
  })
})
