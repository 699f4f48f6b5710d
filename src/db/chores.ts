import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Database } from './neon.ts'

/** Deletes at most so many rows of what is due, in one statement; yields how many, 0 when there is nothing left to take. */
export type Chore = (atMost: number) => Promise<number>

/** What is deleted for good by itself. None is told whose or which. */
export const choresOf = (database: Database) => {
  const choreOf =
    (call: (atMost: number) => SQL): Chore =>
    async (atMost) =>
      Deleted.parse(await database.execute(sql`select ${call(atMost)} as deleted`)).rows[0].deleted

  return {
    tasks: choreOf((atMost) => sql`edgewise.purge_due_tasks(${atMost})`),
    lists: choreOf((atMost) => sql`edgewise.purge_due_lists(${atMost})`),
    labels: choreOf((atMost) => sql`edgewise.purge_due_labels(${atMost})`),
    tombstones: choreOf((atMost) => sql`edgewise.forget_tombstones(${atMost})`),
    answers: choreOf((atMost) => sql`edgewise.forget_answers(${atMost})`),
  }
}

const Deleted = z.object({ rows: z.tuple([z.object({ deleted: z.int() })]) })
