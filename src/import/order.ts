import type { TaskEntry } from './entry.ts'

/**
 * The tasks in the order in which they can be added: those above before those below, and else in their own order, or in that of
 * the file where they have none. What hangs in a ring comes last, for the database to refuse.
 */
export const parentsFirst = (tasks: readonly TaskEntry[]): TaskEntry[] => {
  const known = new Set(tasks.map(({ id }) => id))
  const below = Map.groupBy(tasks, ({ thing: { parentId } }) =>
    parentId !== null && known.has(parentId) ? parentId : TOP,
  )
  const ordered = new Set<TaskEntry>()
  let level = below.get(TOP) ?? []
  while (level.length > 0) {
    for (const task of level.toSorted(byPosition)) ordered.add(task)
    level = level.flatMap(({ id }) => below.get(id) ?? [])
  }
  return [...ordered, ...tasks.filter((task) => !ordered.has(task))]
}

const TOP = ''

const byPosition = (one: TaskEntry, other: TaskEntry): number => {
  const [place = '', otherPlace = ''] = [one.thing.position, other.thing.position]
  return place < otherPlace ? -1 : Number(place > otherPlace)
}
