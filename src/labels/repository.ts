import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { defined } from '../db/defined.ts'
import { labels } from '../db/schema.ts'
import type { UserScope } from '../db/user-scope.ts'
import { allowedBy, type Versions } from '../db/versions.ts'
import type { LabelPatch, NewLabel } from './contract.ts'

export type LabelRow = typeof labels.$inferSelect

interface PageQuery {
  afterName: string | undefined
  limit: number
}

/** One user's labels. To this object, anyone else's rows do not exist. */
export const labelsOf = (scope: UserScope) => {
  const one = (id: string, versions: Versions) => ({
    id,
    within: isNull(labels.deletedAt),
    allowed: allowedBy(labels.version, versions),
  })

  return {
    /** By name, whatever the case of its letters. */
    page: ({ afterName, limit }: PageQuery) =>
      scope.select(labels, {
        where: and(
          isNull(labels.deletedAt),
          afterName === undefined ? undefined : sql`lower(${labels.name}) > lower(${afterName}::text)`,
        ),
        orderBy: asc(sql`lower(${labels.name})`),
        limit,
      }),

    add: ({ id = uuidv7(), ...label }: NewLabel) => scope.insert(labels, { id, ...label }),

    find: (id: string) => scope.first(labels, and(eq(labels.id, id), isNull(labels.deletedAt))),

    change: (id: string, patch: LabelPatch, versions: Versions) =>
      scope.update(labels, one(id, versions), defined(patch)),

    /** Into the trash, and off every task. */
    remove: (id: string, versions: Versions) =>
      scope.update(labels, one(id, versions), { deletedAt: sql`now()`, deletedWith: id }),
  }
}
