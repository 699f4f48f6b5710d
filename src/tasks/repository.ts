import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { defined } from '../db/defined.ts'
import type { RowOf } from '../db/readable.ts'
import { tasks } from '../db/schema.ts'
import type { UserScope } from '../db/user-scope.ts'
import { allowedBy, type Versions } from '../db/versions.ts'
import { recurrenceToColumns } from '../recurrence/columns.ts'
import type { WorkedOut } from '../recurrence/work-out.ts'
import type { Completing, NewTask, TaskMove, TaskPatch } from './contract.ts'
import { dueToColumns } from './due.ts'
import { type Filter, isNarrowed, matching, type Order } from './selection.ts'

export type TaskRow = RowOf<typeof tasks>

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
    ) =>
      scope.select(tasks, {
        also,
        where: (owner) => and(matching(filter, owner), place && after(place)),
        orderBy,
        limit,
        byId: isNarrowed(filter),
      }),

    /** `links` are expressions for what is known only when the write is made. */
    add: (
      { id = uuidv7(), due, recurrence, upcoming, ...task }: WorkedOut<NewTask>,
      links: { listId?: SQL; labelIds?: SQL } = {},
    ) =>
      scope.insert(tasks, {
        id,
        ...task,
        ...links,
        ...dueToColumns(due),
        ...recurrenceToColumns(recurrence),
        upcoming,
      }),

    find: (id: string) => scope.first(tasks, and(eq(tasks.id, id), isNull(tasks.deletedAt))),

    /** A due alone moves the occurrence that the task stands for; a recurrence starts its series anew from the due. */
    change: (id: string, { due, recurrence, upcoming, ...patch }: WorkedOut<TaskPatch>, versions: Versions) =>
      scope.update(tasks, one(id, versions), {
        ...defined(patch),
        ...(due !== undefined && dueToColumns(due)),
        ...(recurrence !== undefined && { ...recurrenceToColumns(recurrence), upcoming }),
      }),

    move: (id: string, { before, after, ...place }: TaskMove, versions: Versions) =>
      scope.update(tasks, one(id, versions), {
        ...defined(place),
        position: sql`edgewise.task_position(${tasks.userId}, ${tasks.id}, ${before ?? null}::uuid, ${after ?? null}::uuid)`,
      }),

    /** Into the trash, with all that hangs on it. */
    remove: (id: string, versions: Versions) =>
      scope.update(tasks, one(id, versions), { deletedAt: sql`now()`, deletedWith: id }),

    /** With the open tasks below it; one that comes again moves on. Completing what is completed changes nothing. */
    complete: (id: string, { occurrence, timeZone }: Completing, versions: Versions) =>
      scope.updateBy(
        tasks,
        one(id, versions),
        sql`edgewise.complete_once(${tasks.userId}, ${tasks.id}, ${occurrence ?? null}::date, ${timeZone})`,
      ),

    /** With those that it completed along; one that comes again moves back. Reopening what is open changes nothing. */
    reopen: (id: string, versions: Versions) =>
      scope.updateBy(tasks, one(id, versions), sql`edgewise.reopen(${tasks.userId}, ${tasks.id})`),
  }
}
