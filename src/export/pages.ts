import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import { completions, labels, lists, tasks } from '../db/schema.ts'
import type { UserScope } from '../db/user-scope.ts'

/** As many tasks and completions as a page has at most; so many can be imported at once. */
const PAGE_SIZE = 500
/** Of what they hold, before it is escaped as JSON, so that the database's answer stays far below Neon's limit. */
const PAGE_BYTES = 1_024 * 1_024
/** What a row has beside its texts, at most. */
const ROW_BYTES = 600

/** Tasks come level by level, completions after them all. */
const DEEPEST_LEVEL = 5
export const COMPLETIONS = DEEPEST_LEVEL + 1

/** Where a page ends: what it ends with, by level, and by position or, of a completion, time. */
export interface Place {
  stage: number
  key: string
  id: string
}

const Row = z.object({
  last_write: z.coerce.number(),
  kind: z.enum(['list', 'label', 'task', 'completion']).nullable(),
  stage: z.coerce.number().nullable(),
  key: z.string().nullable(),
  item: z.record(z.string(), z.unknown()).nullable(),
  more: z.boolean().nullable(),
})

export type ExportRow = z.infer<typeof Row>

interface Wanted {
  after: Place | undefined
  /** Whether what is in the trash, and the history of completions, is wanted too. */
  everything: boolean
}

/** Everything of one user's, in pages. */
export const exportOf = (scope: UserScope) => ({
  /** The page after that place, with all lists and labels; and the number of the user's last write. One statement, and so one view of the database. */
  page: ({ after = START, everything }: Wanted): Promise<ExportRow[]> =>
    scope.rawRead((owner) => {
      const live = everything ? sql`` : sql`and deleted_at is null`
      const stages = [...Array(everything ? COMPLETIONS : DEEPEST_LEVEL).keys()]
        .map((index) => index + 1)
        .filter((stage) => stage >= after.stage)
      const parts = stages.map((stage) =>
        stage === COMPLETIONS ? completionsFrom(owner, after) : tasksOfLevel(owner, stage, after, live),
      )
      return sql`
        with things as materialized (${sql.join(parts, sql` union all `)}),
        page as (
          select * from (
            select things.*, count(*) over () as found, row_number() over places as nth,
              sum(bytes) over places as bytes_so_far
            from things window places as (order by stage, key collate "C", id)
          ) as numbered
          where nth <= ${PAGE_SIZE} and bytes_so_far <= ${PAGE_BYTES}
        )
        select last_write, things.* from edgewise.my_writes() left join lateral (
          select 'list' as kind, 0 as stage, position as key, to_jsonb(lists) as item, false as more from ${lists}
            where user_id = ${owner} ${live}
          union all
          select 'label', 0, lower(name), to_jsonb(labels), false from ${labels}
            where user_id = ${owner} ${live}
          union all
          select 'task', stage, key, edgewise.told(tasks) || jsonb_build_object('labels_in_trash', array(
              select label_id from task_labels
              join labels on labels.user_id = ${owner} and labels.id = label_id and labels.deleted_at is not null
              where task_labels.user_id = ${owner} and task_id = tasks.id order by label_id
            ), 'days_left', ${DAYS_LEFT}), found > (select count(*) from page)
            from page join ${tasks} on tasks.user_id = ${owner} and tasks.id = page.id where stage < ${COMPLETIONS}
          union all
          select 'completion', stage, key, to_jsonb(completions), found > (select count(*) from page)
            from page join ${completions} on completions.user_id = ${owner} and completions.id = page.id
            where stage = ${COMPLETIONS}
        ) as things on true
        order by stage, key collate "C", item ->> 'id'`
    }, Row),
})

/** How many days of its series come after the one that a task stands for; null where it has not been worked out to its end. */
const DAYS_LEFT = sql`case when upcoming[cardinality(upcoming)] = 'infinity'
  then (select count(*) from unnest(upcoming) as day where day > recurrence_on and day < 'infinity') end`

const START: Place = { stage: 1, key: '', id: '00000000-0000-0000-0000-000000000000' }

/** The next tasks of that level, in their order: each is found by its index, and its level by those above it. */
const tasksOfLevel = (owner: SQL, level: number, after: Place, live: SQL): SQL => sql`
  (select ${level}::integer as stage, position as key, id, ${bytesOf('title', 'notes')} as bytes from ${tasks}
    where user_id = ${owner} and ${isOfLevel(owner, level)} ${live}
      and position > ${level === after.stage ? after.key : ''}
    order by position limit ${PAGE_SIZE + 1})`

/** True of a task that has so many above it as the level says; at the deepest level, at least so many. */
const isOfLevel = (owner: SQL, level: number): SQL => {
  const isBelow = level === 1 ? sql`true` : sql`${above(owner, level - 1)} is not null`
  return level === DEEPEST_LEVEL ? isBelow : sql`${isBelow} and ${above(owner, level)} is null`
}

/** The id of the task so many levels up. Looked up one by one: a join could be planned as one of everything with everything. */
const above = (owner: SQL, levels: number): SQL =>
  levels === 1
    ? sql`tasks.parent_id`
    : sql`(select parent_id from tasks as parent where parent.user_id = ${owner} and parent.id = ${above(owner, levels - 1)})`

const completionsFrom = (owner: SQL, { stage, key, id }: Place): SQL => sql`
  (select ${COMPLETIONS}::integer as stage,
      to_char(completed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as key, id, ${bytesOf('title')} as bytes
    from ${completions}
    where user_id = ${owner} and (completed_at, id) > (
      ${stage === COMPLETIONS ? key : '-infinity'}::timestamptz, ${stage === COMPLETIONS ? id : START.id}::uuid
    )
    order by completed_at, id limit ${PAGE_SIZE + 1})`

const bytesOf = (...texts: ('title' | 'notes')[]): SQL =>
  sql`(${ROW_BYTES}::integer + ${sql.raw(texts.map((text) => `octet_length(${text})`).join(' + '))})`
