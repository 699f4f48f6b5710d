import { useState } from 'react'
import { capital } from '../../replica/name-of.ts'
import type { Queued } from '../../replica/outbox.ts'
import { usePicture, useReplica } from '../../replica/provider.tsx'
import { Button } from '../../ui/button.tsx'
import { focusTitle } from '../../ui/focus-title.ts'
import { useToasts } from '../../ui/toasts.tsx'
import { TextForm } from './text-form.tsx'
import { asNewTask, textIn, withText } from './typed-text.ts'

/** One write that was set aside: what it was to do, why it is not done, and what can be done about it. */
export const NotSavedRow = ({ write }: { write: Queued }) => {
  const picture = usePicture()
  const replica = useReplica()
  const { tell } = useToasts()
  const [isEdited, setEdited] = useState(false)
  const { operations, setAside } = write
  const text = textIn(operations)
  const [first] = operations
  if (!first || !setAside) return null
  const { title, reason } = setAside
  // A change to what is gone would be refused for ever.
  const isGone = first.operation === 'changeTask' && !picture.tasks.has(first.id)

  const send = (...instead: Parameters<typeof replica.tryAgain>) => {
    focusTitle()
    void replica.tryAgain(...instead)
  }
  const discard = () => {
    focusTitle()
    void replica.discard(write)
    tell({ text: `Discarded: ${title}`, undo: () => void replica.keepAside(write) })
  }

  return (
    <li className="rounded-lg border border-line bg-raised px-4 py-3">
      <h2 className="font-medium wrap-anywhere">
        <bdi>{title}</bdi>
        {operations.length > 1 && <span className="text-muted"> and {operations.length - 1} more</span>}
      </h2>
      {text?.notes && !isEdited && (
        <p className="mt-1 line-clamp-6 text-sm whitespace-pre-wrap text-muted wrap-anywhere">{text.notes}</p>
      )}
      <p className="mt-1 text-sm text-danger">{capital(reason)}.</p>
      {isEdited && text ? (
        <TextForm
          text={text}
          onSave={(changed) => send(write, isGone ? [asNewTask(changed)] : withText(operations, changed))}
          onCancel={() => setEdited(false)}
        />
      ) : (
        <div className="mt-2 -ms-3 -mb-1 flex flex-wrap">
          {isGone && text ? (
            <Button kind="quiet" className="px-3 text-sm" onClick={() => send(write, [asNewTask(text)])}>
              Add as a new task
            </Button>
          ) : (
            <Button kind="quiet" className="px-3 text-sm" onClick={() => send(write)}>
              Try again<span className="sr-only">: {title}</span>
            </Button>
          )}
          {text && (
            <Button kind="quiet" className="px-3 text-sm" onClick={() => setEdited(true)}>
              Edit<span className="sr-only">: {title}</span>
            </Button>
          )}
          <Button kind="quiet" className="px-3 text-sm" onClick={discard}>
            Discard<span className="sr-only">: {title}</span>
          </Button>
        </div>
      )}
    </li>
  )
}
