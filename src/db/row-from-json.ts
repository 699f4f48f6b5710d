import type { PgTable } from 'drizzle-orm/pg-core'
import { type RowOf, readable } from './readable.ts'

/** A row as Drizzle's own selection yields it, from what Postgres's `to_jsonb` makes of one. */
export const rowFromJson = <T extends PgTable>(table: T, json: unknown): RowOf<T> => {
  const values = json as Record<string, unknown>
  const row = Object.entries(readable(table)).map(([name, column]) => {
    const value = values[column.name] ?? null
    return [name, value === null ? null : column.mapFromDriverValue(value)]
  })
  return Object.fromEntries(row) as RowOf<T>
}
