import { useDeferredValue, useMemo } from 'react'
import { useSearchParams } from 'wouter'
import { usePicture } from '../replica/provider.tsx'
import { icons } from '../ui/icons.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { TaskList } from './list/task-list.tsx'
import { focusOnTask } from './list/use-row-focus.ts'
import { useShownTasks } from './page/use-shown-tasks.ts'

/** Finds tasks by the words of their titles and notes, those that are completed, too. */
export const SearchPage = () => {
  const [params, setParams] = useSearchParams()
  const text = params.get('q') ?? ''
  const searched = useDeferredValue(text)
  const { isKnown } = usePicture()
  const shown = useShownTasks(useMemo(() => ({ kind: 'search' as const, text: searched }), [searched]))
  const { length } = shown.rows
  const isAsked = searched.trim() !== ''

  return (
    <>
      <PageHeader title="Search" />
      <label className="flex items-center gap-2.5 rounded-lg border border-line bg-raised px-3 py-2 shadow-xs focus-within:border-accent">
        <span className="text-muted">{icons.search}</span>
        <span className="sr-only">Search</span>
        <input
          type="search"
          dir="auto"
          // biome-ignore lint/a11y/noAutofocus: one comes to this page to type
          autoFocus
          value={text}
          maxLength={200}
          autoComplete="off"
          placeholder="Words of a title or of notes"
          onChange={({ target }) =>
            setParams(target.value === '' ? {} : { q: target.value }, { replace: true })
          }
          onKeyDown={(event) => {
            const first = shown.rows[0]
            if (event.key !== 'ArrowDown' || !first) return
            event.preventDefault()
            focusOnTask(first.task.id)
          }}
          className="min-h-7 w-full bg-transparent outline-none placeholder:text-muted"
        />
      </label>
      <output aria-live="polite" className={length > 0 ? 'sr-only' : 'mt-10 block text-center text-muted'}>
        {!isAsked && 'Type to search your tasks and their notes.'}
        {isAsked && isKnown && (length === 0 ? 'No task has all of these words.' : found(length))}
      </output>
      {length > 0 && <TaskList {...shown} />}
    </>
  )
}

const found = (count: number): string => (count === 1 ? '1 task found' : `${count} tasks found`)
