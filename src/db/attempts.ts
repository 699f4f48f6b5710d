import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Database } from './neon.ts'

interface Attempt {
  /** Each allows `limit` attempts in a window; they are counted in this order, up to the first that refuses. */
  counters: { key: Uint8Array; limit: number }[]
  windowSeconds: number
  /** Counts, last, the users of the sessions that have these tokens. */
  session?: { operation: string; tokens: string[]; limit: number; markUsed: boolean }
}

/** What has become of one counter. Only the last can be one that refuses. */
export interface Count {
  allowed: boolean
  remaining: number
  resetsInSeconds: number
}

export type CountAttempt = (attempt: Attempt) => Promise<Count[]>

/** Counts attempts for all isolates at once: one statement, and one round trip, for each. */
export const attemptCounter =
  (database: Database): CountAttempt =>
  async ({ counters, windowSeconds, session }) => {
    const keys = sql`${sql.param(counters.map(({ key }) => `\\x${hex(key)}`))}::bytea[]`
    const limits = sql`${sql.param(counters.map(({ limit }) => limit))}::integer[]`
    const { rows } = await database.execute(
      session
        ? sql`select * from edgewise.count_session_attempt(${session.operation}, ${keys}, ${limits},
            ${sql.param(session.tokens)}::text[], ${session.limit}, ${windowSeconds}, ${session.markUsed})`
        : sql`select * from edgewise.count_attempt(${keys}, ${limits}, ${windowSeconds})`,
    )
    return Counts.parse(rows)
  }

const Counts = z
  .array(
    z
      .object({ allowed: z.boolean(), remaining: z.int(), resets_in_seconds: z.int() })
      .transform(({ resets_in_seconds, ...count }) => ({ ...count, resetsInSeconds: resets_in_seconds })),
  )
  .min(1)

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
