import { useState } from 'react'
import { explain } from './failure.ts'

interface MailButtonProps {
  /** What the button says. */
  children: string
  send: () => Promise<void>
  /** What is told when it is sent. */
  sent: string
}

/** Asks for a mail, within a text; and says that it is on its way, or why not. */
export const MailButton = ({ children, send, sent }: MailButtonProps) => {
  const [state, setState] = useState<'asked' | 'sending' | 'sent'>('asked')
  const [problem, setProblem] = useState('')
  const ask = async () => {
    if (state === 'sending') return
    setState('sending')
    setProblem('')
    try {
      await send()
      setState('sent')
    } catch (error) {
      setState('asked')
      setProblem(explain(error).message)
    }
  }
  if (state === 'sent') return <span role="status">{sent}</span>
  return (
    <>
      <button
        type="button"
        aria-disabled={state === 'sending'}
        onClick={ask}
        className="font-medium underline underline-offset-2 aria-disabled:opacity-60"
      >
        {children}
      </button>{' '}
      <span aria-live="polite" className="text-danger">
        {problem}
      </span>
    </>
  )
}
