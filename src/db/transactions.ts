import { type SQL, sql } from 'drizzle-orm'
import type { RunnableQuery } from 'drizzle-orm/runnable-query'
import * as z from 'zod'
import type { Principal } from '../auth/principal.ts'
import type { Database, Effect } from './neon.ts'
import { SessionEnded, saysSessionEnded } from './session-ended.ts'
import { earlierAnswersIn, oneTimeKey, refusalIn, unfinishedIn, type WriteKey } from './write.ts'

/** The connections of the data role, by what a call does to the database. */
export type Databases = Record<Exclude<Effect, 'change'>, Database>

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

/**
 * What one request sends to the database for one user: each call is one request and one transaction, opened by the check that
 * the session still lives. A write is made once, however often its call must be repeated: the database knows it by its key.
 * Throws `SessionEnded` when the session does not live, `WriteRefused` when a write was not made, `DatabaseUnavailable` when no answer came.
 */
export const transactionsOf = (
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

  return {
    read,
    change,

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
  }
}

type Query = RunnableQuery<unknown, 'pg'>

/** How often a write may come back to be prepared further: once does, unless it makes by itself what is lacking. */
const MAX_PREPARATIONS = 5

const Closing = z.object({ rows: z.tuple([z.object({ answers: z.array(z.unknown()) })]) })

const answersOf = (result: unknown): unknown[] => Closing.parse(result).rows[0].answers
