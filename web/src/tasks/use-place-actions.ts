import { useMemo } from 'react'
import type { Label, List, ListMove } from '../../../client/src/index.ts'
import { type Operation, waysBackFrom } from '../replica/operation.ts'
import { useReplica } from '../replica/provider.tsx'
import type { Replica } from '../replica/replica.ts'
import { useToasts } from '../ui/toasts.tsx'

export interface PlaceFields {
  name: string
  color: string | null
}

/** What can be done with lists and labels, each with a way back. */
export const usePlaceActions = () => {
  const replica = useReplica()
  const { tell } = useToasts()
  return useMemo(() => actionsOn(replica, tell), [replica, tell])
}

const actionsOn = (replica: Replica, tell: ReturnType<typeof useToasts>['tell']) => {
  const remove = (name: string, deletion: Operation) => {
    const waysBack = waysBackFrom([deletion], replica.picture)
    void replica.make(deletion)
    tell({ text: `Deleted “${name}”`, undo: () => void replica.make(...waysBack) })
  }
  const archive = ({ id }: List, archived: boolean) =>
    void replica.make({ operation: 'changeList', id, body: { archived } })

  return {
    /** Its id is there at once. */
    addList: (fields: PlaceFields): string => {
      const id = crypto.randomUUID()
      void replica.make({ operation: 'createList', body: { id, ...fields } })
      return id
    },
    changeList: ({ id }: List, fields: PlaceFields) =>
      void replica.make({ operation: 'changeList', id, body: fields }),
    moveList: ({ id }: List, body: ListMove) => void replica.make({ operation: 'moveList', id, body }),
    archiveList: (list: List) => {
      archive(list, true)
      tell({ text: `Archived “${list.name}”`, undo: () => archive(list, false) })
    },
    unarchiveList: (list: List) => archive(list, false),
    removeList: ({ id, name }: List) => remove(name, { operation: 'deleteList', id }),
    addLabel: (fields: PlaceFields): string => {
      const id = crypto.randomUUID()
      void replica.make({ operation: 'createLabel', body: { id, ...fields } })
      return id
    },
    changeLabel: ({ id }: Label, fields: PlaceFields) =>
      void replica.make({ operation: 'changeLabel', id, body: fields }),
    removeLabel: ({ id, name }: Label) => remove(name, { operation: 'deleteLabel', id }),
  }
}

/** Whether another label has that name: labels differ in more than letter case. */
export const labelNamed = (labels: ReadonlyMap<string, Label>, name: string): Label | undefined => {
  const lower = name.trim().toLowerCase()
  return [...labels.values()].find((label) => label.name.toLowerCase() === lower)
}
