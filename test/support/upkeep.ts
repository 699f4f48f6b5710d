import { exports } from 'cloudflare:workers'
import { asOwner, sql } from './database.ts'

/** Runs the Worker's upkeep as the clock would. */
export const byTheClock = async (): Promise<string> => {
  const { default: worker } = exports as unknown as { default: Scheduled }
  return (await worker.scheduled({ cron: '17 * * * *' })).outcome
}

interface Scheduled {
  scheduled(event: { cron: string }): Promise<{ outcome: string }>
}

/** Makes it look as if the person had put all that is in the trash there so long ago, as Postgres writes intervals. */
export const agedTrash = (userId: string, age: string) =>
  asOwner(
    // In the person's turn, as whatever changes a row.
    { query: 'select edgewise.write_of($1)', params: [userId] },
    ...['tasks', 'lists', 'labels'].map((table) => ({
      query: `update ${table} set deleted_at = now() - $2::interval where user_id = $1 and deleted_at is not null`,
      params: [userId, age],
    })),
  )

/** Whether the person has something in the trash that is to go. */
export const hasDueTrash = async (userId: string): Promise<boolean> => {
  const [row] = await sql(
    `select count(*)::text as due from (
       select user_id, deleted_at from tasks union all select user_id, deleted_at from lists
       union all select user_id, deleted_at from labels
     ) as things where user_id = $1 and deleted_at <= now() - interval '30 days'`,
    [userId],
  )
  return row?.due !== '0'
}

/** The same for the notes of what was purged. */
export const agedTombstones = (userId: string, age: string) =>
  sql('update edgewise.tombstones set made_at = now() - $2::interval where user_id = $1', [userId, age])
