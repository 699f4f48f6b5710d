import { describe, it } from 'vitest'
import type { Task } from '../../src/tasks/contract.ts'
import { type Person, signUp } from '../support/person.ts'

const MANY = 100

const atOnce = <T>(times: number, act: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, n) => act(n)))

/** How often each status was answered. */
const tally = (answers: Response[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

const versionOf = async (person: Person, id: string) => {
  const answer = await person.send('GET', `/v1/tasks/${id}`)
  return answer.json<{ version: number; title: string; completedAt: string | null }>()
}

describe('many writers of one task', () => {
  it.for([
    ['PATCH', ''],
    ['POST', '/completion'],
  ] as const)('that hold the same version: exactly one %s wins', async ([method, suffix], { expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('buy milk')
    const answers = await atOnce(MANY, (n) =>
      ada.send(
        method,
        `/v1/tasks/${id}${suffix}`,
        method === 'PATCH' ? { title: `writer ${n}` } : undefined,
        {
          'If-Match': '"1"',
        },
      ),
    )
    expect(tally(answers)).toEqual({ 200: 1, 412: MANY - 1 })

    const winner = answers.find(({ status }) => status === 200)
    const now = await versionOf(ada, id)
    expect(now).toEqual(await winner?.json())
    expect(now.version).toBe(2)
  })

  it('that hold the same version: exactly one may delete it', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('buy milk')
    const answers = await atOnce(MANY, () =>
      ada.send('DELETE', `/v1/tasks/${id}`, undefined, { 'If-Match': '"1"' }),
    )
    const { 204: deleted, ...others } = tally(answers)
    expect(deleted).toBe(1)
    expect(Object.keys(others).every((status) => ['404', '412'].includes(status))).toBe(true)
    expect(await ada.tasks()).toEqual([])
  })

  it('that hold no version: every change is made, each once', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('buy milk')
    const answers = await atOnce(MANY, (n) => ada.send('PATCH', `/v1/tasks/${id}`, { title: `writer ${n}` }))
    expect(tally(answers)).toEqual({ 200: MANY })

    const versions = await Promise.all(
      answers.map(async (answer) => (await answer.json<{ version: number }>()).version),
    )
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: MANY }, (_, n) => n + 2))
    expect((await versionOf(ada, id)).version).toBe(MANY + 1)
  })

  it('that read, change what they read, and try again when it was stale: no change is lost', async ({
    expect,
  }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('0')
    const increment = async (): Promise<void> => {
      const { title, version } = await versionOf(ada, id)
      const headers = { 'If-Match': `"${version}"` }
      const answer = await ada.send('PATCH', `/v1/tasks/${id}`, { title: String(Number(title) + 1) }, headers)
      if (answer.status === 412) return increment()
      expect(answer.status).toBe(200)
    }
    await atOnce(12, increment)
    expect(await versionOf(ada, id)).toMatchObject({ title: '12', version: 13 })
  })

  it('that complete it: it is completed once, and all are told the same', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('buy milk')
    const answers = await atOnce(MANY, () => ada.send('POST', `/v1/tasks/${id}/completion`))
    expect(tally(answers)).toEqual({ 200: MANY })
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
    expect((await versionOf(ada, id)).version).toBe(2)
  })

  it('that complete and reopen it: each turn counts once', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('buy milk')
    const answers = await atOnce(MANY, (n) =>
      ada.send(n % 2 ? 'POST' : 'DELETE', `/v1/tasks/${id}/completion`),
    )
    expect(tally(answers)).toEqual({ 200: MANY })
    const seen = await Promise.all(
      answers.map((answer) => answer.json<{ version: number; completedAt: string | null }>()),
    )
    // Turns alternate: open is odd, completed even.
    for (const { version, completedAt } of seen) expect(version % 2 === 0).toBe(completedAt !== null)
    const { version } = await versionOf(ada, id)
    expect(version).toBe(Math.max(...seen.map((task) => task.version)))
  })
})

describe('many people who add tasks at once', () => {
  it('each get back their own, and see nobody else’s', async ({ expect }) => {
    const people = await Promise.all(Array.from({ length: 10 }, (_, n) => signUp(`person${n}`)))
    const tasksEach = 20
    const added = await atOnce(people.length * tasksEach, async (n) => {
      const owner = n % people.length
      const person = people[owner]
      if (!person) throw new Error('nobody')
      const title = `${person.id} ${n}`
      const task = await person.addTask(title)
      expect(task.title).toBe(title)
      return { owner, task }
    })
    for (const [owner, person] of people.entries()) {
      const own = added.filter((one) => one.owner === owner).map(({ task }) => task)
      const listed = await person.tasks()
      expect(listed.toSorted(byId)).toEqual(own.toSorted(byId))
      const newestFirst = listed.toSorted((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1))
      expect(listed).toEqual(newestFirst)
    }
  })
})

const placeOf = ({ createdAt, id }: Task) => `${createdAt} ${id}`

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
