import { sql } from 'drizzle-orm'
import type { Database } from './neon.ts'

/** Rejects with `DatabaseUnavailable` when the database does not answer. */
export const ping = async (database: Database): Promise<void> => {
  await database.execute(sql`select 1`)
}
