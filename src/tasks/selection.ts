import { and, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { RowOf } from '../db/readable.ts'
import { tasks } from '../db/schema.ts'
import type { Sort, TaskQuery } from './query.ts'

export type Filter = Omit<TaskQuery, 'sort' | 'limit' | 'cursor'>

type Row = RowOf<typeof tasks>

/** The words of title and notes: those of a long text are in the second; no columns of the table's here, as nobody is to read them. */
const SEARCH = sql`"tasks"."search"`
const LONG_SEARCH = sql`long_search`

/** How far the day of one moment can differ between two places. */
const MOST_DAYS_APART = 2

/** Whether it narrows what is there, and so is looked up in an index before any task is read. */
export const isNarrowed = ({ timeZone: _, ...conditions }: Filter): boolean =>
  Object.values(conditions).some((condition) => condition !== undefined)

/** What is true of the tasks that the filter asks for; each column that it names is to be in their indexes (0016). */
export const matching = (filter: Filter, owner: SQL): SQL | undefined => {
  const { timeZone } = filter
  return and(
    isNull(tasks.deletedAt),
    when(filter.completed, (is) => (is ? isNotNull(tasks.completedAt) : isNull(tasks.completedAt))),
    when(filter.list, (list) => (list === 'inbox' ? isNull(tasks.listId) : eq(tasks.listId, list))),
    when(filter.label, (label) => isAmong(labelled(label, owner))),
    when(filter.parent, (parent) =>
      parent === 'none' ? isNull(tasks.parentId) : eq(tasks.parentId, parent),
    ),
    when(filter.priority, (priority) => sql`${tasks.priority} = ${priority}`),
    when(filter.due, (due) => DUES[due](timeZone)),
    when(filter.dueBefore, (day) => onDay('<', sql`${day}::date`, timeZone)),
    when(filter.dueAfter, (day) => onDay('>', sql`${day}::date`, timeZone)),
    when(filter.dueOn, (day) => onDay('=', sql`${day}::date`, timeZone)),
    when(filter.changedSince, (moment) => sql`${tasks.updatedAt} >= ${moment}::timestamptz`),
    when(filter.q, (q) => has(queryOf(q), owner)),
  )
}

/** All words of the text, each as the beginning of one. */
const queryOf = (text: string): SQL => sql`edgewise.prefix_query(${text})`

/** Whether it has these words. Those of the few tasks with long texts are in no index, and are looked through once. */
const has = (query: SQL, owner: SQL): SQL =>
  sql`(${SEARCH} @@ ${query} or ${SEARCH} is null and ${isAmong(sql`
  select id from tasks where user_id = ${owner} and search is null and ${LONG_SEARCH} @@ ${query}`)})`

/** How well it fits these words (Postgres' `ts_rank`). */
const rankBy = (query: SQL): SQL => sql`coalesce(ts_rank(${SEARCH}, ${query}), (
  select ts_rank(${LONG_SEARCH}, ${query}) from tasks as long where long.user_id = "tasks"."user_id" and long.id = "tasks"."id"))`

/**
 * Whether its id is one of these, which are looked up once. The test keeps the planner from making a join of it: it knows
 * too little of how many of one user's tasks these are, and takes a thousand times longer when it is wrong.
 */
const isAmong = (ids: SQL): SQL => sql`(${tasks.id} in (${ids})) is true`

/** Beside those that are on tasks, the table of them keeps those of labels in the trash. */
const labelled = (label: string, owner: SQL): SQL => sql`
  select task_id from task_labels where user_id = ${owner} and label_id = (
    select id from labels where user_id = ${owner} and id = ${label}::uuid and deleted_at is null)`

const when = <T>(value: T | undefined, condition: (value: T) => SQL): SQL | undefined =>
  value === undefined ? undefined : condition(value)

/** The moment that it is there, on that place's clock. */
const nowIn = (timeZone: string) => sql`(now() at time zone ${timeZone})`

/** When it is due, on the clock of the caller's place: as written, unless it is due in a place of its own. */
const dueIn = (timeZone: string) => sql`case when ${tasks.dueTimeZone} is null then ${tasks.dueKey}
  else edgewise.moment_of(${tasks.dueKey}, ${tasks.dueTimeZone}) at time zone ${timeZone} end`

/** Compares days there. What the index can tell comes first: the days as written, with room for other places. */
const onDay = (comparison: '<' | '>' | '=', day: SQL, timeZone: string): SQL => {
  // As timestamps: comparing them with dates is not leakproof, which an index's condition must be.
  const earliest = sql`${tasks.dueKey} >= (${day} - ${MOST_DAYS_APART}::integer)::timestamp`
  const latest = sql`${tasks.dueKey} < (${day} + ${MOST_DAYS_APART + 1}::integer)::timestamp`
  const isNear = {
    '<': latest,
    '>': sql`${earliest} and ${tasks.dueKey} < 'infinity'`,
    '=': sql`${earliest} and ${latest}`,
  }
  return sql`${isNear[comparison]} and (${dueIn(timeZone)})::date ${sql.raw(comparison)} ${day}`
}

const DUES: Record<'overdue' | 'today' | 'none', (timeZone: string) => SQL> = {
  none: () => sql`${tasks.dueKey} = 'infinity'`,
  today: (timeZone) => onDay('=', sql`${nowIn(timeZone)}::date`, timeZone),
  overdue: (timeZone) => sql`${tasks.completedAt} is null
    and ${tasks.dueKey} < ${nowIn(timeZone)} + ${`${MOST_DAYS_APART} days`}::interval
    and case when ${tasks.dueTime} is null then ${tasks.dueKey} < ${nowIn(timeZone)}::date
      else ${dueIn(timeZone)} < ${nowIn(timeZone)} end`,
}

export interface Order {
  orderBy: SQL
  /** What a row's place is made of beside its columns. */
  also?: Record<string, SQL>
  /** Where a row stands in the order, as a cursor says it. */
  placeOf: (row: Row & Record<string, unknown>) => string[]
  /** The places that there are in this order. */
  places: z.ZodType<string[]>
  /** What is true of the rows after that place. */
  after: (place: readonly string[]) => SQL
}

const uuid = z.uuid()
const NO_YEAR_ZERO = /^(?!0000)/
const moment = z.iso.datetime({ precision: 3 }).regex(NO_YEAR_ZERO)
const dueKey = z.literal('infinity').or(
  z
    .string()
    .regex(/^(?!0000)\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
    .refine((text) => z.iso.datetime({ local: true }).safeParse(text.replace(' ', 'T')).success),
)

/** How the tasks that the filter asks for are listed; an id settles what is otherwise alike. */
export const orderedBy = (sort: Sort, { list, parent, q = '' }: Filter): Order => {
  switch (sort) {
    case 'position':
      return {
        orderBy: sql`${alike(list, parent)}${tasks.position}`,
        placeOf: ({ position }) => [position],
        places: z.array(z.string().regex(/^[0-9A-Za-z]{1,1000}$/)).length(1),
        after: ([position]) => sql`${tasks.position} > ${position}`,
      }
    case 'due':
      return {
        orderBy: sql`${tasks.dueKey}, ${tasks.id}`,
        placeOf: (row) => [row.dueKey ?? 'infinity', row.id],
        places: placesOf(dueKey, uuid),
        after: ([due, id]) => sql`(${tasks.dueKey}, ${tasks.id}) > (${due}::timestamp, ${id}::uuid)`,
      }
    case 'priority':
      return {
        orderBy: sql`${tasks.priority} desc, ${tasks.id} desc`,
        placeOf: ({ priority, id }) => [String(priority), id],
        places: placesOf(z.string().regex(/^[0-3]$/), uuid),
        after: ([priority, id]) =>
          sql`(${tasks.priority}, ${tasks.id}) < (${priority}::smallint, ${id}::uuid)`,
      }
    case 'created':
      return {
        orderBy: sql`${tasks.createdAt} desc, ${tasks.id} desc`,
        placeOf: ({ createdAt, id }) => [createdAt, id],
        places: placesOf(moment, uuid),
        after: ([at, id]) => sql`(${tasks.createdAt}, ${tasks.id}) < (${at}::timestamptz, ${id}::uuid)`,
      }
    case 'changed':
      return {
        orderBy: sql`${tasks.changedIn} desc, ${tasks.id} desc`,
        placeOf: ({ changedIn, id }) => [String(changedIn), id],
        places: placesOf(z.string().regex(/^\d{1,18}$/), uuid),
        after: ([write, id]) => sql`(${tasks.changedIn}, ${tasks.id}) < (${write}::bigint, ${id}::uuid)`,
      }
    case 'relevance': {
      const rank = rankBy(queryOf(q))
      return {
        orderBy: sql`${rank} desc, ${tasks.id} desc`,
        also: { rank: sql`${rank}::text` },
        placeOf: ({ rank, id }) => [String(rank), id],
        places: placesOf(z.string().regex(/^\d{1,9}(\.\d{1,12})?(e-\d{1,2})?$/), uuid),
        after: ([rankThere, id]) => sql`(${rank}, ${tasks.id}) < (${rankThere}::real, ${id}::uuid)`,
      }
    }
  }
}

/**
 * What all the tasks that are asked for have alike, before their position: so the planner sees that the index of lists, or
 * that of parents, has them in their order, which it does not for those that have none.
 */
const alike = (list: Filter['list'], parent: Filter['parent']): SQL => {
  if (list !== undefined) return sql`${tasks.listId}, `
  return parent === undefined ? sql`` : sql`${tasks.parentId}, `
}

const placesOf = (key: z.ZodType<string>, id: z.ZodType<string>): z.ZodType<string[]> => z.tuple([key, id])
