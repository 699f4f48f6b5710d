import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { useLocation } from 'wouter'
import type { List } from '../../../../client/src/index.ts'
import { byPosition } from '../../replica/position.ts'
import { usePicture } from '../../replica/provider.tsx'
import { usePlaceActions } from '../../tasks/use-place-actions.ts'
import { announce } from '../../ui/announce.tsx'
import { DragGhost } from '../../ui/drag-ghost.tsx'
import { icons } from '../../ui/icons.tsx'
import { Dot, Place, PlaceGroup } from './place.tsx'
import { PlaceDialog } from './place-dialog.tsx'
import { useListDrag } from './use-list-drag.ts'
import { LIST_NAME_MAX, useListMenu } from './use-list-menu.tsx'

/** The person's lists in their order, those that are archived folded away. */
export const Lists = ({ counts }: { counts: ReadonlyMap<string | null, number> }) => {
  const picture = usePicture()
  const actions = usePlaceActions()
  const [isAdding, setAdding] = useState(false)
  const [, go] = useLocation()
  const sorted = [...picture.lists.values()].sort(byPosition)
  const lists = sorted.filter(({ archivedAt }) => archivedAt === null)
  const archived = sorted.filter(({ archivedAt }) => archivedAt !== null)
  const drag = useListDrag(lists, actions.moveList)
  const dragged = lists.find(({ id }) => id === drag.id)

  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    const list = lists[index]
    if (!event.altKey || step === 0 || !list) return
    event.preventDefault()
    const other = lists[index + step]
    if (!other) return announce('It cannot go further')
    actions.moveList(list, step < 0 ? { before: other.id } : { after: other.id })
    announce(step < 0 ? `Moved above ${other.name}` : `Moved below ${other.name}`)
  }

  return (
    <PlaceGroup title="Lists" add="Add a list" onAdd={() => setAdding(true)}>
      {lists.map((list, index) => (
        <ListPlace
          key={list.id}
          list={list}
          count={counts.get(list.id) ?? 0}
          edge={drag.target?.id === list.id ? drag.target.edge : undefined}
          onPointerDown={(event) => drag.onPointerDown(event, list.id)}
          onKeyDown={(event) => onKeyDown(event, index)}
        />
      ))}
      {archived.length > 0 && <Archived lists={archived} />}
      {dragged && <DragGhost ref={drag.ghost} text={dragged.name} />}
      {isAdding && (
        <PlaceDialog
          title="New list"
          maxLength={LIST_NAME_MAX}
          onSave={(fields) => go(`/lists/${actions.addList(fields)}`)}
          onClose={() => setAdding(false)}
        />
      )}
    </PlaceGroup>
  )
}

interface ListPlaceProps {
  list: List
  count?: number
  /** Where a dragged one would land. */
  edge?: 'before' | 'after' | undefined
  onPointerDown?: (event: PointerEvent<HTMLElement>) => void
  onKeyDown?: (event: KeyboardEvent) => void
}

const ListPlace = ({ list, count = 0, edge, onPointerDown, onKeyDown }: ListPlaceProps) => {
  const { items, dialog } = useListMenu(list)
  const isMovable = onPointerDown !== undefined
  return (
    <li
      data-list={isMovable ? list.id : undefined}
      className="relative"
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    >
      {edge && (
        <span
          aria-hidden="true"
          className={`absolute inset-x-1 z-10 h-0.5 rounded-full bg-accent ${edge === 'before' ? 'top-0' : 'bottom-0'}`}
        />
      )}
      <Place
        href={`/lists/${list.id}`}
        icon={<Dot color={list.color} />}
        name={list.name}
        count={count}
        menu={{ label: `More for the list ${list.name}`, items }}
      />
      {dialog}
    </li>
  )
}

const Archived = ({ lists }: { lists: readonly List[] }) => (
  <li>
    <details className="group/archived">
      <summary className="flex min-h-9 cursor-pointer list-none items-center gap-2.5 rounded-md px-2 text-sm text-muted hover:bg-line/50 hover:text-ink">
        {icons.archive}
        Archived
        <span className="ms-auto transition-transform group-open/archived:rotate-180 [&_svg]:size-4">
          {icons.down}
        </span>
      </summary>
      <ul className="grid grid-cols-1 gap-px">
        {lists.map((list) => (
          <ListPlace key={list.id} list={list} />
        ))}
      </ul>
    </details>
  </li>
)
