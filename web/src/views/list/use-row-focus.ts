import { type FocusEvent, useEffect, useLayoutEffect, useRef } from 'react'
import type { Row } from '../../tasks/view.ts'

export const focusOnTask = (id: string | undefined): boolean => {
  const title = id && document.querySelector<HTMLElement>(`[data-task-title="${id}"]`)
  if (!title) return false
  title.focus()
  return true
}

/** Keeps the focus among the rows: when the one that has it goes away, the row in its place gets it, or the page's heading. */
export const useRowFocus = (rows: readonly Row[]) => {
  const last = useRef<{ id: string; index: number }>(undefined)
  const shown = useRef(rows)

  const back = () => {
    const now = shown.current
    if (!last.current || focusOnTask(last.current.id)) return
    const row = now[Math.min(last.current.index, now.length - 1)]
    if (!row || !focusOnTask(row.task.id)) focusOnHeading()
  }

  // What has the focus as this is drawn: an element that comes to stand elsewhere in the page loses it on the way.
  const before = document.activeElement
  useLayoutEffect(() => {
    shown.current = rows
    const isLost = document.activeElement === document.body && before instanceof HTMLElement
    if (isLost && before !== document.body && before.isConnected) before.focus({ preventScroll: true })
    const isGone = last.current && !rows.some(({ task }) => task.id === last.current?.id)
    if (isGone && document.activeElement === document.body) back()
  })
  useEffect(
    () => () => {
      if (last.current && document.activeElement === document.body) focusOnHeading()
    },
    [],
  )

  return {
    /** To the row that had it last, or the one in its place. */
    back,
    onFocus: (event: FocusEvent<HTMLElement>) => {
      const id = event.target.closest<HTMLElement>('[data-task]')?.dataset.task
      const index = rows.findIndex(({ task }) => task.id === id)
      if (id !== undefined && index >= 0) last.current = { id, index }
    },
  }
}

const focusOnHeading = () => document.querySelector<HTMLElement>('main h1')?.focus()
