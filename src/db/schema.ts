import { type SQL, sql } from 'drizzle-orm'
import {
  bigint,
  check,
  customType,
  date,
  foreignKey,
  index,
  integer,
  pgPolicy,
  pgTable,
  primaryKey,
  smallint,
  text,
  time,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { users } from './auth-schema.ts'
import { instant } from './instant.ts'
import { apiRole } from './roles.ts'

export * from './auth-schema.ts'

const isOwn: SQL = sql`user_id = (select edgewise.principal())`

/** The row-level-security policy of a table whose rows each belong to one user: the second wall. */
const ownRowsOnly = (table: string) =>
  pgPolicy(`${table}_own_rows`, { for: 'all', to: apiRole, using: isOwn, withCheck: isOwn })

const isDue: SQL = sql`deleted_at <= now() - edgewise.trash_kept()`

/**
 * Lets the tables' owner, whom row-level security binds too, see and delete what is due to go, and nothing else: what
 * `edgewise.purge_due_tasks` and its like run as.
 */
const dueRows = (table: string, using: SQL) =>
  pgPolicy(`${table}_due`, { for: 'all', to: 'current_user', using, withCheck: sql`false` })

/** What every row of the user's has: its owner, its id, when it was made and changed, and by which write. */
const owned = {
  userId: uuid('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  id: uuid('id').notNull(),
  createdAt: instant('created_at').notNull().default(sql`now()`),
  updatedAt: instant('updated_at').notNull().default(sql`now()`),
  version: integer('version').notNull().default(1),
  /** The number of the user's write that changed it last: the order in which a client keeps in step. */
  changedIn: bigint('changed_in', { mode: 'number' }).notNull().default(0),
}

/** When it went into the trash, and what took it along: its own id, or that of what it hung on. */
const trashable = {
  deletedAt: instant('deleted_at'),
  deletedWith: uuid('deleted_with'),
}

/** A place in an order: a key that sorts by its bytes, with room between any two. The database finds one at the end. */
const position = customType<{ data: string }>({ dataType: () => 'text collate "C"' })('position')
  .notNull()
  .default(sql`''`)

const isColor = sql`color ~ '^#[0-9a-f]{6}$'`

export const lists = pgTable(
  'lists',
  {
    ...owned,
    ...trashable,
    name: text('name').notNull(),
    color: text('color'),
    position,
    archivedAt: instant('archived_at'),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.id] }),
    uniqueIndex('lists_position_index').on(table.userId, table.position),
    index('lists_changed_index').on(table.userId, table.changedIn, table.id),
    check('lists_name_length', sql`char_length(name) between 1 and 200`),
    check('lists_color', isColor),
    index('lists_trash_index').on(table.userId, table.deletedAt, table.id).where(sql`deleted_with = id`),
    index('lists_due_to_go_index').on(table.deletedAt).where(sql`deleted_at is not null`),
    ownRowsOnly('lists'),
    dueRows('lists', isDue),
  ],
)

export const labels = pgTable(
  'labels',
  { ...owned, ...trashable, name: text('name').notNull(), color: text('color') },
  (table) => [
    primaryKey({ columns: [table.userId, table.id] }),
    uniqueIndex('labels_name_index').on(table.userId, sql`lower(name)`).where(sql`deleted_at is null`),
    index('labels_changed_index').on(table.userId, table.changedIn, table.id),
    check('labels_name_length', sql`char_length(name) between 1 and 100`),
    check('labels_color', isColor),
    index('labels_trash_index').on(table.userId, table.deletedAt, table.id).where(sql`deleted_with = id`),
    index('labels_due_to_go_index').on(table.deletedAt).where(sql`deleted_at is not null`),
    ownRowsOnly('labels'),
    dueRows('labels', isDue),
  ],
)

export const tasks = pgTable(
  'tasks',
  {
    ...owned,
    ...trashable,
    title: text('title').notNull(),
    notes: text('notes').notNull().default(''),
    priority: smallint('priority').$type<0 | 1 | 2 | 3>().notNull().default(0),
    dueDate: date('due_date', { mode: 'string' }),
    dueTime: time('due_time', { precision: 0 }),
    dueTimeZone: text('due_time_zone'),
    /** When it is due on the clock that it was written by; after all others if it never is. */
    dueKey: timestamp('due_key', { mode: 'string' }).generatedAlwaysAs(
      sql`coalesce(due_date + coalesce(due_time, '00:00'), 'infinity')`,
    ),
    /** An RRULE of RFC 5545, and what the next occurrence is counted from. */
    recurrenceRule: text('recurrence_rule'),
    recurrenceFrom: text('recurrence_from').$type<'schedule' | 'completion'>(),
    /** The day that the series counts from, and that of the occurrence which the task stands for now. */
    recurrenceStart: date('recurrence_start', { mode: 'string' }),
    recurrenceOn: date('recurrence_on', { mode: 'string' }),
    /** Days of the series to come, worked out when the rule is set; `infinity` closes those of one that ends. Nobody reads it. */
    upcoming: date('upcoming', { mode: 'string' }).array(),
    completedAt: instant('completed_at'),
    /** What completed it along: its own id, or that of a task above it. */
    completedWith: uuid('completed_with'),
    listId: uuid('list_id'),
    parentId: uuid('parent_id'),
    /** What `task_labels` says, in the order that was given; triggers keep the two in step. */
    labelIds: uuid('label_ids').array().notNull().default(sql`'{}'`),
    position,
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.id] }),
    foreignKey({
      name: 'tasks_list_fk',
      columns: [table.userId, table.listId],
      foreignColumns: [lists.userId, lists.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'tasks_parent_fk',
      columns: [table.userId, table.parentId],
      foreignColumns: [table.userId, table.id],
    }).onDelete('cascade'),
    // In the database these also include the other columns that a filter or an order names, and the words (0016), which Drizzle cannot say.
    uniqueIndex('tasks_position_index').on(table.userId, table.position),
    index('tasks_changed_index').on(table.userId, table.changedIn, table.id),
    index('tasks_due_index').on(table.userId, table.dueKey, table.id),
    index('tasks_priority_index').on(table.userId, table.priority, table.id),
    index('tasks_created_index').on(table.userId, table.createdAt, table.id),
    index('tasks_trash_index').on(table.userId, table.deletedAt, table.id).where(sql`deleted_with = id`),
    index('tasks_list_index').on(table.userId, table.listId, table.position),
    index('tasks_parent_index').on(table.userId, table.parentId, table.position),
    check('tasks_title_length', sql`char_length(title) between 1 and 500`),
    check('tasks_notes_length', sql`char_length(notes) <= 16384`),
    check('tasks_priority_range', sql`priority between 0 and 3`),
    check(
      'tasks_due_shape',
      sql`(due_time is null or due_date is not null) and (due_time_zone is null or due_time is not null)`,
    ),
    check(
      'tasks_recurrence_shape',
      sql`(recurrence_rule is null) = (recurrence_from is null) and (recurrence_rule is null or due_date is not null)`,
    ),
    check(
      'tasks_series_shape',
      sql`(recurrence_rule is null) = (recurrence_start is null) and (recurrence_rule is null) = (recurrence_on is null)`,
    ),
    index('tasks_due_to_go_index').on(table.deletedAt).where(sql`deleted_at is not null`),
    ownRowsOnly('tasks'),
    dueRows('tasks', isDue),
  ],
)

/** Which tasks have which labels. Nobody writes it but the triggers of `tasks` and `labels`. */
export const taskLabels = pgTable(
  'task_labels',
  {
    userId: uuid('user_id').notNull(),
    taskId: uuid('task_id').notNull(),
    labelId: uuid('label_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.labelId, table.taskId] }),
    index('task_labels_task_index').on(table.userId, table.taskId),
    foreignKey({
      name: 'task_labels_task_fk',
      columns: [table.userId, table.taskId],
      foreignColumns: [tasks.userId, tasks.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'task_labels_label_fk',
      columns: [table.userId, table.labelId],
      foreignColumns: [labels.userId, labels.id],
    }).onDelete('cascade'),
    ownRowsOnly('task_labels'),
    dueRows(
      'task_labels',
      sql`exists (select from labels where labels.user_id = task_labels.user_id and labels.id = label_id and ${isDue})`,
    ),
  ],
)

/** Every completion there has been, of recurring tasks too, with the due that the task had then. */
export const completions = pgTable(
  'completions',
  {
    ...owned,
    taskId: uuid('task_id').notNull(),
    title: text('title').notNull(),
    dueDate: date('due_date', { mode: 'string' }),
    dueTime: time('due_time', { precision: 0 }),
    dueTimeZone: text('due_time_zone'),
    completedAt: instant('completed_at').notNull(),
    /** Of a task that came again: which occurrence it was, and which one it then stood for. */
    occurrence: date('occurrence', { mode: 'string' }),
    nextOccurrence: date('next_occurrence', { mode: 'string' }),
    /** The completion of a task above that it belongs to. */
    alongWith: uuid('along_with'),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.id] }),
    foreignKey({
      name: 'completions_task_fk',
      columns: [table.userId, table.taskId],
      foreignColumns: [tasks.userId, tasks.id],
    }).onDelete('cascade'),
    index('completions_time_index').on(table.userId, table.completedAt, table.id),
    index('completions_task_index').on(table.userId, table.taskId, table.completedAt),
    index('completions_along_index').on(table.userId, table.alongWith).where(sql`along_with is not null`),
    index('completions_changed_index').on(table.userId, table.changedIn, table.id),
    ownRowsOnly('completions'),
    dueRows(
      'completions',
      sql`exists (select from tasks where tasks.user_id = completions.user_id and tasks.id = task_id and ${isDue})`,
    ),
  ],
)
