import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { toRfc3339 } from '../db/instant.ts'
import type { UserScope } from '../db/user-scope.ts'

const SessionRow = z.object({
  id: z.string(),
  current: z.boolean(),
  user_agent: z.string().nullable(),
  ip_address: z.string().nullable(),
  created_at: z.string().transform(toRfc3339),
  last_used_at: z.string().transform(toRfc3339),
  expires_at: z.string().transform(toRfc3339),
})

const Ended = z.object({ id: z.string() })

export type SessionRow = z.infer<typeof SessionRow>

interface PageQuery {
  afterId: string | undefined
  limit: number
}

/** The user's own live sessions: the database knows the principal's alone, whatever it is passed. */
export const sessionsOf = (scope: UserScope) => ({
  /** Newest first. */
  page: ({ afterId, limit }: PageQuery) =>
    scope.raw(
      'read',
      sql`select *, id = ${scope.sessionId}::uuid as current
          from edgewise.my_sessions(${afterId ?? null}::uuid, ${limit}::integer)`,
      SessionRow,
    ),

  /** Whether there was such a session. */
  end: async (id: string) =>
    (await scope.raw('change', sql`select id from edgewise.end_my_session(${id}::uuid)`, Ended)).length > 0,

  /** Ends all but the one that asks. */
  endOthers: () =>
    scope.raw(
      'idempotent change',
      sql`select edgewise.end_my_other_sessions(${scope.sessionId}::uuid)`,
      z.unknown(),
    ),
})
