import { getTableColumns, type InferSelectModel } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

/** What the database keeps for itself: the Worker writes it, and never reads it. */
type Unread = 'upcoming'

export type RowOf<T extends PgTable> = Omit<InferSelectModel<T>, Unread>

/** The columns that are read. */
export const readable = (table: PgTable) => {
  const { upcoming: _, ...columns } = getTableColumns(table)
  return columns
}
