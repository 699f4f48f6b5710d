import { asDataRole, type Query, sql } from './database.ts'
import type { Person } from './person.ts'

const HELD_SECONDS = 4

/** A write of which all is done but its commit, for four seconds from when this settles: it takes these statements. */
export const heldWrite = async (person: Person, ...statements: Query[]) => {
  const [session] = await sql('select id from sessions where user_id = $1', [person.id])
  const key = crypto.randomUUID()
  const write = { isOver: false }
  const committed = asDataRole(
    {
      query: 'select edgewise.begin_write($1, $2, $3, $3)',
      params: [person.id, String(session?.id), key],
    },
    ...statements,
    { query: `select pg_sleep(${HELD_SECONDS}) as "${key}"`, params: [] },
    { query: "select edgewise.end_write($1, $1, '1 hour')", params: [key] },
  ).finally(() => {
    write.isOver = true
  })
  const isHeld = async () => {
    const [row] = await sql(
      `select count(*)::int as held from pg_stat_activity where wait_event = 'PgSleep' and position($1 in query) > 0`,
      [key],
    )
    return row?.held === '1' || row?.held === 1
  }
  while (!write.isOver && !(await isHeld()));
  return { committed, isOver: () => write.isOver }
}
