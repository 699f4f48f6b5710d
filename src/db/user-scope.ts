import { and, eq, type InferInsertModel, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import type { PgColumn, PgTable, PgUpdateSetSource } from 'drizzle-orm/pg-core'
import * as z from 'zod'
import type { Principal } from '../auth/principal.ts'
import { type OwnedTable, ownedBy } from './owned.ts'
import { type RowOf, readable } from './readable.ts'
import { rowFromJson } from './row-from-json.ts'
import { type Change, type Databases, type ScopeOptions, transactionsOf } from './transactions.ts'

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

/** Names the one row that a change is of, and the condition under which it may be made. */
interface Target {
  id: string
  /** Narrows what there is: of a row for which it is false, the change is `missing`. */
  within?: SQL | undefined
  /** True of the row as it must be; whatever is false of it makes the change `stale`. */
  allowed?: SQL | undefined
}

export type UserScope = ReturnType<typeof userScope>

/**
 * The only door to user data: one user's rows, in tables that have an owner column. Every statement
 * carries the owner predicate, and runs in a transaction whose principal is that user; to this object,
 * anyone else's rows do not exist. What the calls throw, `transactionsOf` says.
 */
export const userScope = (
  databases: Databases,
  principal: Principal,
  options: Partial<ScopeOptions> = {},
) => {
  const { userId, sessionId } = principal
  const { read, change, together } = transactionsOf(databases, principal, options)
  const build = databases.read

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
      const ids = () =>
        build.select({ id: sql`id` }).from(erased(table)).where(condition).orderBy(orderBy).limit(limit)
      const which = byId ? mine(table, sql`id in ${ids()}`) : condition
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

    together,

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

/** Drizzle's builders cannot follow a generic table; the scope's own signatures say what comes back. */
const erased = (table: PgTable): PgTable => table

/** What Drizzle's mapping of a selection yields. */
const rowsOf = <R>(result: unknown): R[] => result as R[]
