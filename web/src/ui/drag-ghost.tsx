import type { RefObject } from 'react'

/** What is being dragged, beside the pointer. */
export const DragGhost = ({ ref, text }: { ref: RefObject<HTMLDivElement | null>; text: string }) => (
  <div
    ref={ref}
    aria-hidden="true"
    // Out of sight until it knows where the pointer is.
    style={{ transform: 'translate(-100vw, 0)' }}
    className="pointer-events-none fixed top-0 left-0 z-50 max-w-72 truncate rounded-md border border-line bg-raised px-3 py-1.5 text-sm shadow-xl"
  >
    {text}
  </div>
)
