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

export type SessionRow = z.infer<typeof SessionRow>

interface PageQuery {
  afterId: string | undefined
  limit: number
}

/** The user's own live sessions: the database knows the principal's alone, whatever it is passed. */
export const sessionsOf = (scope: UserScope) => ({
  /** Newest first. */
  page: ({ afterId, limit }: PageQuery) =>
    scope.rawRead(
      () => sql`select *, id = ${scope.sessionId}::uuid as current
          from edgewise.my_sessions(${afterId ?? null}::uuid, ${limit}::integer)`,
      SessionRow,
    ),

  end: (id: string) =>
    scope.rawChange(
      () => sql`(select to_jsonb(ended) from edgewise.end_my_session(${id}::uuid) as ended)`,
      z.unknown(),
    ),

  /** Ends all but the one that asks. */
  endOthers: () =>
    scope.rawChange(
      () => sql`(select jsonb_build_object() from edgewise.end_my_other_sessions(${scope.sessionId}::uuid))`,
      z.unknown(),
    ),
})
