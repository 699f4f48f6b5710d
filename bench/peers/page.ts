import { neon, neonConfig } from '@neondatabase/serverless'
import { and, desc, eq, getTableColumns, isNull } from 'drizzle-orm'
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http'
import type { RowOf } from '../../src/db/readable.ts'
import { tasks } from '../../src/db/schema.ts'
import { recurrenceFromColumns } from '../../src/recurrence/columns.ts'

type TaskRow = RowOf<typeof tasks>

const { upcoming: _, ...readable } = getTableColumns(tasks)

/** Drizzle over Neon's HTTP driver as its documentation sets it up, pointed at the local Neon. */
export const connect = (url: string): NeonHttpDatabase => {
  neonConfig.fetchEndpoint = (host, port) => `http://${host}:${port}/sql`
  return drizzle(neon(url))
}

/** The page of tasks that `GET /v1/tasks?limit=…` gives that user: its SQL and its JSON. */
export const firstPage = async (database: NeonHttpDatabase, userId: string, limit: number) => {
  const rows = await database
    .select(readable)
    .from(tasks)
    .where(and(eq(tasks.userId, userId), isNull(tasks.deletedAt)))
    .orderBy(desc(tasks.createdAt), desc(tasks.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  const nextCursor = last && rows.length > limit ? cursorAfter(last) : null
  return { items: items.map(view), nextCursor }
}

const cursorAfter = ({ createdAt, id }: TaskRow) =>
  btoa(JSON.stringify(['tasks?["created",{"timeZone":"UTC"}]', createdAt, id]))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const view = (row: TaskRow) => ({
  id: row.id,
  title: row.title,
  notes: row.notes,
  priority: row.priority,
  due: dueOf(row),
  recurrence: recurrenceFromColumns(row),
  listId: row.listId,
  parentId: row.parentId,
  labelIds: row.labelIds,
  position: row.position,
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
