import { useState } from 'react'
import type { List, ListMove } from '../../../../client/src/index.ts'
import { announce } from '../../ui/announce.tsx'
import { useDrag } from '../../ui/use-drag.ts'

/** Dragging lists into another order. */
export const useListDrag = (lists: readonly List[], move: (list: List, place: ListMove) => void) => {
  const [target, setTarget] = useState<{ id: string; edge: 'before' | 'after' }>()
  const drag = useDrag({
    attribute: 'data-list',
    onOver: (_draggedId, { id, isLowerHalf }) => {
      const edge = isLowerHalf ? 'after' : 'before'
      if (target?.id === id && target.edge === edge) return
      setTarget({ id, edge })
      announce(`${isLowerHalf ? 'After' : 'Before'} ${lists.find((list) => list.id === id)?.name ?? 'it'}`)
    },
    onEnd: (draggedId, isDropped) => {
      setTarget(undefined)
      const list = lists.find(({ id }) => id === draggedId)
      if (!list || !isDropped || !target || target.id === draggedId) return
      move(list, target.edge === 'before' ? { before: target.id } : { after: target.id })
    },
  })
  return { ...drag, target }
}
