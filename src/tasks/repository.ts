import { and, eq, isNull, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { defined } from '../db/defined.ts'
import { tasks } from '../db/schema.ts'
import type { UserScope } from '../db/user-scope.ts'
import { allowedBy, type Versions } from '../db/versions.ts'
import type { NewTask, TaskMove, TaskPatch } from './contract.ts'
import { dueToColumns } from './due.ts'
import { type Filter, matching, type Order } from './selection.ts'

export type TaskRow = typeof tasks.$inferSelect

/** One user's tasks. To this object, anyone else's rows do not exist. Changes throw `WriteRefused` when they cannot be made. */
export const tasksOf = (scope: UserScope) => {
  const one = (id: string, versions: Versions) => ({
    id,
    within: isNull(tasks.deletedAt),
    allowed: allowedBy(tasks.version, versions),
  })

  return {
    page: (
      filter: Filter,
      { orderBy, also, after }: Order,
      place: readonly string[] | undefined,
      limit: number,
    ) => scope.select(tasks, { also, where: and(matching(filter), place && after(place)), orderBy, limit }),

    add: ({ id = uuidv7(), due, ...task }: NewTask) =>
      scope.insert(tasks, { id, ...task, ...dueToColumns(due) }),

    find: (id: string) => scope.first(tasks, and(eq(tasks.id, id), isNull(tasks.deletedAt))),

    change: (id: string, { due, ...patch }: TaskPatch, versions: Versions) =>
      scope.update(tasks, one(id, versions), {
        ...defined(patch),
        ...(due !== undefined && dueToColumns(due)),
      }),

    move: (id: string, { before, after, ...place }: TaskMove, versions: Versions) =>
      scope.update(tasks, one(id, versions), {
        ...defined(place),
        position: sql`edgewise.task_position(${tasks.userId}, ${tasks.id}, ${before ?? null}::uuid, ${after ?? null}::uuid)`,
      }),

    /** Into the trash, with all that hangs on it. */
    remove: (id: string, versions: Versions) =>
      scope.update(tasks, one(id, versions), { deletedAt: sql`now()`, deletedWith: id }),

    /** With the open tasks below it. Completing what is completed changes nothing. */
    complete: (id: string, versions: Versions) =>
      scope.update(tasks, one(id, versions), {
        completedAt: sql`coalesce(${tasks.completedAt}, now())`,
        completedWith: sql`coalesce(${tasks.completedWith}, ${tasks.id})`,
      }),

    /** With those that it completed along. Reopening what is open changes nothing. */
    reopen: (id: string, versions: Versions) =>
      scope.update(tasks, one(id, versions), { completedAt: null, completedWith: null }),
  }
}
