import type { ReactNode } from 'react'
import type { Label, List } from '../../../../client/src/index.ts'
import { usePicture } from '../../replica/provider.tsx'
import type { View } from '../../tasks/view.ts'
import { ICON_BUTTON } from '../../ui/classes.ts'
import { icons } from '../../ui/icons.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { useLabelMenu } from '../places/use-label-menu.tsx'
import { useListMenu } from '../places/use-list-menu.tsx'

interface ViewMenuProps {
  view: View
  /** Begins to select, where there is something to. */
  onSelect: (() => void) | undefined
}

/** What can be done with all that the page shows, and with the list or label that it is about. */
export const ViewMenu = ({ view, onSelect }: ViewMenuProps) => {
  const { lists, labels } = usePicture()
  const select = onSelect ? [{ name: 'Select tasks', icon: icons.select, act: onSelect }] : []
  const list = view.kind === 'list' && lists.get(view.id)
  const label = view.kind === 'label' && labels.get(view.id)
  if (list) return <ListViewMenu list={list} select={select} />
  if (label) return <LabelViewMenu label={label} select={select} />
  return select.length > 0 && <PageMenu items={select} dialog={null} />
}

const ListViewMenu = ({ list, select }: { list: List; select: MenuItem[] }) => {
  const { items, dialog } = useListMenu(list)
  return <PageMenu items={[...select, ...items]} dialog={dialog} />
}

const LabelViewMenu = ({ label, select }: { label: Label; select: MenuItem[] }) => {
  const { items, dialog } = useLabelMenu(label)
  return <PageMenu items={[...select, ...items]} dialog={dialog} />
}

const PageMenu = ({ items, dialog }: { items: MenuItem[]; dialog: ReactNode }) => (
  <>
    <Menu label="More" button={icons.more} className={ICON_BUTTON} items={items} />
    {dialog}
  </>
)

/** The colour of the list or label that the page is about, beside its name. */
export const ViewMark = ({ view }: { view: View }) => {
  const { lists, labels } = usePicture()
  if (view.kind === 'list')
    return (
      <span
        className="size-3.5 shrink-0 -translate-y-0.5 rounded-full"
        style={{ background: lists.get(view.id)?.color ?? 'var(--muted)' }}
      />
    )
  if (view.kind !== 'label') return null
  return (
    <span
      className="translate-y-1 [&_svg]:size-6"
      style={{ color: labels.get(view.id)?.color ?? 'var(--muted)' }}
    >
      {icons.label}
    </span>
  )
}
