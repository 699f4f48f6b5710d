import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { toRfc3339 } from '../db/instant.ts'
import type { UserScope } from '../db/user-scope.ts'

/** As many as go at once, so that a call is over in time. */
const PURGE_SIZE = 1_000

const type = z.enum(['task', 'list', 'label'])
const TrashedRow = z.object({
  type,
  id: z.string(),
  name: z.string(),
  deleted_at: z.string().transform(toRfc3339),
})
const Restored = z.object({ type, id: z.string(), name: z.string() })

interface PageQuery {
  after: Place | undefined
  limit: number
}

/** One user's trash. */
export const trashOf = (scope: UserScope) => ({
  /** What was deleted itself and can be restored, the latest first; not what went along. */
  page: ({ after = LAST, limit }: PageQuery) =>
    scope.rawRead(
      (owner) => sql`
        (select 'task' as type, id, title as name, deleted_at from tasks
          where user_id = ${owner} and deleted_with = id and ${isKept} and ${isAfter('task', after)}
          order by deleted_at desc, id desc limit ${limit})
        union all
        (select 'list', id, name, deleted_at from lists
          where user_id = ${owner} and deleted_with = id and ${isKept} and ${isAfter('list', after)}
          order by deleted_at desc, id desc limit ${limit})
        union all
        (select 'label', id, name, deleted_at from labels
          where user_id = ${owner} and deleted_with = id and ${isKept} and ${isAfter('label', after)}
          order by deleted_at desc, id desc limit ${limit})
        order by deleted_at desc, id desc, type desc limit ${limit}`,
      TrashedRow,
    ),

  /** Takes it back, with all that went along, unless it is due to go. */
  restore: (id: string) => scope.rawChange((owner) => sql`edgewise.restore(${owner}, ${id}::uuid)`, Restored),

  /** Deletes it for good, with all that went along. */
  purge: (id: string) =>
    scope.rawChange(
      (owner) =>
        sql`(select to_jsonb(purged) from edgewise.purge(${owner}, ${id}::uuid, 1) as purged where purged > 0)`,
      z.int(),
    ),

  /** Deletes for good what was deleted first. */
  empty: async () => {
    const purged = await scope.rawChange(
      (owner) => sql`to_jsonb(edgewise.purge(${owner}, null, ${PURGE_SIZE}))`,
      z.int(),
    )
    return { purged, more: purged === PURGE_SIZE }
  },
})

const isKept = sql`deleted_at > now() - edgewise.trash_kept()`

type Place = readonly [deletedAt: string, type: string, id: string]

/** Before everything, the latest first. */
const LAST: Place = ['infinity', '', 'ffffffff-ffff-ffff-ffff-ffffffffffff']

/** Things of different types may have one id: a page that ends between two of them goes on with the second. */
const isAfter = (kind: z.infer<typeof type>, [deletedAt, lastType, id]: Place) => sql`
  (deleted_at, id) ${kind < lastType ? sql`<=` : sql`<`} (${deletedAt}::timestamptz, ${id}::uuid)`
