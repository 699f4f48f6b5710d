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
  return userScope(
    {
      read: database('read'),
      'idempotent change': database('idempotent change'),
      change: database('change'),
    },
    principal,
  )
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

  it('reads no more rows than it says', async ({ expect }) => {
    const bob = await signUp('bob')
    for (const title of ['1', '2', '3']) await bob.addTask(title)
    const rows = await (await scopeOf(bob)).select(tasks, { orderBy: desc(tasks.id), limit: 2 })
    expect(rows.map(({ title }) => title)).toEqual(['3', '2'])
  })
})

describe("a repository's condition", () => {
  it.for(['true', 'true or true', 'title is not null or title is null', 'not false or user_id is not null'])(
    'narrows what is one’s own and never widens it: %s',
    async (condition, { expect }) => {
      const [ada, bob] = await Promise.all([signUp('ada'), signUp('bob')])
      await ada.addTask('hers')
      const his = await bob.addTask('his')
      const before = await rowsOf(ada.id)
      const [scope, where] = [await scopeOf(bob), sql.raw(condition)]

      expect(await scope.select(tasks, { where, orderBy: desc(tasks.id), limit: 100 })).toMatchObject([
        { id: his.id },
      ])
      expect(await scope.first(tasks, where)).toMatchObject({ id: his.id })
      expect(await scope.update(tasks, { title: 'changed' }, where)).toMatchObject({ id: his.id })
      expect(await scope.remove(tasks, where)).toMatchObject({ id: his.id })
      expect(await rowsOf(ada.id)).toEqual(before)
    },
  )
})
