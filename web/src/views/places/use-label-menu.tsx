import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import type { Label } from '../../../../client/src/index.ts'
import { usePicture } from '../../replica/provider.tsx'
import { labelNamed, usePlaceActions } from '../../tasks/use-place-actions.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { icons } from '../../ui/icons.tsx'
import type { MenuItem } from '../../ui/menu.tsx'
import { PlaceDialog } from './place-dialog.tsx'

export const LABEL_NAME_MAX = 100

/** What can be done with a label, and the dialog that it opens, to be shown somewhere. */
export const useLabelMenu = (label: Label): { items: MenuItem[]; dialog: ReactNode } => {
  const { tasks, labels } = usePicture()
  const actions = usePlaceActions()
  const [asks, setAsks] = useState<'edit' | 'delete'>()
  const [location, go] = useLocation()
  const close = () => setAsks(undefined)

  const items: MenuItem[] = [
    { name: 'Edit label …', icon: icons.edit, act: () => setAsks('edit') },
    { name: 'Delete …', icon: icons.trash, isDanger: true, act: () => setAsks('delete') },
  ]
  const faultIn = (name: string) => {
    const other = labelNamed(labels, name)
    return other && other.id !== label.id ? `There is a label “${other.name}” already` : undefined
  }
  const remove = () => {
    if (location === `/labels/${label.id}`) go('/inbox')
    actions.removeLabel(label)
  }
  const dialog =
    asks === 'edit' ? (
      <PlaceDialog
        title="Edit label"
        maxLength={LABEL_NAME_MAX}
        before={label}
        faultIn={faultIn}
        onSave={(fields) => actions.changeLabel(label, fields)}
        onClose={close}
      />
    ) : asks === 'delete' ? (
      <ConfirmDialog
        title={`Delete “${label.name}”?`}
        action="Delete label"
        onConfirm={async () => remove()}
        onClose={close}
      >
        {whatHappens([...tasks.values()].filter(({ labelIds }) => labelIds.includes(label.id)).length)}
      </ConfirmDialog>
    ) : null
  return { items, dialog }
}

const whatHappens = (count: number): string => {
  if (count === 0) return 'No task has it. It goes into the trash, and can be taken back for 30 days.'
  const tasks = count === 1 ? 'one task, which stays' : `${count} tasks, which stay`
  return `It is taken off ${tasks} as they are otherwise. It can be taken back from the trash for 30 days.`
}
