import { useQueryClient } from '@tanstack/react-query'
import type { Completion, Task } from '../../../client/src/index.ts'
import { usePicture, useReplica } from '../replica/provider.tsx'
import { dueHere, nameOfDue, today } from '../tasks/due.ts'
import { Button } from '../ui/button.tsx'
import { focusTitle } from '../ui/focus-title.ts'
import { icons } from '../ui/icons.tsx'
import { useToasts } from '../ui/toasts.tsx'

interface CompletionRowProps {
  completion: Completion
  /** The task, if it is there still and this is the last time that it was done. */
  task: Task | undefined
}

/** One time that something was done. */
export const CompletionRow = ({ completion, task }: CompletionRowProps) => {
  const { title, due, completedAt } = completion
  const { lists } = usePicture()
  const list = lists.get(task?.listId ?? '')
  const reopen = useReopen(completion)
  // A task that repeats is open; what can be opened again is its last occurrence.
  const canReopen = task && (task.completedAt !== null || task.recurrence !== null)
  return (
    <li className="flex items-start gap-3 border-b border-line/70 py-2">
      <span className="mt-0.5 text-muted">{icons.completed}</span>
      <div className="min-w-0 grow">
        <p className="break-words">
          <bdi>{title}</bdi>
        </p>
        <p className="flex flex-wrap gap-x-3 text-sm text-muted">
          <time dateTime={completedAt}>{clock.format(new Date(completedAt))}</time>
          {due && dueHere(due).day !== today(new Date(completedAt)) && (
            <span className="inline-flex items-center gap-1">
              {task?.recurrence && <span className="[&_svg]:size-3.5">{icons.repeat}</span>}
              was due {withinSentence(nameOfDue(due))}
            </span>
          )}
          {list && <span>{list.name}</span>}
        </p>
      </div>
      {canReopen && (
        <Button kind="quiet" className="shrink-0 text-sm" onClick={() => reopen(task)}>
          Reopen<span className="sr-only"> {title}</span>
        </Button>
      )}
    </li>
  )
}

/** Days of the week and dates stay as they are. */
const withinSentence = (name: string): string =>
  name.replace(/^(?:Today|Tomorrow|Yesterday)/, (word) => word.toLowerCase())

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })

interface Pages {
  pages: { items: Completion[]; nextCursor: string | null }[]
  pageParams: unknown[]
}

/** Opens the task again, and takes the completion off the page; once it is sent, the page is asked for anew. */
const useReopen = ({ id, title }: Completion) => {
  const replica = useReplica()
  const queries = useQueryClient()
  const { tell } = useToasts()
  return (task: Task) => {
    queries.setQueryData<Pages>(
      ['completions'],
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({ ...page, items: page.items.filter((one) => one.id !== id) })),
        },
    )
    focusTitle()
    void replica.make({ operation: 'reopenTask', id: task.id })
    tell({ text: `“${title}” is open again.` })
  }
}
