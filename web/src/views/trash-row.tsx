import { useState } from 'react'
import { EdgewiseError, type Trashed } from '../../../client/src/index.ts'
import { explain } from '../auth/failure.ts'
import { useEdgewise, useReplica } from '../replica/provider.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { focusTitle } from '../ui/focus-title.ts'
import { icons } from '../ui/icons.tsx'
import { agoFrom } from '../ui/relative-time.ts'
import { useToasts } from '../ui/toasts.tsx'

const KINDS = {
  task: { icon: icons.completed, name: 'Task', along: 'The tasks below it go with it.' },
  list: { icon: icons.list, name: 'List', along: 'The tasks in it go with it.' },
  label: { icon: icons.label, name: 'Label', along: 'Its tasks stay.' },
}

const KEPT_MS = 30 * 86_400_000

interface TrashRowProps {
  thing: Trashed
  onGone: () => Promise<void>
}

export const TrashRow = ({ thing, onGone }: TrashRowProps) => {
  const { type, id, name, deletedAt } = thing
  const { icon, name: kind, along } = KINDS[type]
  const edgewise = useEdgewise()
  const replica = useReplica()
  const { tell } = useToasts()
  const [isBusy, setBusy] = useState(false)
  const [isAsked, setAsked] = useState(false)

  const restore = async () => {
    setBusy(true)
    try {
      await edgewise.trash.restore(id)
      tell({ text: `“${name}” is back.` })
      void replica.keepUp()
      await onGone()
      focusTitle()
    } catch (error) {
      const { message, fields } = explain(error)
      tell({ text: `Not restored: ${[message, ...Object.values(fields)].join(' ').trim()}`, tone: 'danger' })
    } finally {
      setBusy(false)
    }
  }

  return (
    <li className="flex flex-wrap items-center gap-x-3 border-b border-line/70 py-2">
      <span className="text-muted">{icon}</span>
      <div className="min-w-0 grow basis-48">
        <p className="break-words">
          <bdi>{name}</bdi>
        </p>
        <p className="text-sm text-muted">
          <span className="sr-only">{kind}, </span>
          Deleted <time dateTime={deletedAt}>{agoFrom(deletedAt)}</time> · {goesIn(deletedAt)}
        </p>
      </div>
      <div className="-me-3 ms-auto flex shrink-0">
        <Button kind="quiet" className="px-3 text-sm" isBusy={isBusy} onClick={restore}>
          Restore<span className="sr-only"> {name}</span>
        </Button>
        <Button kind="quiet" className="px-3 text-sm" onClick={() => setAsked(true)}>
          Delete<span className="sr-only"> {name} for good</span>
        </Button>
      </div>
      {isAsked && (
        <ConfirmDialog
          title="Delete for good?"
          action="Delete for good"
          onConfirm={async () => {
            await edgewise.trash.purge(id).catch(unlessGone)
            await onGone()
          }}
          onClose={() => setAsked(false)}
        >
          <strong className="break-words text-ink">
            <bdi>{name}</bdi>
          </strong>{' '}
          cannot be taken back then. {along}
        </ConfirmDialog>
      )}
    </li>
  )
}

/** Another tab was faster: that is what was wanted. */
const unlessGone = (error: unknown): void => {
  if (!(error instanceof EdgewiseError) || error.code !== 'not_found') throw error
}

const goesIn = (deletedAt: string): string => {
  const days = Math.ceil((Date.parse(deletedAt) + KEPT_MS - Date.now()) / 86_400_000)
  return days <= 1 ? 'goes today' : `${days} days left`
}
