import type { Label, List, StoreState, Task } from '../../../client/src/index.ts'
import type { Taken } from './trash.ts'

export type Things = Pick<StoreState, 'tasks' | 'lists' | 'labels'>

/** Things that are being changed: the maps are this draft's own, what they hold is shared and never changed itself. */
export interface Draft {
  tasks: Map<string, Task>
  lists: Map<string, List>
  labels: Map<string, Label>
  /** By the id of what was deleted. */
  trash: Map<string, Taken>
}

export const draftOf = ({ tasks, lists, labels }: Things): Draft => ({
  tasks: new Map(tasks),
  lists: new Map(lists),
  labels: new Map(labels),
  trash: new Map(),
})

/** Gives these fields to what has one of the ids. */
export const giveEach = <T extends object>(
  things: Map<string, T>,
  ids: Iterable<string>,
  fields: Partial<T>,
): void => {
  for (const id of ids) {
    const thing = things.get(id)
    if (thing) things.set(id, { ...thing, ...fields })
  }
}

/** The fields that say something. */
export const present = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
