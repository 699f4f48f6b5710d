import { type FormEvent, useRef, useState } from 'react'
import type { NewTask } from '../../../../client/src/index.ts'
import { useReplica } from '../../replica/provider.tsx'
import { icons } from '../../ui/icons.tsx'
import { operationsFor } from './operations.ts'
import { Reading } from './reading.tsx'
import { useUnderstood } from './use-understood.ts'

interface QuickAddProps {
  /** What a task added here has, unless its words say otherwise. */
  defaults: Partial<NewTask>
  onAdded: (id: string) => void
}

/** One line for a task in plain words, and below it what they are understood to say. */
export const QuickAdd = ({ defaults, onAdded }: QuickAddProps) => {
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const replica = useReplica()
  const { understood, isOffline, ask } = useUnderstood(text)

  const add = async (event: FormEvent) => {
    event.preventDefault()
    const words = text.trim()
    if (words === '') return
    setText('')
    const meant = await ask(words)
    const id = crypto.randomUUID()
    void replica.make(...operationsFor(id, words, meant, defaults))
    onAdded(id)
  }

  return (
    <form
      onSubmit={add}
      className="rounded-lg border border-line bg-raised px-3 py-2 shadow-xs pointer-coarse:py-0.5 transition-colors focus-within:border-accent"
    >
      <div className="flex items-center gap-2.5">
        <span className="text-accent">{icons.plus}</span>
        <label className="sr-only" htmlFor="quick-add">
          Add a task
        </label>
        <input
          id="quick-add"
          ref={input}
          value={text}
          dir="auto"
          maxLength={500}
          autoComplete="off"
          enterKeyHint="done"
          aria-describedby="quick-add-reading"
          placeholder="Add a task, like “Pay rent every 1st #home !3”"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur()
          }}
          className="min-h-7 w-full min-w-0 bg-transparent text-ellipsis outline-none placeholder:text-muted"
        />
        {text.trim() !== '' && (
          <button type="submit" className="rounded-md px-2 py-0.5 text-sm font-medium text-accent">
            Add
          </button>
        )}
      </div>
      <output id="quick-add-reading" className="block empty:hidden" aria-live="polite">
        {understood && <Reading understood={understood} />}
        {isOffline && text.trim() !== '' && (
          <span className="block pt-1.5 text-sm text-muted">Offline: it is added as you write it.</span>
        )}
      </output>
    </form>
  )
}
