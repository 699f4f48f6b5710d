import { desc, sql } from 'drizzle-orm'
import { describe, it } from 'vitest'
import type { Principal, SessionId, UserId } from '../../src/auth/principal.ts'
import { connect, type Effect } from '../../src/db/neon.ts'
import { tasks } from '../../src/db/schema.ts'
import { userScope } from '../../src/db/user-scope.ts'
import { rowsOf, sql as statement } from '../support/database.ts'
import { type Person, signUp } from '../support/person.ts'
import { env } from '../support/worker.ts'

/** The scope that the gate would give that person. */
const scopeOf = async (person: Person) => {
  const [session] = await statement('select id from sessions where user_id = $1', [person.id])
  const principal: Principal = { userId: person.id as UserId, sessionId: String(session?.id) as SessionId }
  const database = (effect: Effect) => connect(env.DATABASE_URL, { deadlineMs: 5_000, effect })
  return userScope({ read: database('read'), 'keyed change': database('keyed change') }, principal)
}

describe("a repository's statement", () => {
  it('adds a row for no other owner, even if the row names one', async ({ expect }) => {
    const [ada, bob] = await Promise.all([signUp('ada'), signUp('bob')])
    const before = await rowsOf(ada.id)
    const planted = { id: crypto.randomUUID(), title: 'planted', userId: ada.id } as object
    const added = await (await scopeOf(bob)).insert(tasks, planted as { id: string; title: string })
    expect(added).toMatchObject({ userId: bob.id, title: 'planted' })
    expect(await rowsOf(ada.id)).toEqual(before)
  })

  it('finds by an id what is one’s own, though somebody else has that id, too', async ({ expect }) => {
    const [ada, bob] = await Promise.all([signUp('ada'), signUp('bob')])
    const { id } = await ada.addTask('hers')
    await bob.addTask('his', { id })
    const scope = await scopeOf(bob)
    const rows = await scope.select(tasks, { byId: true, orderBy: desc(tasks.id), limit: 10 })
    expect(rows).toMatchObject([{ title: 'his', userId: bob.id }])
  })

  it('reads no more rows than it says', async ({ expect }) => {
    const bob = await signUp('bob')
    for (const title of ['1', '2', '3']) await bob.addTask(title)
    const rows = await (await scopeOf(bob)).select(tasks, { orderBy: desc(tasks.id), limit: 2 })
    expect(rows.map(({ title }) => title)).toEqual(['3', '2'])
  })
})

describe('a scope', () => {
  it('makes one write: under its key, a second would be taken for the first', async ({ expect }) => {
    const scope = await scopeOf(await signUp('ada'))
    await scope.insert(tasks, { id: crypto.randomUUID(), title: 'first' })
    const second = async () => await scope.insert(tasks, { id: crypto.randomUUID(), title: 'second' })
    await expect(second()).rejects.toThrow('one write')
  })
})

describe("a repository's condition", () => {
  it.for(['true', 'true or true', 'title is not null or title is null', 'not false or user_id is not null'])(
    'narrows what is one’s own and never widens it: %s',
    async (condition, { expect }) => {
      const [ada, bob] = await Promise.all([signUp('ada'), signUp('bob')])
      const hers = await ada.addTask('hers')
      const [other, his] = [await bob.addTask('his other'), await bob.addTask('his')]
      const before = await rowsOf(ada.id)
      const allowed = sql.raw(condition)
      const [scope, target] = [await scopeOf(bob), { id: his.id, allowed }]

      expect(
        await scope.select(tasks, { where: allowed, orderBy: desc(tasks.id), limit: 100 }),
      ).toMatchObject([{ id: his.id }, { id: other.id }])
      expect(await scope.first(tasks, allowed)).toMatchObject({ userId: bob.id })
      expect(await scope.update(tasks, target, { title: 'changed' })).toMatchObject({ id: his.id })
      for (const change of [
        async () => (await scopeOf(bob)).update(tasks, { id: hers.id, allowed }, { title: 'changed' }),
        async () => (await scopeOf(bob)).remove(tasks, { id: hers.id, allowed }),
        async () => (await scopeOf(bob)).updateBy(tasks, { id: hers.id, allowed }, sql`to_jsonb(${tasks})`),
      ]) {
        await expect(change()).rejects.toMatchObject({ refusal: 'missing' })
      }
      await (await scopeOf(bob)).remove(tasks, target)
      expect(await bob.tasks()).toMatchObject([{ id: other.id, title: 'his other', version: 1 }])
      expect(await rowsOf(ada.id)).toEqual(before)
    },
  )
})
