import { type SQL, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import * as z from 'zod'
import { completionView } from '../completions/view.ts'
import { toRfc3339 } from '../db/instant.ts'
import { rowFromJson } from '../db/row-from-json.ts'
import { completions, labels, lists, tasks } from '../db/schema.ts'
import type { UserScope } from '../db/user-scope.ts'
import { labelView } from '../labels/view.ts'
import { listView } from '../lists/view.ts'
import { taskView } from '../tasks/view.ts'
import type { Change } from './contract.ts'

/** How far a client has come in the order in which its user's writes were made. */
export interface Position {
  /** The last change that it has: its write, the thing, and the thing's type. */
  write: number
  id: string
  type: string
  /** The write up to which it knows what is gone. */
  knowsGone: number
}

export interface Step {
  changes: Change[]
  position: Position
  more: boolean
}

/** Before every change. */
const START = { write: 0, id: '00000000-0000-0000-0000-000000000000', type: '' }

const Row = z.object({
  last_write: z.coerce.number(),
  forgotten: z.coerce.number(),
  type: z.enum(['task', 'list', 'label', 'completion']).nullable(),
  id: z.string().nullable(),
  changed_in: z.coerce.number().nullable(),
  item: z.record(z.string(), z.unknown()).nullable(),
})

/** What has become of one user's things. */
export const changesOf = (scope: UserScope) => ({
  /**
   * The next changes after that position, in the order of the writes that made them; `undefined` when what is gone since has
   * been forgotten. A write is numbered under the lock that its user's writes take turns on, so none can
   * come to light later with a number that a client has passed. One statement, and so one view of the database.
   */
  after: async (position: Position | undefined, limit: number): Promise<Step | undefined> => {
    const { write, id, type } = position ?? START
    const place = sql`(${write}::bigint, ${id}::uuid)`
    const laterThan = (own: string) => (own > type ? sql`>= ${place}` : sql`> ${place}`)
    const rowsOf = (own: string, table: PgTable, owner: SQL) => sql`
      (select ${own} as type, id, changed_in, to_jsonb(${table}) - '{search,long_search,upcoming}'::text[] as item from ${table}
        where user_id = ${owner} and (changed_in, id) ${laterThan(own)}
        order by changed_in, id limit ${limit + 1})`

    const rows = await scope.rawRead(
      (owner) => sql`
        select last_write, forgotten, changes.* from edgewise.my_writes() left join lateral (
          ${rowsOf('task', tasks, owner)} union all ${rowsOf('list', lists, owner)}
          union all ${rowsOf('label', labels, owner)} union all ${rowsOf('completion', completions, owner)}
          union all select kind, id, changed_in, null from edgewise.my_tombstones(${write}::bigint, ${id}::uuid, ${type}, ${limit + 1})
          order by 3, 2, 1 limit ${limit + 1}
        ) as changes on true`,
      Row,
    )
    const { last_write: lastWrite = 0, forgotten = 0 } = rows[0] ?? {}
    const knowsGone = position?.knowsGone ?? lastWrite
    if (knowsGone < forgotten || write > lastWrite) return undefined

    const found = rows.flatMap(changeIn)
    const more = found.length > limit
    const step = found.slice(0, limit)
    const last = step.at(-1)
    const reached = last
      ? { write: last.write, id: last.change.id, type: last.change.type }
      : { write, id, type }
    return {
      changes: step.map(({ change }) => change),
      // Whoever has come to the end knows of everything that was gone by then.
      position: { ...reached, knowsGone: more ? knowsGone : lastWrite },
      more,
    }
  },
})

const changeIn = ({
  type,
  id,
  changed_in: write,
  item,
}: z.infer<typeof Row>): { write: number; change: Change }[] => {
  if (type === null || id === null || write === null) return []
  const deletedAt = typeof item?.deleted_at === 'string' ? toRfc3339(item.deleted_at) : null
  return [{ write, change: { ...viewOf(type, item), id, deletedAt } }]
}

const viewOf = (type: Change['type'], item: Record<string, unknown> | null) => {
  switch (type) {
    case 'task':
      return { type, item: item && taskView(rowFromJson(tasks, item)) }
    case 'list':
      return { type, item: item && listView(rowFromJson(lists, item)) }
    case 'label':
      return { type, item: item && labelView(rowFromJson(labels, item)) }
    case 'completion':
      return { type, item: item && completionView(rowFromJson(completions, item)) }
  }
}
