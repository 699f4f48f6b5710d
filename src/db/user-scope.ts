import { and, eq, type InferInsertModel, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { PgColumn, PgTable, PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { RunnableQuery } from 'drizzle-orm/runnable-query'
import * as z from 'zod'
import type { Principal } from '../auth/principal.ts'
import type { Database, Effect } from './neon.ts'
import { type OwnedTable, ownedBy } from './owned.ts'
import { type RowOf, readable } from './readable.ts'
import { rowFromJson } from './row-from-json.ts'
import { SessionEnded, saysSessionEnded } from './session-ended.ts'
import { earlierAnswersIn, oneTimeKey, refusalIn, unfinishedIn, type WriteKey } from './write.ts'

/** What the database keeps by itself. */
type Stamped = 'version' | 'updatedAt' | 'changedIn'
type NewRow<T extends PgTable> = OrSql<Omit<InferInsertModel<T>, 'userId' | Stamped>> & { userId?: never }
/** Each value, or an expression for it. */
type OrSql<R> = { [K in keyof R]: R[K] | SQL }
type Patch<T extends PgTable> = Omit<PgUpdateSetSource<T>, 'userId' | 'id' | Stamped> & {
  userId?: never
  id?: never
}
type KeyedTable = OwnedTable & { id: PgColumn; version: PgColumn }

/** Every selection is ordered and bounded: there is no way to ask for all rows. */
interface Selection<E extends Record<string, SQL>> {
  /** Values to be read with each row, by name. */
  also?: E | undefined
  /** A function is given the owner, to be named wherever another table is looked at. */
  where?: SQL | ((owner: SQL) => SQL | undefined) | undefined
  orderBy: SQL
  limit: number
  /** Where indexes have all that `where` and `orderBy` name: which rows they are is settled before any is read. */
  byId?: boolean | undefined
}

/** The connections of the data role, by what a call does to the database. */
export type Databases = Record<Exclude<Effect, 'change'>, Database>

/** Names the one row that a change is of, and the condition under which it may be made. */
interface Target {
  id: string
  /** Narrows what there is: of a row for which it is false, the change is `missing`. */
  within?: SQL | undefined
  /** True of the row as it must be; whatever is false of it makes the change `stale`. */
  allowed?: SQL | undefined
}

/** Part of a write: a statement that changes something and notes what it answers. */
export interface Step<R> {
  readonly statement: SQL
  read(answer: unknown): R
}

/** What the steps answer, each in its place. */
type Answers<S extends readonly Step<unknown>[]> = {
  -readonly [K in keyof S]: S[K] extends Step<infer R> ? R : never
}

/** One that makes a write of it alone when it is awaited. */
export interface Change<R> extends Step<R>, PromiseLike<R> {}

export interface ScopeOptions {
  /** Told how long each call took, in milliseconds. */
  onCall: (durationMs: number) => void
  /** By what the database is to know the request's write. */
  writeKey: () => WriteKey
  /** The statement that works out what a write has found to be lacking, by the user's id and what the database says of it. */
  workOut: (userId: string, unfinished: unknown) => Promise<SQL>
}

export type UserScope = ReturnType<typeof userScope>

/**
 * The only door to user data: one user's rows, in tables that have an owner column. Every statement
 * carries the owner predicate, and runs in a transaction whose principal is that user; to this object,
 * anyone else's rows do not exist.
 *
 * Each call is one request to the database and one transaction, opened by the check that the session
 * still lives. A write is made once, however often its call must be repeated: the database knows it by its key.
 * Throws `SessionEnded` when the session does not live, `WriteRefused` when a write was not made, `DatabaseUnavailable` when no answer came.
 */
export const userScope = (
  databases: Databases,
  { userId, sessionId }: Principal,
  { onCall = () => {}, writeKey = oneTimeKey, workOut }: Partial<ScopeOptions> = {},
) => {
  const build = databases.read
  let hasWritten = false

  /** Runs the statements in one call and one transaction, which the first of them opens. */
  const run = async (effect: keyof Databases, statements: Query[]): Promise<unknown[]> => {
    const [opening, ...others] = statements
    if (!opening) return []
    const startedAt = performance.now()
    try {
      return await databases[effect].batch([opening, ...others])
    } catch (error) {
      throw saysSessionEnded(error) ? new SessionEnded() : error
    } finally {
      onCall(performance.now() - startedAt)
    }
  }

  const read = async (query: Query): Promise<unknown> => {
    const opening = build.execute(sql`select edgewise.begin_request(${userId}, ${sessionId})`)
    const [, result] = await run('read', [opening, query])
    return result
  }

  const write = async (
    changes: readonly Step<unknown>[],
    { isTrial = false }: { isTrial?: boolean } = {},
  ): Promise<unknown[]> => {
    // The key stands for all that the request does: a second write under it would not be made.
    if (hasWritten) throw new Error('a request makes one write')
    hasWritten = true
    const { key, request, keptFor } = writeKey()
    const opening = sql`select edgewise.begin_write(${userId}, ${sessionId}, ${key}, ${request})`
    const closing = isTrial
      ? sql`select edgewise.end_trial()`
      : sql`select edgewise.end_write(${key}, ${request}, ${keptFor}) as answers`
    const steps = changes.flatMap(({ statement }, step) =>
      changes.length > 1
        ? [sql`select set_config('app.step', ${String(step)}, true)`, statement]
        : [statement],
    )
    const attempt = async (preparing: SQL[]): Promise<unknown[]> => {
      const statements = [opening, ...preparing, ...steps, closing]
      try {
        const results = await run(
          'keyed change',
          statements.map((statement) => build.execute(statement)),
        )
        return answersOf(results.at(-1))
      } catch (error) {
        const answers = earlierAnswersIn(error)
        if (answers) return answers
        const unfinished = preparing.length < MAX_PREPARATIONS ? unfinishedIn(error) : undefined
        if (unfinished && workOut) return attempt([...preparing, await workOut(userId, unfinished)])
        throw refusalIn(error) ?? error
      }
    }
    return attempt([])
  }

  const change = <R>(statement: SQL, read: (answer: unknown) => R): Change<R> => {
    const self: Change<R> = {
      statement,
      read,
      // biome-ignore lint/suspicious/noThenProperty: a change is awaited, as Drizzle's own statements are
      then: (fulfilled, rejected) =>
        write([self])
          .then(([answer]) => read(answer))
          .then(fulfilled, rejected),
    }
    return self
  }

  const owner = sql`${userId}::uuid`
  const selectFrom = (table: PgTable) => build.select(readable(table)).from(table)
  // In parentheses, so that no OR of a repository's gets round the owner.
  const mine = (table: OwnedTable, where: SQL | undefined) =>
    and(ownedBy(table, userId), where && sql`(${where})`)
  const oneOf = (table: KeyedTable, { id, within, allowed }: Target) =>
    mine(table, and(eq(table.id, id), within && sql`(${within})`, allowed && sql`(${allowed})`))

  /** Makes the change to the target, or says why there is nothing to change. */
  const changeOf = <R>(
    table: KeyedTable,
    { id, within }: Target,
    query: SQLWrapper,
    read: (answer: unknown) => R,
  ) =>
    change(
      sql`with done as ${query} select edgewise.changed(
        (select to_jsonb(done) from done), exists (select from ${table} where ${oneOf(table, { id, within })}))`,
      read,
    )

  return {
    /** The session that the request is of. */
    sessionId,

    /** The rows of `table` that are the user's and satisfy `where`. */
    select: async <T extends OwnedTable, E extends Record<string, SQL> = Record<never, SQL>>(
      table: T,
      { also, where, orderBy, limit, byId }: Selection<E>,
    ): Promise<(RowOf<T> & { [K in keyof E]: unknown })[]> => {
      const condition = mine(table, typeof where === 'function' ? where(owner) : where)
      const rows = build.select({ ...readable(table), ...also }).from(erased(table))
      const ids = build
        .select({ id: sql`id` })
        .from(erased(table))
        .where(condition)
        .orderBy(orderBy)
        .limit(limit)
      const which = byId ? mine(table, sql`id in ${ids}`) : condition
      return rowsOf(await read(rows.where(which).orderBy(orderBy).limit(limit)))
    },

    /** The first such row, or `undefined`. */
    first: async <T extends OwnedTable>(table: T, where?: SQL): Promise<RowOf<T> | undefined> =>
      rowsOf<RowOf<T>>(await read(selectFrom(table).where(mine(table, where)).limit(1)))[0],

    /** Adds the row. */
    insert: <T extends KeyedTable>(table: T, row: NewRow<T>): Change<RowOf<T>> => {
      const query = build
        .insert(erased(table))
        .values({ ...row, userId })
        .returning(readable(table))
      return change(
        sql`with done as ${query} select edgewise.changed((select to_jsonb(done) from done), false)`,
        (answer) => rowFromJson(table, answer),
      )
    },

    /** Changes the row and yields it as it is then. */
    update: <T extends KeyedTable>(table: T, target: Target, patch: Patch<T>): Change<RowOf<T>> => {
      const query = build
        .update(erased(table))
        .set(patch)
        .where(oneOf(table, target))
        .returning(readable(table))
      return changeOf(table, target, query, (answer) => rowFromJson(table, answer))
    },

    /** Changes the row by a function of the database that yields it, as `jsonb`, as it is then. */
    updateBy: <T extends KeyedTable>(table: T, target: Target, yielded: SQL): Change<RowOf<T>> => {
      const condition = oneOf(table, target)
      return change(
        sql`with done as (select ${yielded} as row from ${table} where ${condition}) select edgewise.changed(
          (select row from done), exists (select from ${table} where ${oneOf(table, { id: target.id, within: target.within })}))`,
        (answer) => rowFromJson(table, answer),
      )
    },

    /** Deletes the row. */
    remove: <T extends KeyedTable>(table: T, target: Target): Change<void> => {
      const query = build.delete(table).where(oneOf(table, target)).returning({ id: table.id })
      return changeOf(table, target, query, () => {})
    },

    /**
     * Makes all the changes, in this order, or none of them; a refusal names the step. As a trial it answers, and refuses, as if
     * it had made them.
     */
    together: async <S extends readonly Step<unknown>[]>(
      changes: S,
      options?: { isTrial?: boolean },
    ): Promise<Answers<S>> => {
      const answers = await write(changes, options)
      return changes.map((change, step) => change.read(answers[step])) as Answers<S>
    },

    /**
     * The audited ways in for SQL that the builders cannot say: it is given the owner, to be named in every part of it;
     * row-level security holds, too, and each row must have the given shape. `test/contract/source.test.ts` lists their callers.
     */
    rawRead: async <R>(text: (owner: SQL) => SQL, shape: z.ZodType<R>): Promise<R[]> =>
      z.object({ rows: z.array(shape) }).parse(await read(build.execute(text(owner)))).rows,

    /**
     * A change by an expression that yields what it answers as `jsonb`, and null if there was nothing to change; `parts` are
     * statements that it is made of (`name as (…)`).
     */
    rawChange: <R>(
      answer: (owner: SQL) => SQL,
      shape: z.ZodType<R>,
      parts?: (owner: SQL) => SQL,
    ): Change<R> =>
      change(
        sql`${parts ? sql`with ${parts(owner)} ` : sql``}select edgewise.changed(${answer(owner)}, false)`,
        (noted) => shape.parse(noted),
      ),
  }
}

type Query = RunnableQuery<unknown, 'pg'>

/** How often a write may come back to be prepared further: once does, unless it makes by itself what is lacking. */
const MAX_PREPARATIONS = 5

/** Drizzle's builders cannot follow a generic table; the scope's own signatures say what comes back. */
const erased = (table: PgTable): PgTable => table

/** What Drizzle's mapping of a selection yields. */
const rowsOf = <R>(result: unknown): R[] => result as R[]

const Closing = z.object({ rows: z.tuple([z.object({ answers: z.array(z.unknown()) })]) })

const answersOf = (result: unknown): unknown[] => Closing.parse(result).rows[0].answers
