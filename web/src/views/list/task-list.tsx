import { type MouseEvent, useMemo, useState } from 'react'
import { usePicture } from '../../replica/provider.tsx'
import { familyAt } from '../../tasks/placement.ts'
import type { TaskActions } from '../../tasks/use-task-actions.ts'
import { isTree, type Row, type Section, type View } from '../../tasks/view.ts'
import { DragGhost } from '../../ui/drag-ghost.tsx'
import { useShortcuts } from '../../ui/use-shortcuts.ts'
import { TaskEditor } from '../editor/task-editor.tsx'
import { SectionHeading } from './section-heading.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { subtaskCounts } from './subtask-counts.ts'
import { TaskRow } from './task-row.tsx'
import { focusOnTask, useRowFocus } from './use-row-focus.ts'
import { useRowHandlers } from './use-row-handlers.ts'
import type { Selection } from './use-selection.ts'
import { useTaskDrag } from './use-task-drag.ts'
import { useTaskKeys } from './use-task-keys.ts'

interface TaskListProps {
  sections: readonly Section[]
  rows: readonly Row[]
  view: View
  now: Date
  selection: Selection
  actions: TaskActions
  /** Completes tasks, so that they still show for a moment. */
  complete: (rows: readonly Row[]) => void
}

/** The tasks of a view: by pointer, by touch and by keys. */
export const TaskList = ({ sections, rows, view, now, selection, actions, complete }: TaskListProps) => {
  const { tasks, lists, labels } = usePicture()
  const [openId, setOpenId] = useState<string>()
  const focus = useRowFocus(rows)
  const drag = useTaskDrag(sections, view, actions)
  const counts = useMemo(() => subtaskCounts(tasks), [tasks])
  const onKeyDown = useTaskKeys({ rows, sections, view, selection, actions, complete, open: setOpenId })

  const handlers = useRowHandlers({
    toggleDone: (task) => {
      if (task.completedAt !== null) return actions.reopen([task])
      complete(rows.filter((row) => row.task.id === task.id))
    },
    onClick: (event: MouseEvent, id) => {
      if (event.shiftKey) selection.extendTo(id)
      else if (selection.isSelecting || event.metaKey || event.ctrlKey) selection.toggle(id)
      else setOpenId(id)
    },
    onKeyDown,
    onPointerDown: (event, id) => {
      if (view.kind !== 'search') drag.onPointerDown(event, id)
    },
  })

  useShortcuts(
    useMemo(() => {
      const first = () => {
        focusOnTask(rows[0]?.task.id)
      }
      return { ArrowDown: first, j: first, 'Mod+a': selection.all, Escape: selection.end }
    }, [rows, selection.all, selection.end]),
  )

  const close = (id: string) => {
    setOpenId((open) => (open === id ? undefined : open))
    requestAnimationFrame(() => {
      if (document.activeElement === document.body && !focusOnTask(id)) focus.back()
    })
  }
  const chosen = rows.filter(({ task }) => selection.selected.has(task.id)).map(({ task }) => task)
  const dragged = rows.find(({ task }) => task.id === drag.id)
  const showsTree = isTree(view)
  const hidden = showsTree ? rowsBelow(rows, openId) : NONE

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notes which row has the focus
    <div onFocus={focus.onFocus} className="mt-6 grid grid-cols-1 gap-8">
      {sections.map((section) => (
        <section key={section.key} aria-label={section.key === 'all' ? 'Tasks' : undefined}>
          <SectionHeading
            section={section}
            isOnly={sections.length === 1 && view.kind === 'today'}
            now={now}
          />
          <ul>
            {section.rows
              .filter((row) => !hidden.has(row))
              .map((row) =>
                openId === row.task.id ? (
                  <TaskEditor key={row.task.id} task={row.task} onClose={() => close(row.task.id)} />
                ) : (
                  <TaskRow
                    key={row.task.id}
                    row={row}
                    isSelected={selection.selected.has(row.task.id)}
                    isSelecting={selection.isSelecting}
                    isDragged={drag.id === row.task.id}
                    landing={drag.target?.edgeId === row.task.id ? drag.target : undefined}
                    labels={labels}
                    list={showsTree ? undefined : lists.get(row.task.listId ?? '')}
                    parentTitle={showsTree ? undefined : tasks.get(row.task.parentId ?? '')?.title}
                    subtasks={counts.get(row.task.id)}
                    isOfDay={section.day !== undefined}
                    now={now}
                    handlers={handlers}
                  />
                ),
              )}
          </ul>
        </section>
      ))}
      {dragged && <DragGhost ref={drag.ghost} text={dragged.task.title} />}
      {selection.isSelecting && (
        <SelectionBar
          tasks={chosen}
          actions={actions}
          onComplete={() => complete(rows.filter(({ task }) => selection.selected.has(task.id)))}
          onEnd={() => {
            selection.end()
            requestAnimationFrame(focus.back)
          }}
        />
      )}
    </div>
  )
}

const NONE: ReadonlySet<Row> = new Set()

/** What is below the open task, which shows it itself. */
const rowsBelow = (rows: readonly Row[], openId: string | undefined): ReadonlySet<Row> => {
  const index = rows.findIndex(({ task }) => task.id === openId)
  return index < 0 ? NONE : new Set(familyAt(rows, index).slice(1))
}
