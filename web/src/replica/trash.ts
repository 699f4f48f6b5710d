import type { Label, List, Task } from '../../../client/src/index.ts'
import type { Draft } from './draft.ts'

/** What goes into the trash together, and comes back together. */
export interface Taken {
  tasks: readonly Task[]
  lists: readonly List[]
  labels: readonly Label[]
  /** Ids of the tasks that the label was on. */
  labelled: readonly string[]
}

/** Takes back what was deleted, with all that went along. */
export interface Restoration {
  operation: 'restore'
  id: string
  /** As it was here when it was deleted: shown until the server has it again, which may be long after the deletion is made. */
  taken: Taken
}

/** Deletes the one of that id, and with it these tasks. */
export const toTrash = (
  { tasks, lists, labels, trash }: Draft,
  id: string,
  { family = [], labelled = [] }: { family?: Iterable<string>; labelled?: readonly string[] },
): void => {
  const taken = {
    tasks: [...family].flatMap((each) => takenOut(tasks, each)),
    lists: takenOut(lists, id),
    labels: takenOut(labels, id),
    labelled,
  }
  if ([...taken.tasks, ...taken.lists, ...taken.labels].some((each) => each.id === id)) trash.set(id, taken)
}

const takenOut = <T>(things: Map<string, T>, id: string): T[] => {
  const thing = things.get(id)
  things.delete(id)
  return thing ? [thing] : []
}

/** What is there already is left as it is: the server has it again, and newer. */
export const restore = ({ tasks, lists, labels, trash }: Draft, { id, taken: kept }: Restoration): void => {
  const taken = trash.get(id) ?? kept
  for (const task of taken.tasks) if (!tasks.has(task.id)) tasks.set(task.id, task)
  for (const list of taken.lists) if (!lists.has(list.id)) lists.set(list.id, list)
  for (const label of taken.labels) {
    if (labels.has(label.id)) continue
    labels.set(label.id, label)
    putOn(tasks, taken.labelled, label.id)
  }
}

const putOn = (tasks: Map<string, Task>, ids: readonly string[], labelId: string): void => {
  for (const id of ids) {
    const task = tasks.get(id)
    if (task && !task.labelIds.includes(labelId))
      tasks.set(id, { ...task, labelIds: [...task.labelIds, labelId] })
  }
}
