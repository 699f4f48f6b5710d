import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import type { Task } from '../../../../client/src/index.ts'

/** What rows report. The object stays the same, so that a row is drawn again only when it looks different. */
export interface RowHandlers {
  toggleDone: (task: Task) => void
  onClick: (event: MouseEvent, id: string) => void
  onKeyDown: (event: KeyboardEvent, id: string) => void
  onPointerDown: (event: PointerEvent<HTMLElement>, id: string) => void
}

/** Handlers that stay the same and do what the latest ones say. */
export const useRowHandlers = (latest: RowHandlers): RowHandlers => {
  const current = useRef(latest)
  useLayoutEffect(() => {
    current.current = latest
  })
  const [handlers] = useState<RowHandlers>(() => ({
    toggleDone: (task) => current.current.toggleDone(task),
    onClick: (event, id) => current.current.onClick(event, id),
    onKeyDown: (event, id) => current.current.onKeyDown(event, id),
    onPointerDown: (event, id) => current.current.onPointerDown(event, id),
  }))
  return handlers
}
