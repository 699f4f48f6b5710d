import type { Task } from '../../../../client/src/index.ts'

export interface Count {
  done: number
  all: number
}

let known = new Map<string, Count>()

/** How many subtasks each task has: once for all of them. A count that has not changed stays the same object. */
export const subtaskCounts = (tasks: ReadonlyMap<string, Task>): ReadonlyMap<string, Count> => {
  const counts = new Map<string, Count>()
  for (const { parentId, completedAt } of tasks.values()) {
    if (parentId === null) continue
    const count = counts.get(parentId) ?? { done: 0, all: 0 }
    counts.set(parentId, count)
    count.all += 1
    if (completedAt !== null) count.done += 1
  }
  for (const [id, { done, all }] of counts) {
    const before = known.get(id)
    if (before?.done === done && before.all === all) counts.set(id, before)
  }
  known = counts
  return counts
}
