import { type ReactNode, useEffect, useRef } from 'react'
import { icons } from './icons.tsx'

interface DialogProps {
  title: string
  /** For more than a few lines. */
  isWide?: boolean
  onClose: () => void
  children: ReactNode
}

/** A modal dialog: the browser keeps the focus inside, and gives it back to where it came from. */
export const Dialog = ({ title, isWide = false, onClose, children }: DialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    // One that is taken away while it is open gives nothing back by itself.
    return () => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus()
    }
  }, [])

  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        // The dialog itself is hit only outside of its content: on the backdrop.
        if (event.target === event.currentTarget) event.currentTarget.close()
      }}
      onKeyDown={(event) => event.stopPropagation()}
      className={`appearing m-auto ${isWide ? 'w-[min(42rem,calc(100vw-2rem))]' : 'w-[min(28rem,calc(100vw-2rem))]'} max-h-[calc(100dvh-2rem)] rounded-lg border border-line bg-raised p-0 text-ink shadow-2xl backdrop:bg-black/40`}
    >
      <div className="p-5">
        <header className="mb-4 flex items-center justify-between">
          <h2 className="text-lg font-semibold">{title}</h2>
          <button
            type="button"
            aria-label="Close"
            className="rounded-md p-1.5 text-muted hover:bg-sunken"
            onClick={() => dialog.current?.close()}
          >
            {icons.close}
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
