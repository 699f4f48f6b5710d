import { neon, neonConfig } from '@neondatabase/serverless'
import { desc, eq } from 'drizzle-orm'
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http'
import { tasks } from '../../src/db/schema.ts'

type TaskRow = typeof tasks.$inferSelect

/** Drizzle over Neon's HTTP driver as its documentation sets it up, pointed at the local Neon. */
export const connect = (url: string): NeonHttpDatabase => {
  neonConfig.fetchEndpoint = (host, port) => `http://${host}:${port}/sql`
  return drizzle(neon(url))
}

/** The page of tasks that `GET /v1/tasks?limit=…` gives that user: its SQL and its JSON. */
export const firstPage = async (database: NeonHttpDatabase, userId: string, limit: number) => {
  const rows = await database
    .select()
    .from(tasks)
    .where(eq(tasks.userId, userId))
    .orderBy(desc(tasks.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const nextCursor = last && rows.length > limit ? cursorAfter(last.id) : null
  return { items: items.map(view), nextCursor }
}

const cursorAfter = (id: string) =>
  btoa(JSON.stringify(['tasks?completed=', id]))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const view = (row: TaskRow) => ({
  id: row.id,
  title: row.title,
  notes: row.notes,
  priority: row.priority,
  due: dueOf(row),
  completedAt: row.completedAt,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
  version: row.version,
})

/** As in src/tasks/due.ts, without the validation library that comes with it. */
const dueOf = ({ dueDate, dueTime, dueTimeZone }: Pick<TaskRow, 'dueDate' | 'dueTime' | 'dueTimeZone'>) => {
  if (dueDate === null) return null
  if (dueTime === null) return { date: dueDate }
  const dateTime = `${dueDate}T${dueTime}`
  return dueTimeZone === null ? { dateTime } : { dateTime, timeZone: dueTimeZone }
}
