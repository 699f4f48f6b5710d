import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../ui/button.tsx'

interface DisclosedFormProps {
  /** What the button says that opens it. */
  open: string
  /** The form; `close` puts it away when it has done its work, and may leave a word. */
  children: (close: (said?: string) => void) => ReactNode
}

/** A form that shows when it is wanted. */
export const DisclosedForm = ({ open, children }: DisclosedFormProps) => {
  const [isOpen, setOpen] = useState(false)
  const [said, setSaid] = useState('')
  const place = useRef<HTMLDivElement>(null)
  const wasOpen = useRef(false)
  // The focus goes into the form, and back to what opened it.
  useEffect(() => {
    if (isOpen !== wasOpen.current)
      place.current?.querySelector<HTMLElement>(isOpen ? 'input:not([type=hidden])' : 'button')?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  const close = (word = '') => {
    setOpen(false)
    setSaid(word)
  }
  return (
    <div ref={place}>
      <p
        role="status"
        className="mb-3 max-w-prose rounded-md bg-accent-soft px-3 py-2.5 text-sm empty:hidden"
      >
        {said}
      </p>
      {isOpen ? (
        <div className="grid max-w-sm gap-2">
          {children(close)}
          <Button kind="quiet" onClick={() => close()}>
            Cancel
          </Button>
        </div>
      ) : (
        <Button
          onClick={() => {
            setSaid('')
            setOpen(true)
          }}
        >
          {open}
        </Button>
      )}
    </div>
  )
}
