import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef, useState } from 'react'

/** What the pointer is over: an item, which half of it, and how far it has gone sideways, in pixels. */
export interface Over {
  id: string
  isLowerHalf: boolean
  shift: number
}

interface DragOptions {
  /** The elements that can be dragged, and dropped on, have their ids in this attribute. */
  attribute: string
  onOver: (draggedId: string, over: Over) => void
  /** With `isDropped` false it was broken off. */
  onEnd: (draggedId: string, isDropped: boolean) => void
}

interface Drag {
  /** What is being dragged. */
  id: string | undefined
  /** For the element that follows the pointer. */
  ghost: RefObject<HTMLDivElement | null>
  onPointerDown: (event: ReactPointerEvent<HTMLElement>, id: string) => void
}

const MOVED_PX = 6
/** On a touch screen one holds first: whoever moves at once wants to scroll. */
const HELD_MS = 320
const EDGE_PX = 70
const SCROLLED_PX = 9

/** Dragging by mouse, pen and touch. Escape breaks it off, and near the window's edges it scrolls. */
export const useDrag = (options: DragOptions): Drag => {
  const [id, setId] = useState<string>()
  const ghost = useRef<HTMLDivElement>(null)
  const current = useRef(options)
  const breakOff = useRef(() => {})
  useEffect(() => {
    current.current = options
  })
  useEffect(() => () => breakOff.current(), [])

  const onPointerDown = (event: ReactPointerEvent<HTMLElement>, draggedId: string) => {
    const isText = event.target instanceof Element && event.target.closest('input, textarea, select')
    if (event.button !== 0 || isText) return
    const { clientX: startX, clientY: startY, pointerType, currentTarget } = event
    const isTouch = pointerType === 'touch'
    const middle = currentTarget.getBoundingClientRect().left + currentTarget.offsetWidth / 2
    const at = { x: startX, y: startY }
    let isDragging = false
    let frame = 0

    const look = () => {
      const under = document
        .elementFromPoint(middle, at.y)
        ?.closest<HTMLElement>(`[${current.current.attribute}]`)
      const overId = under?.getAttribute(current.current.attribute)
      if (!under || overId == null) return
      const { top, height } = under.getBoundingClientRect()
      const over = { id: overId, isLowerHalf: at.y > top + height / 2, shift: at.x - startX }
      current.current.onOver(draggedId, over)
    }
    const follow = () => {
      if (ghost.current) ghost.current.style.transform = `translate(${at.x + 12}px, ${at.y + 8}px)`
      const past = at.y < EDGE_PX ? -1 : at.y > window.innerHeight - EDGE_PX ? 1 : 0
      if (past !== 0) {
        window.scrollBy(0, past * SCROLLED_PX)
        look()
      }
      frame = requestAnimationFrame(follow)
    }
    const begin = () => {
      isDragging = true
      document.documentElement.dataset.dragging = ''
      if (isTouch) navigator.vibrate?.(10)
      setId(draggedId)
      frame = requestAnimationFrame(follow)
      look()
    }
    const held = isTouch ? setTimeout(begin, HELD_MS) : undefined

    const onMove = (move: PointerEvent) => {
      at.x = move.clientX
      at.y = move.clientY
      if (isDragging) return look()
      if (Math.hypot(at.x - startX, at.y - startY) < MOVED_PX) return
      if (isTouch) end(false)
      else begin()
    }
    const end = (isDropped: boolean) => {
      stop.abort()
      clearTimeout(held)
      cancelAnimationFrame(frame)
      breakOff.current = () => {}
      if (!isDragging) return
      delete document.documentElement.dataset.dragging
      setId(undefined)
      swallowClick()
      current.current.onEnd(draggedId, isDropped)
    }

    const stop = new AbortController()
    const { signal } = stop
    window.addEventListener('pointermove', onMove, { signal })
    window.addEventListener('pointerup', () => end(true), { signal })
    window.addEventListener('pointercancel', () => end(false), { signal })
    window.addEventListener('contextmenu', (menu) => isTouch && menu.preventDefault(), { signal })
    window.addEventListener('touchmove', (move) => isDragging && move.preventDefault(), {
      signal,
      passive: false,
    })
    window.addEventListener(
      'keydown',
      (key) => {
        if (!isDragging || key.key !== 'Escape') return
        key.preventDefault()
        key.stopPropagation()
        end(false)
      },
      { signal, capture: true },
    )
    breakOff.current = () => end(false)
  }

  return { id, ghost, onPointerDown }
}

/** The click that ends a drag is none. */
const swallowClick = () => {
  const swallow = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  window.addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }))
}
