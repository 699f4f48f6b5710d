import { eq, type SQL } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { UserId } from '../auth/principal.ts'

/** A table whose every row belongs to one user. Only such tables pass through the user scope. */
export type OwnedTable = PgTable & { userId: OwnerColumn }

type OwnerColumn = PgColumn & { _: { name: 'userId' | 'user_id'; data: string; notNull: true } }

/** The owner predicate: the first wall. Every statement of the user scope carries it. */
export const ownedBy = (table: OwnedTable, userId: UserId): SQL => eq(table.userId, userId)
