import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import type { List, Task } from '../../../../client/src/index.ts'
import { byPosition } from '../../replica/position.ts'
import { usePicture } from '../../replica/provider.tsx'
import { usePlaceActions } from '../../tasks/use-place-actions.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { icons } from '../../ui/icons.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { PlaceDialog } from './place-dialog.tsx'

export const LIST_NAME_MAX = 200

/** What can be done with a list, and the dialog that it opens, to be shown somewhere. */
export const useListMenu = (list: List): { items: MenuItem[]; dialog: ReactNode } => {
  const { tasks, lists } = usePicture()
  const actions = usePlaceActions()
  const [asks, setAsks] = useState<'edit' | 'delete'>()
  const [location, go] = useLocation()
  const close = () => setAsks(undefined)
  const isArchived = list.archivedAt !== null

  const beside = [...lists.values()].filter(({ archivedAt }) => archivedAt === null).sort(byPosition)
  const at = beside.findIndex(({ id }) => id === list.id)
  const [before, after] = at < 0 ? [] : [beside[at - 1], beside[at + 1]]

  const items: MenuItem[] = [
    { name: 'Edit list …', icon: icons.edit, act: () => setAsks('edit') },
    ...(before
      ? [{ name: 'Move up', icon: icons.up, act: () => actions.moveList(list, { before: before.id }) }]
      : []),
    ...(after
      ? [{ name: 'Move down', icon: icons.lower, act: () => actions.moveList(list, { after: after.id }) }]
      : []),
    isArchived
      ? { name: 'Unarchive', icon: icons.archive, act: () => actions.unarchiveList(list) }
      : { name: 'Archive', icon: icons.archive, act: () => actions.archiveList(list) },
    { name: 'Delete …', icon: icons.trash, isDanger: true, act: () => setAsks('delete') },
  ]

  const remove = () => {
    if (location === `/lists/${list.id}`) go('/inbox')
    actions.removeList(list)
  }
  const dialog =
    asks === 'edit' ? (
      <PlaceDialog
        title="Edit list"
        maxLength={LIST_NAME_MAX}
        before={list}
        onSave={(fields) => actions.changeList(list, fields)}
        onClose={close}
      />
    ) : asks === 'delete' ? (
      <ConfirmDialog
        title={`Delete “${list.name}”?`}
        action="Delete list"
        onConfirm={async () => remove()}
        onClose={close}
      >
        {whatGoesAlong([...tasks.values()].filter(({ listId }) => listId === list.id))}
      </ConfirmDialog>
    ) : null
  return { items, dialog }
}

const whatGoesAlong = (tasks: readonly Task[]): string => {
  const done = tasks.filter(({ completedAt }) => completedAt !== null).length
  if (tasks.length === 0) return 'It has no tasks. It goes into the trash, and can be taken back for 30 days.'
  const all = tasks.length === 1 ? 'Its one task goes' : `Its ${tasks.length} tasks go`
  const ofThese = done > 0 ? ` (${done} of them completed)` : ''
  return `${all} along${ofThese}. Everything goes into the trash, and can be taken back for 30 days.`
}
