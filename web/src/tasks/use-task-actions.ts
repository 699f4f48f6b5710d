import { useMemo } from 'react'
import type { Task, TaskMove, TaskPatch } from '../../../client/src/index.ts'
import { type Operation, waysBackFrom } from '../replica/operation.ts'
import { useReplica } from '../replica/provider.tsx'
import type { Replica } from '../replica/replica.ts'
import { useToasts } from '../ui/toasts.tsx'
import { here } from './due.ts'

export type TaskActions = ReturnType<typeof useTaskActions>

/** What can be done with tasks, each with a way back. */
export const useTaskActions = () => {
  const replica = useReplica()
  const { tell } = useToasts()
  return useMemo(() => actionsOn(replica, tell), [replica, tell])
}

type Tell = ReturnType<typeof useToasts>['tell']

const actionsOn = (replica: Replica, tell: Tell) => {
  const each = (tasks: readonly Task[], operation: (task: Task) => Operation) =>
    void replica.make(...tasks.map(operation))
  const reopen = (tasks: readonly Task[]) => each(tasks, ({ id }) => ({ operation: 'reopenTask', id }))
  const change = (tasks: readonly Task[], body: TaskPatch) =>
    each(tasks, ({ id }) => ({ operation: 'changeTask', id, body }))

  return {
    reopen,
    complete: (tasks: readonly Task[]) => {
      const open = withoutDescendants(tasks, replica.picture.tasks).filter(
        ({ completedAt }) => completedAt === null,
      )
      if (open.length === 0) return
      each(open, completionOf)
      tell({ text: `Completed ${named(open)}`, undo: () => reopen(open) })
    },
    change,
    /** As `change`, and says so, with a way back: for what is done without opening the task. */
    changeAndTell: (tasks: readonly Task[], body: TaskPatch, what: string) => {
      const changed = tasks.filter((task) => !says(task, body))
      if (changed.length === 0) return
      change(changed, body)
      tell({
        text: `${what}: ${named(changed)}`,
        undo: () =>
          each(changed, (task) => ({ operation: 'changeTask', id: task.id, body: asBefore(task, body) })),
      })
    },
    /** Puts a label on all of them, or takes it off if all have it. */
    toggleLabel: (tasks: readonly Task[], labelId: string) => {
      const areAll = tasks.every(({ labelIds }) => labelIds.includes(labelId))
      const changed = areAll ? tasks : tasks.filter(({ labelIds }) => !labelIds.includes(labelId))
      each(changed, ({ id, labelIds }) => ({
        operation: 'changeTask',
        id,
        body: { labelIds: areAll ? labelIds.filter((other) => other !== labelId) : [...labelIds, labelId] },
      }))
    },
    toList: (tasks: readonly Task[], listId: string | null, name: string) => {
      const moved = withoutDescendants(tasks, replica.picture.tasks).filter((task) => task.listId !== listId)
      if (moved.length === 0) return
      each(moved, ({ id }) => ({ operation: 'changeTask', id, body: { listId, parentId: null } }))
      tell({
        text: `Moved to ${name}: ${named(moved)}`,
        undo: () =>
          each(moved, ({ id, listId: before, parentId }) => ({
            operation: 'changeTask',
            id,
            body: parentId === null ? { listId: before } : { parentId },
          })),
      })
    },
    move: (task: Task, body: TaskMove) => each([task], ({ id }) => ({ operation: 'moveTask', id, body })),
    remove: (tasks: readonly Task[]) => {
      const removed = withoutDescendants(tasks, replica.picture.tasks)
      const deletions = removed.map(({ id }): Operation => ({ operation: 'deleteTask', id }))
      const waysBack = waysBackFrom(deletions, replica.picture)
      void replica.make(...deletions)
      tell({ text: `Deleted ${named(removed)}`, undo: () => void replica.make(...waysBack) })
    },
  }
}

/** The occurrence is named, so that a second click completes no other. */
const completionOf = ({ id, due, recurrence }: Task): Operation => ({
  operation: 'completeTask',
  id,
  timeZone: here(),
  ...(recurrence && due && { occurrence: 'date' in due ? due.date : due.dateTime.slice(0, 10) }),
})

/** Those that are below no other of them: what is done to that one is done to them, too. */
const withoutDescendants = (tasks: readonly Task[], all: ReadonlyMap<string, Task>): Task[] => {
  const ids = new Set(tasks.map(({ id }) => id))
  return tasks.filter(({ parentId }) => {
    for (let above = parentId; above !== null; above = all.get(above)?.parentId ?? null)
      if (ids.has(above)) return false
    return true
  })
}

const says = (task: Task, body: TaskPatch): boolean =>
  Object.entries(body).every(
    ([field, value]) => JSON.stringify(Reflect.get(task, field)) === JSON.stringify(value),
  )

/** What sets those fields to what they are now. */
const asBefore = (task: Task, body: TaskPatch): TaskPatch =>
  Object.fromEntries(Object.keys(body).map((field) => [field, Reflect.get(task, field)]))

const named = (tasks: readonly Task[]): string =>
  tasks.length === 1 ? `“${shortened(tasks[0]?.title ?? '')}”` : `${tasks.length} tasks`

const LONGEST_NAME = 60
const shortened = (title: string): string =>
  title.length > LONGEST_NAME ? `${title.slice(0, LONGEST_NAME).trimEnd()}…` : title
