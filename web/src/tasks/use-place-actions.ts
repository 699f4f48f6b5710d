import { useMemo } from 'react'
import {
  type Edgewise,
  EdgewiseError,
  type Label,
  type List,
  type ListMove,
} from '../../../client/src/index.ts'
import { useEdgewise, useReplica } from '../replica/provider.tsx'
import type { Replica } from '../replica/replica.ts'
import { useToasts } from '../ui/toasts.tsx'
import { restore } from './restore.ts'

export interface PlaceFields {
  name: string
  color: string | null
}

/** What can be done with lists and labels, each with a way back. */
export const usePlaceActions = () => {
  const replica = useReplica()
  const edgewise = useEdgewise()
  const { tell } = useToasts()
  return useMemo(() => actionsOn(replica, edgewise, tell), [replica, edgewise, tell])
}

const actionsOn = (replica: Replica, edgewise: Edgewise, tell: ReturnType<typeof useToasts>['tell']) => {
  const tellDeleted = (thing: { id: string; name: string }) =>
    tell({
      text: `Deleted “${thing.name}”`,
      undo: () =>
        void restore(replica, edgewise, [thing]).catch((error: unknown) =>
          tell({
            text: `That could not be taken back: ${error instanceof EdgewiseError ? error.message : 'something failed'}. It is in the trash.`,
            tone: 'danger',
          }),
        ),
    })
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
    removeList: (list: List) => {
      void replica.make({ operation: 'deleteList', id: list.id })
      tellDeleted(list)
    },
    addLabel: (fields: PlaceFields): string => {
      const id = crypto.randomUUID()
      void replica.make({ operation: 'createLabel', body: { id, ...fields } })
      return id
    },
    changeLabel: ({ id }: Label, fields: PlaceFields) =>
      void replica.make({ operation: 'changeLabel', id, body: fields }),
    removeLabel: (label: Label) => {
      void replica.make({ operation: 'deleteLabel', id: label.id })
      tellDeleted(label)
    },
  }
}

/** Whether another label has that name: labels differ in more than letter case. */
export const labelNamed = (labels: ReadonlyMap<string, Label>, name: string): Label | undefined => {
  const lower = name.trim().toLowerCase()
  return [...labels.values()].find((label) => label.name.toLowerCase() === lower)
}
