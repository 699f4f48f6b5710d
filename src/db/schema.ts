import { type SQL, sql } from 'drizzle-orm'
import {
  check,
  date,
  index,
  integer,
  pgPolicy,
  pgTable,
  primaryKey,
  smallint,
  text,
  time,
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

export const tasks = pgTable(
  'tasks',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    id: uuid('id').notNull(),
    title: text('title').notNull(),
    notes: text('notes').notNull().default(''),
    priority: smallint('priority').$type<0 | 1 | 2 | 3>().notNull().default(0),
    dueDate: date('due_date', { mode: 'string' }),
    dueTime: time('due_time', { precision: 0 }),
    dueTimeZone: text('due_time_zone'),
    completedAt: instant('completed_at'),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    updatedAt: instant('updated_at').notNull().default(sql`now()`),
    version: integer('version').notNull().default(1),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.id] }),
    index('tasks_open_index').on(table.userId, table.id).where(sql`completed_at is null`),
    index('tasks_completed_index').on(table.userId, table.id).where(sql`completed_at is not null`),
    check('tasks_title_length', sql`char_length(title) between 1 and 500`),
    check('tasks_notes_length', sql`char_length(notes) <= 16384`),
    check('tasks_priority_range', sql`priority between 0 and 3`),
    check(
      'tasks_due_shape',
      sql`(due_time is null or due_date is not null) and (due_time_zone is null or due_time is not null)`,
    ),
    ownRowsOnly('tasks'),
  ],
)
