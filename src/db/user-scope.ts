import { and, type InferInsertModel, type InferSelectModel, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgTable, PgUpdateSetSource } from 'drizzle-orm/pg-core'
import type { RunnableQuery } from 'drizzle-orm/runnable-query'
import * as z from 'zod'
import type { Principal } from '../auth/principal.ts'
import { type Database, type Effect, FIRST_TURN } from './neon.ts'
import { type OwnedTable, ownedBy } from './owned.ts'
import { SessionEnded, saysSessionEnded } from './session-ended.ts'

type Row<T extends PgTable> = InferSelectModel<T>
type NewRow<T extends PgTable> = Omit<InferInsertModel<T>, 'userId'> & { userId?: never }
type Patch<T extends PgTable> = Omit<PgUpdateSetSource<T>, 'userId' | 'id'> & { userId?: never; id?: never }
type KeyedTable = OwnedTable & { id: PgColumn; version: PgColumn }

/** Every selection is ordered and bounded: there is no way to ask for all rows. */
interface Selection {
  where?: SQL | undefined
  orderBy: SQL
  limit: number
}

/** The connections of the data role, by what a call does to the database. */
export type Databases = Record<Effect, Database>

/** One statement for one user. Awaiting it runs it in a call of its own; `together` runs several in one. */
export interface Statement<R> extends PromiseLike<R> {
  readonly query: RunnableQuery<unknown, 'pg'>
  readonly effect: Effect
  read(result: unknown): R
}

export type UserScope = ReturnType<typeof userScope>

/**
 * The only door to user data: one user's rows, in tables that have an owner column. Every statement
 * carries the owner predicate, and runs in a transaction whose principal is that user; to this object,
 * anyone else's rows do not exist.
 *
 * Each call is one request to the database and one transaction, opened by the check that the session
 * still lives. Throws `SessionEnded` when it does not, `DatabaseUnavailable` when no answer came.
 */
export const userScope = (
  databases: Databases,
  { userId, sessionId }: Principal,
  onCall: (durationMs: number) => void = () => {},
) => {
  const build = databases.read

  const run = async (statements: readonly Statement<unknown>[]): Promise<unknown[]> => {
    const effect = gravest(statements.map((statement) => statement.effect))
    const opening = build.execute(sql`select edgewise.begin_request(${userId}, ${sessionId})`)
    const turn = effect === 'idempotent change' ? [build.execute(firstTurn())] : []
    const startedAt = performance.now()
    try {
      const queries = statements.map(({ query }) => query)
      const results: unknown[] = await databases[effect].batch([opening, ...turn, ...queries])
      return results.slice(1 + turn.length)
    } catch (error) {
      throw saysSessionEnded(error) ? new SessionEnded() : error
    } finally {
      onCall(performance.now() - startedAt)
    }
  }

  const statement = <R>(
    effect: Effect,
    query: RunnableQuery<unknown, 'pg'>,
    read: (result: unknown) => R,
  ): Statement<R> => {
    const self: Statement<R> = {
      query,
      effect,
      read,
      // biome-ignore lint/suspicious/noThenProperty: a statement is awaited, as Drizzle's own are
      then: (fulfilled, rejected) =>
        run([self])
          .then(([result]) => read(result))
          .then(fulfilled, rejected),
    }
    return self
  }

  const selectFrom = (table: PgTable) => build.select().from(table)
  // In parentheses, so that no OR of a repository's gets round the owner.
  const mine = (table: OwnedTable, where: SQL | undefined) =>
    and(ownedBy(table, userId), where && sql`(${where})`)

  return {
    /** The session that the request is of. */
    sessionId,

    /** The rows of `table` that are the user's and satisfy `where`. */
    select: <T extends OwnedTable>(table: T, { where, orderBy, limit }: Selection): Statement<Row<T>[]> => {
      const query = selectFrom(table).where(mine(table, where)).orderBy(orderBy).limit(limit)
      return statement('read', query, rowsOf<T>)
    },

    /** The first such row, or `undefined`. */
    first: <T extends OwnedTable>(table: T, where?: SQL): Statement<Row<T> | undefined> => {
      const query = selectFrom(table).where(mine(table, where)).limit(1)
      return statement('read', query, (result) => rowsOf<T>(result)[0])
    },

    /** Adds the row. Harmless to run twice: a row of the user's with that id stays as it is and is returned. */
    insert: <T extends KeyedTable>(table: T, row: NewRow<T>): Statement<Row<T>> => {
      const query = build
        .insert(erased(table))
        .values({ ...row, userId })
        .onConflictDoUpdate({ target: [table.userId, table.id], set: { version: table.version } })
        .returning()
      return statement('idempotent change', query, (result) => only(rowsOf<T>(result)))
    },

    /** Changes the one row that `where` names and returns it as it is now; `undefined` when there is none. */
    update: <T extends OwnedTable>(
      table: T,
      patch: Patch<T>,
      where: SQL,
      effect: Effect = 'change',
    ): Statement<Row<T> | undefined> => {
      const query = build.update(erased(table)).set(patch).where(mine(table, where)).returning()
      return statement(effect, query, (result) => rowsOf<T>(result)[0])
    },

    /** Deletes the one row that `where` names and returns it as it was; `undefined` when there was none. */
    remove: <T extends OwnedTable>(table: T, where: SQL): Statement<Row<T> | undefined> => {
      const query = build.delete(erased(table)).where(mine(table, where)).returning()
      return statement('change', query, (result) => rowsOf<T>(result)[0])
    },

    /**
     * The audited way in for SQL that the builders cannot say; it runs in the principal's transaction,
     * so row-level security holds, and each row must have the given shape. `test/contract/source.test.ts` lists its callers.
     */
    raw: <R>(effect: Effect, text: SQL, shape: z.ZodType<R>): Statement<R[]> =>
      statement(
        effect,
        build.execute(text),
        (result) => z.object({ rows: z.array(shape) }).parse(result).rows,
      ),

    /** Runs both statements, in this order, in one call and one transaction. */
    together: async <A, B>(first: Statement<A>, second: Statement<B>): Promise<[A, B]> => {
      const [a, b] = await run([first, second])
      return [first.read(a), second.read(b)]
    },
  }
}

/** Lets a call be made again: its earlier turns, should they arrive after the repeat, are then refused. */
const firstTurn = () => sql`select edgewise.take_turn(${crypto.randomUUID()}, ${FIRST_TURN})`

const GRAVITY: readonly Effect[] = ['read', 'idempotent change', 'change']

const gravest = (effects: readonly Effect[]): Effect =>
  effects.reduce(
    (worst, effect) => (GRAVITY.indexOf(effect) > GRAVITY.indexOf(worst) ? effect : worst),
    'read',
  )

/** Drizzle's builders cannot follow a generic table; the scope's own signatures say what comes back. */
const erased = (table: PgTable): PgTable => table

/** What Drizzle's mapping of `select()` and `returning()` yields for `T`. */
const rowsOf = <T extends PgTable>(result: unknown): Row<T>[] => result as Row<T>[]

const only = <R>(rows: R[]): R => {
  const [row] = rows
  if (row === undefined) throw new Error('an insert returned no row')
  return row
}
