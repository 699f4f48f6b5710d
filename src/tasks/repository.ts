import { and, desc, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { tasks } from '../db/schema.ts'
import type { UserScope } from '../db/user-scope.ts'
import type { Condition } from '../http/conditional.ts'
import type { NewTask, TaskPatch } from './contract.ts'
import { dueToColumns } from './due.ts'

export type TaskRow = typeof tasks.$inferSelect

/** `stale`: the task is there, but not in a version that the condition allows. */
export type Changed = TaskRow | 'stale' | undefined

interface PageQuery {
  completed: boolean | undefined
  afterId: string | undefined
  limit: number
}

/** One user's tasks. To this object, anyone else's rows do not exist. */
export const tasksOf = (scope: UserScope) => {
  const only = (id: string) => eq(tasks.id, id)

  /** Makes a change under a condition; a second statement tells a stale version from a missing task. */
  const ifAllowed = async (
    id: string,
    condition: Condition,
    make: (where: SQL) => ReturnType<typeof scope.remove<typeof tasks>>,
  ): Promise<Changed> => {
    const [row, current] = await scope.together(
      make(sql`${only(id)} and ${allowedBy(condition)}`),
      scope.first(tasks, only(id)),
    )
    return row ?? (current && 'stale')
  }

  const repeatable = (condition: Condition) => (condition === undefined ? 'idempotent change' : 'change')

  return {
    /** Newest first. */
    page: ({ completed, afterId, limit }: PageQuery) =>
      scope.select(tasks, {
        where: and(completionIs(completed), afterId === undefined ? undefined : lt(tasks.id, afterId)),
        orderBy: desc(tasks.id),
        limit,
      }),

    add: ({ due, ...task }: NewTask) => scope.insert(tasks, { id: uuidv7(), ...task, ...dueToColumns(due) }),

    find: (id: string) => scope.first(tasks, only(id)),

    change: (id: string, { due, ...patch }: TaskPatch, condition: Condition) =>
      ifAllowed(id, condition, (where) =>
        scope.update(
          tasks,
          { ...defined(patch), ...(due !== undefined && dueToColumns(due)), ...NEXT_VERSION },
          where,
        ),
      ),

    remove: (id: string, condition: Condition) =>
      ifAllowed(id, condition, (where) => scope.remove(tasks, where)),

    /** Completing what is completed changes nothing. */
    complete: (id: string, condition: Condition) =>
      ifAllowed(id, condition, (where) => scope.update(tasks, COMPLETED, where, repeatable(condition))),

    /** Reopening what is open changes nothing. */
    reopen: (id: string, condition: Condition) =>
      ifAllowed(id, condition, (where) => scope.update(tasks, REOPENED, where, repeatable(condition))),
  }
}

const NEXT_VERSION = { version: sql`${tasks.version} + 1`, updatedAt: sql`now()` }

const changedWhen = (happens: SQL) => ({
  version: sql`${tasks.version} + (${happens})::int`,
  updatedAt: sql`case when ${happens} then now() else ${tasks.updatedAt} end`,
})

const COMPLETED = {
  completedAt: sql`coalesce(${tasks.completedAt}, now())`,
  ...changedWhen(sql`${tasks.completedAt} is null`),
}

const REOPENED = { completedAt: null, ...changedWhen(sql`${tasks.completedAt} is not null`) }

const completionIs = (completed: boolean | undefined): SQL | undefined => {
  if (completed === undefined) return undefined
  return completed ? isNotNull(tasks.completedAt) : isNull(tasks.completedAt)
}

const allowedBy = (condition: Condition): SQL =>
  condition === undefined || condition === 'any' ? sql`true` : inArray(tasks.version, [...condition])

/** Drizzle takes absent fields, not undefined ones, under exactOptionalPropertyTypes. */
const defined = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
