import { and, asc, eq, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { defined } from '../db/defined.ts'
import { lists } from '../db/schema.ts'
import type { UserScope } from '../db/user-scope.ts'
import { allowedBy, type Versions } from '../db/versions.ts'
import type { ListMove, ListPatch, NewList } from './contract.ts'

export type ListRow = typeof lists.$inferSelect

interface PageQuery {
  archived: boolean | undefined
  afterPosition: string | undefined
  limit: number
}

/** One user's lists. To this object, anyone else's rows do not exist. */
export const listsOf = (scope: UserScope) => {
  const one = (id: string, versions: Versions) => ({
    id,
    within: isNull(lists.deletedAt),
    allowed: allowedBy(lists.version, versions),
  })

  return {
    page: ({ archived, afterPosition, limit }: PageQuery) =>
      scope.select(lists, {
        where: and(
          isNull(lists.deletedAt),
          archivedIs(archived),
          afterPosition === undefined ? undefined : gt(lists.position, afterPosition),
        ),
        orderBy: asc(lists.position),
        limit,
      }),

    add: ({ id = uuidv7(), ...list }: NewList) => scope.insert(lists, { id, ...list }),

    find: (id: string) => scope.first(lists, and(eq(lists.id, id), isNull(lists.deletedAt))),

    change: (id: string, { archived, ...patch }: ListPatch, versions: Versions) =>
      scope.update(lists, one(id, versions), {
        ...defined(patch),
        ...(archived !== undefined && {
          archivedAt: archived ? sql`coalesce(${lists.archivedAt}, now())` : null,
        }),
      }),

    move: (id: string, { before, after }: ListMove, versions: Versions) =>
      scope.update(lists, one(id, versions), {
        position: sql`edgewise.list_position(${lists.userId}, ${lists.id}, ${before ?? null}::uuid, ${after ?? null}::uuid)`,
      }),

    /** Into the trash, with all its tasks. */
    remove: (id: string, versions: Versions) =>
      scope.update(lists, one(id, versions), { deletedAt: sql`now()`, deletedWith: id }),
  }
}

const archivedIs = (archived: boolean | undefined): SQL | undefined => {
  if (archived === undefined) return undefined
  return archived ? isNotNull(lists.archivedAt) : isNull(lists.archivedAt)
}
