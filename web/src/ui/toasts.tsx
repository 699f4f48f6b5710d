import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { icons } from './icons.tsx'
import { useShortcuts } from './use-shortcuts.ts'

interface Toast {
  text: string
  tone?: 'plain' | 'danger'
  /** What takes back what it tells of. */
  undo?: () => void
}

interface Toasts {
  tell: (toast: Toast) => void
}

const SHOWN_MS = 7_000
/** What went wrong is read more slowly. */
const DANGER_SHOWN_MS = 14_000

const ToastsContext = createContext<Toasts>({ tell: () => {} })

export const useToasts = (): Toasts => use(ToastsContext)

/** Brief messages at the foot of the page, read out as they come; one waits while it is pointed at or has the focus. */
export const ToastsProvider = ({ children }: { children: ReactNode }) => {
  const [toasts, setToasts] = useState<(Toast & { id: string })[]>([])
  const tell = useCallback((toast: Toast) => {
    setToasts((shown) => [...shown.slice(-2), { ...toast, id: crypto.randomUUID() }])
  }, [])
  const drop = useCallback((id: string) => setToasts((shown) => shown.filter((each) => each.id !== id)), [])
  const value = useMemo(() => ({ tell }), [tell])
  useUndoKey(toasts, drop)

  return (
    <ToastsContext value={value}>
      {children}
      <section
        aria-label="Messages"
        aria-live="polite"
        className="toasts pointer-events-none fixed inset-x-0 bottom-0 z-50 flex flex-col items-center gap-2 p-4 pb-[max(1rem,env(safe-area-inset-bottom))]"
      >
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onEnd={() => drop(toast.id)} />
        ))}
      </section>
    </ToastsContext>
  )
}

/** z takes back what the latest message with a way back tells of. */
const useUndoKey = (toasts: readonly (Toast & { id: string })[], drop: (id: string) => void) => {
  const undoLatest = useRef(() => {})
  useEffect(() => {
    undoLatest.current = () => {
      const latest = toasts.findLast(({ undo }) => undo)
      if (!latest) return
      latest.undo?.()
      drop(latest.id)
    }
  })
  useShortcuts(
    useMemo(() => {
      const undo = () => undoLatest.current()
      return { z: undo, 'Mod+z': undo }
    }, []),
  )
}

const ToastCard = ({ toast: { text, tone, undo }, onEnd }: { toast: Toast; onEnd: () => void }) => {
  const [isHeld, setHeld] = useState(false)
  const end = useRef(onEnd)
  useEffect(() => {
    end.current = onEnd
  })
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(() => end.current(), tone === 'danger' ? DANGER_SHOWN_MS : SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isHeld, tone])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while somebody reads it
    <div
      className={`appearing pointer-events-auto flex max-w-[min(28rem,100%)] items-center gap-3 rounded-lg py-2 ps-4 pe-2 text-sm shadow-lg ${
        tone === 'danger' ? 'bg-danger text-on-accent' : 'bg-ink text-ground'
      }`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className="min-w-0 break-words">{text}</span>
      {undo && (
        <button
          type="button"
          className="rounded-md px-2 py-1 font-semibold underline underline-offset-2 outline-offset-0 focus-visible:outline-current"
          onClick={() => {
            undo()
            onEnd()
          }}
        >
          Undo
        </button>
      )}
      <button
        type="button"
        aria-label="Dismiss"
        className="rounded-md p-1 opacity-70 hover:opacity-100 focus-visible:outline-current [&_svg]:size-4"
        onClick={onEnd}
      >
        {icons.close}
      </button>
    </div>
  )
}
