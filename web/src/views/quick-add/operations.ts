import type { NewTask, Operation } from '../../../../client/src/index.ts'
import type { Understood } from './use-understood.ts'

/** The task of these words, and before it the list and labels that there are not yet. */
export const operationsFor = (
  id: string,
  words: string,
  understood: Understood | undefined,
  defaults: Partial<NewTask>,
): Operation[] => {
  if (!understood) return [{ operation: 'createTask', body: { ...defaults, id, title: words } }]
  const { title, due, recurrence, priority, list, labels } = understood
  const labelIds = [...new Set([...(defaults.labelIds ?? []), ...labels.map((label) => label.id)])]
  return [
    ...(list?.isNew ? [{ operation: 'createList' as const, body: { id: list.id, name: list.name } }] : []),
    ...labels
      .filter(({ isNew }) => isNew)
      .map((label) => ({ operation: 'createLabel' as const, body: { id: label.id, name: label.name } })),
    {
      operation: 'createTask',
      body: {
        ...defaults,
        id,
        title,
        priority: priorityOf(priority),
        due: due ?? defaults.due ?? null,
        recurrence,
        labelIds,
        ...(list && { listId: list.id, parentId: null }),
      },
    },
  ]
}

const priorityOf = (priority: number): 0 | 1 | 2 | 3 =>
  priority === 1 || priority === 2 || priority === 3 ? priority : 0
