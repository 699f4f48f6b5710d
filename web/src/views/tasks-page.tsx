import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { NewTask, Operation, Task } from '../../../client/src/index.ts'
import { usePicture, useReplica } from '../replica/provider.tsx'
import { daysAfter, nameOfDay, today } from '../tasks/due.ts'
import { type Branch, type Section, sectionsOf, type View } from '../tasks/view.ts'
import { useToasts } from '../ui/toasts.tsx'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { EmptyState } from './empty-state.tsx'
import { QuickAdd } from './quick-add.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { TaskEditor } from './task-editor.tsx'
import { TaskRow } from './task-row.tsx'

/** One view of the tasks: its name, a line to add one, and the tasks. */
export const TasksPage = ({ view }: { view: View }) => {
  const picture = usePicture()
  const [text, setText] = useState('')
  const shown: View = view.kind === 'search' ? { kind: 'search', text } : view
  const sections = sectionsOf(picture, shown)
  const title = titleOf(view, picture)

  useEffect(() => {
    document.title = `${title} · Edgewise`
  }, [title])

  return (
    <>
      <h1 className="mb-4 text-2xl font-semibold tracking-tight">{title}</h1>
      {view.kind === 'search' ? (
        <SearchField text={text} onChange={setText} />
      ) : (
        <QuickAdd defaults={defaultsOf(view)} onAdded={() => {}} />
      )}
      {sections.length > 0 ? (
        <TaskSections sections={sections} view={view} />
      ) : (
        picture.isKnown && <EmptyState view={shown} />
      )}
    </>
  )
}

const SearchField = ({ text, onChange }: { text: string; onChange: (text: string) => void }) => (
  <label className="block">
    <span className="sr-only">Search</span>
    <input
      type="search"
      // biome-ignore lint/a11y/noAutofocus: one comes to this page to type
      autoFocus
      value={text}
      placeholder="Words of a title or of notes"
      onChange={(event) => onChange(event.target.value)}
      className="w-full rounded-lg border border-line bg-raised px-3 py-2.5 placeholder:text-muted"
    />
  </label>
)

const TaskSections = ({ sections, view }: { sections: Section[]; view: View }) => {
  const rows = useMemo(() => sections.flatMap(({ branches }) => rowsOf(branches)), [sections])
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [open, setOpen] = useState<string>()
  const list = useRef<HTMLDivElement>(null)
  const act = useTaskActions()
  const chosen = rows.map(({ task }) => task).filter(({ id }) => selected.has(id))

  const focusOn = useCallback(
    (id: string | undefined) =>
      list.current?.querySelector<HTMLElement>(`[data-task-title="${id}"]`)?.focus(),
    [],
  )
  useShortcuts(
    useMemo(
      () => ({
        ArrowDown: () => focusOn(rows[0]?.task.id),
        Escape: () => setSelected(new Set()),
        q: () => document.getElementById('quick-add')?.focus(),
      }),
      [rows, focusOn],
    ),
  )

  const toggle = (id: string) =>
    setSelected((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })

  const onKeyDown = (event: KeyboardEvent<HTMLElement>, task: Task, index: number) => {
    if (event.metaKey || event.ctrlKey) return
    const beside = (step: number) => rows[index + step]?.task
    const moves: Record<string, () => void> = {
      ArrowDown: () => focusOn(beside(1)?.id),
      ArrowUp: () => focusOn(beside(-1)?.id),
      j: () => focusOn(beside(1)?.id),
      k: () => focusOn(beside(-1)?.id),
      ' ': () => act.complete([task]),
      x: () => toggle(task.id),
      Delete: () => act.remove([task]),
      Backspace: () => act.remove([task]),
      0: () => act.change([task], { priority: 0 }),
      1: () => act.change([task], { priority: 1 }),
      2: () => act.change([task], { priority: 2 }),
      3: () => act.change([task], { priority: 3 }),
    }
    const isMove = event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')
    const move = () => {
      const other = beside(event.key === 'ArrowUp' ? -1 : 1)
      if (other) act.move(task, event.key === 'ArrowUp' ? { before: other.id } : { after: other.id })
    }
    const key = isMove ? move : event.altKey ? undefined : moves[event.key]
    if (!key) return
    event.preventDefault()
    event.stopPropagation()
    key()
  }

  return (
    <div ref={list} className="mt-6 grid gap-8">
      {sections.map((section) => (
        <section key={section.key}>
          {section.day && (
            <h2 className="border-b border-line pb-1 text-sm font-semibold">{headingOf(section)}</h2>
          )}
          <ul>
            {rowsOf(section.branches).map(({ task, level }) =>
              open === task.id ? (
                <TaskEditor
                  key={task.id}
                  task={task}
                  onClose={() => {
                    setOpen(undefined)
                    requestAnimationFrame(() => focusOn(task.id))
                  }}
                />
              ) : (
                <TaskRow
                  key={task.id}
                  task={task}
                  level={level}
                  isSelected={selected.has(task.id)}
                  showsList={view.kind !== 'list' && view.kind !== 'inbox'}
                  onComplete={() => act.complete([task])}
                  onOpen={() => setOpen(task.id)}
                  onSelect={() => toggle(task.id)}
                  onKeyDown={(event) =>
                    onKeyDown(
                      event,
                      task,
                      rows.findIndex((row) => row.task.id === task.id),
                    )
                  }
                />
              ),
            )}
          </ul>
        </section>
      ))}
      {chosen.length > 0 && (
        <SelectionBar tasks={chosen} actions={act} onEnd={() => setSelected(new Set())} />
      )}
    </div>
  )
}

interface Row {
  task: Task
  level: number
}

const rowsOf = (branches: Branch[], level = 0): Row[] =>
  branches.flatMap(({ task, below }) => [{ task, level }, ...rowsOf(below, level + 1)])

const headingOf = ({ key, day = '' }: Section): string => {
  if (key === 'late') return 'Late'
  const name = nameOfDay(day)
  return day <= daysAfter(today(), 1)
    ? name
    : `${name} · ${new Date(`${day}T12:00`).toLocaleDateString(undefined, { day: 'numeric', month: 'long' })}`
}

export type TaskActions = ReturnType<typeof useTaskActions>

/** What can be done with tasks, each with a way back. */
export const useTaskActions = () => {
  const replica = useReplica()
  const { tell } = useToasts()
  return useMemo(() => {
    const each = (tasks: readonly Task[], operation: (task: Task) => Operation) =>
      void replica.make(...tasks.map(operation))
    const named = (tasks: readonly Task[]) =>
      tasks.length === 1 ? `“${tasks[0]?.title}”` : `${tasks.length} tasks`
    return {
      complete: (tasks: readonly Task[]) => {
        const done = tasks.filter(({ completedAt }) => completedAt === null)
        if (done.length === 0) return each(tasks, ({ id }) => ({ operation: 'reopenTask', id }))
        const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
        each(done, ({ id, due, recurrence }) => ({
          operation: 'completeTask',
          id,
          timeZone,
          ...(recurrence && due && { occurrence: 'date' in due ? due.date : due.dateTime.slice(0, 10) }),
        }))
        tell({
          text: `Completed ${named(done)}`,
          undo: () => each(done, ({ id }) => ({ operation: 'reopenTask', id })),
        })
      },
      change: (tasks: readonly Task[], body: Extract<Operation, { operation: 'changeTask' }>['body']) =>
        each(tasks, ({ id }) => ({ operation: 'changeTask', id, body })),
      move: (task: Task, body: Extract<Operation, { operation: 'moveTask' }>['body']) =>
        each([task], ({ id }) => ({ operation: 'moveTask', id, body })),
      remove: (tasks: readonly Task[]) => {
        each(tasks, ({ id }) => ({ operation: 'deleteTask', id }))
        tell({ text: `${named(tasks)} went into the trash` })
      },
    }
  }, [replica, tell])
}

const titleOf = (view: View, picture: ReturnType<typeof usePicture>): string => {
  switch (view.kind) {
    case 'inbox':
      return 'Inbox'
    case 'today':
      return 'Today'
    case 'upcoming':
      return 'Upcoming'
    case 'search':
      return 'Search'
    case 'list':
      return picture.lists.get(view.id)?.name ?? 'A list'
    case 'label':
      return `@${picture.labels.get(view.id)?.name ?? 'label'}`
  }
}

const defaultsOf = (view: View): Partial<NewTask> => {
  switch (view.kind) {
    case 'today':
      return { due: { date: today() } }
    case 'upcoming':
      return { due: { date: daysAfter(today(), 1) } }
    case 'list':
      return { listId: view.id }
    case 'label':
      return { labelIds: [view.id] }
    default:
      return {}
  }
}
