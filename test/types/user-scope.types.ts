// Checked by `tsc -p test/tsconfig.json`, never run: each `@ts-expect-error` is a mistake that the types
// must not let pass. When one of them compiles, the check fails.

import { sql } from 'drizzle-orm'
import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import * as z from 'zod'
import type { Principal, UserId } from '../../src/auth/principal.ts'
import { ownedBy } from '../../src/db/owned.ts'
import { jwks, tasks, users } from '../../src/db/schema.ts'
import type { Databases } from '../../src/db/transactions.ts'
import { type UserScope, userScope } from '../../src/db/user-scope.ts'
import { tasksOf } from '../../src/tasks/repository.ts'

declare const databases: Databases
declare const scope: UserScope
declare const someId: string
declare const principal: Principal

const newTask = { id: someId, title: 'buy milk' }
const all = { orderBy: sql`1`, limit: 1 }
const one = { id: someId }

// What is right compiles.
scope.select(tasks, all)
scope.first(tasks, sql`true`)
scope.insert(tasks, newTask)
scope.update(tasks, one, { title: 'buy oat milk' })
scope.remove(tasks, one)
userScope(databases, principal)

// A repository cannot run a statement without an owner: it holds no database, and its scope has no other door.
// @ts-expect-error
tasksOf(databases.read)
// @ts-expect-error
tasksOf(undefined)
// @ts-expect-error
userScope(databases)
// @ts-expect-error
scope.database
// @ts-expect-error
scope.execute(sql`select * from tasks`)
// @ts-expect-error
scope.raw(sql`select * from tasks`, z.object({}))
// @ts-expect-error
scope.rawRead(sql`select * from tasks`)

// Nor can it ask for all there is.
// @ts-expect-error
scope.select(tasks, { orderBy: sql`1` })

// Nor change or delete all there is: a change names its row.
// @ts-expect-error
scope.update(tasks, one)
// @ts-expect-error
scope.update(tasks, undefined, { title: 'x' })
// @ts-expect-error
scope.update(tasks, { allowed: sql`true` }, { title: 'x' })
// @ts-expect-error
scope.remove(tasks)
// @ts-expect-error
scope.remove(tasks, undefined)

// A plain string is no user: only a verified token makes one.
// @ts-expect-error
const userId: UserId = someId
// @ts-expect-error
userScope(databases, { userId: someId, sessionId: principal.sessionId })
// @ts-expect-error
userScope(databases, { userId: principal.userId, sessionId: someId })
// @ts-expect-error
userScope(databases, { userId: principal.sessionId, sessionId: principal.userId })
// @ts-expect-error
ownedBy(tasks, someId)

// A table without an owner column has no place in a scope.
const ownerless = pgTable('ownerless', { id: uuid('id').primaryKey(), title: text('title').notNull() })
const maybeOwned = pgTable('maybe_owned', { id: uuid('id').primaryKey(), userId: uuid('user_id') })
// @ts-expect-error
scope.select(ownerless, all)
// @ts-expect-error
scope.first(users)
// @ts-expect-error
scope.first(jwks)
// @ts-expect-error
scope.insert(ownerless, newTask)
// @ts-expect-error
scope.update(ownerless, one, { title: 'x' })
// @ts-expect-error
scope.remove(ownerless, one)
// @ts-expect-error an owner column that may be null owns nothing
scope.first(maybeOwned)

// Nobody inserts for another user, or gives a row away.
// @ts-expect-error
scope.insert(tasks, { ...newTask, userId: someId })
const forAnother = { ...newTask, userId: someId }
// @ts-expect-error
scope.insert(tasks, forAnother)
// @ts-expect-error
scope.insert(tasks, { ...newTask, userId: principal.userId })
// @ts-expect-error
scope.update(tasks, one, { userId: someId })
// @ts-expect-error
scope.update(tasks, one, { id: someId })
// @ts-expect-error what the database keeps by itself
scope.update(tasks, one, { version: 2 })
const givenAway = { title: 'x', userId: someId }
// @ts-expect-error
scope.update(tasks, one, givenAway)

export { userId }
