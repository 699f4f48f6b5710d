import { PgDialect } from 'drizzle-orm/pg-core'
import { describe, it } from 'vitest'
import type { UserId } from '../../src/auth/principal.ts'
import { ownedBy } from '../../src/db/owned.ts'
import { tasks } from '../../src/db/schema.ts'
import { asDataRole } from '../support/database.ts'
import { signUp } from '../support/person.ts'
import { env } from '../support/worker.ts'

describe(`of the walls, in the run called ${env.PROJECT},`, () => {
  it('the owner predicate stands, unless this run took it away', ({ expect }) => {
    const { params } = new PgDialect().sqlToQuery(ownedBy(tasks, 'someone' as UserId))
    expect(params).toEqual(env.PROJECT === 'without-scope' ? [] : ['someone'])
  })

  it('row-level security stands, unless this run took it away', async ({ expect }) => {
    const ada = await signUp('ada')
    await ada.addTask('hers')
    const [rows] = await asDataRole({ query: 'select * from tasks where user_id = $1', params: [ada.id] })
    expect(rows).toHaveLength(env.PROJECT === 'without-rls' ? 1 : 0)
  })
})
