import { type ReactNode, useEffect, useState } from 'react'
import { explain } from '../auth/failure.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { focusTitle } from './focus-title.ts'

interface ConfirmDialogProps {
  title: string
  /** What the button does, as it says. */
  action: string
  onConfirm: () => Promise<unknown>
  onClose: () => void
  children: ReactNode
}

/** Asks before what cannot be taken back; it stays while that is under way, and tells what went wrong. */
export const ConfirmDialog = ({ title, action, onConfirm, onClose, children }: ConfirmDialogProps) => {
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState('')
  // What was confirmed may have taken away the button that asked, to which the focus would go back.
  useEffect(
    () => () => {
      setTimeout(() => {
        if (document.activeElement === document.body) focusTitle()
      })
    },
    [],
  )
  const confirm = async () => {
    setBusy(true)
    setProblem('')
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      setProblem(explain(error).message)
      setBusy(false)
    }
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="text-muted">{children}</div>
      <p role="alert" className="mt-3 text-sm text-danger empty:hidden">
        {problem}
      </p>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="danger" isBusy={isBusy} onClick={confirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  )
}
