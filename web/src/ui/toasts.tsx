import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react'

interface Toast {
  text: string
  tone?: 'plain' | 'danger'
  /** What takes back what it tells of. */
  undo?: () => void
}

interface Toasts {
  tell: (toast: Toast) => void
}

const SHOWN_MS = 6_000

const ToastsContext = createContext<Toasts>({ tell: () => {} })

export const useToasts = (): Toasts => use(ToastsContext)

/** Brief messages at the foot of the page, read out as they come; one with an undo waits while it has the focus. */
export const ToastsProvider = ({ children }: { children: ReactNode }) => {
  const [toasts, setToasts] = useState<(Toast & { id: string })[]>([])
  const tell = useCallback((toast: Toast) => {
    setToasts((shown) => [...shown.slice(-2), { ...toast, id: crypto.randomUUID() }])
  }, [])
  const drop = useCallback((id: string) => setToasts((shown) => shown.filter((each) => each.id !== id)), [])
  const value = useMemo(() => ({ tell }), [tell])

  return (
    <ToastsContext value={value}>
      {children}
      <section
        aria-label="Messages"
        aria-live="polite"
        className="pointer-events-none fixed inset-x-0 bottom-0 z-50 flex flex-col items-center gap-2 p-4 pb-[max(1rem,env(safe-area-inset-bottom))]"
      >
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} onEnd={() => drop(toast.id)} />
        ))}
      </section>
    </ToastsContext>
  )
}

const ToastCard = ({ toast: { text, tone, undo }, onEnd }: { toast: Toast; onEnd: () => void }) => {
  const [isHeld, setHeld] = useState(false)
  useEffect(() => {
    if (isHeld) return
    const timer = setTimeout(onEnd, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isHeld, onEnd])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while somebody reads it
    <div
      className={`pointer-events-auto flex max-w-md items-center gap-4 rounded-lg px-4 py-2.5 text-sm shadow-lg ${
        tone === 'danger' ? 'bg-danger text-on-accent' : 'bg-ink text-ground'
      }`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span>{text}</span>
      {undo && (
        <button
          type="button"
          className="font-semibold underline underline-offset-2"
          onClick={() => {
            undo()
            onEnd()
          }}
        >
          Undo
        </button>
      )}
    </div>
  )
}
