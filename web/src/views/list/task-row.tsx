import { memo, useId } from 'react'
import type { Label, List } from '../../../../client/src/index.ts'
import type { Row } from '../../tasks/view.ts'
import { CompleteBox } from './complete-box.tsx'
import { ListNote, TaskDetails } from './task-details.tsx'
import type { RowHandlers } from './use-row-handlers.ts'

export interface TaskRowProps {
  row: Row
  isSelected: boolean
  /** While tasks are being selected a click selects, too. */
  isSelecting: boolean
  isDragged: boolean
  /** Where something dragged would land: right before or right after it, at that level. */
  landing: { edge: 'before' | 'after'; level: number } | undefined
  labels: ReadonlyMap<string, Label>
  /** The list that it is in, where that is not plain from the page. */
  list: List | undefined
  /** What it is part of, where that is not to be seen. */
  parentTitle: string | undefined
  subtasks: { done: number; all: number } | undefined
  /** Whether the day that it is due is in the heading above. */
  isOfDay: boolean
  now: Date
  handlers: RowHandlers
}

const INDENT_REM = 1.75

/** One task in a list: a box to complete it, its title, and below that what else there is to know at a glance. */
export const TaskRow = memo(
  ({
    row: { task, level },
    isSelected,
    isSelecting,
    isDragged,
    landing,
    list,
    handlers,
    ...shown
  }: TaskRowProps) => {
    const isDone = task.completedAt !== null
    const detailsId = useId()
    return (
      <li
        data-task={task.id}
        data-selected={isSelected || undefined}
        style={{ paddingInlineStart: `${level * INDENT_REM}rem` }}
        className={`task-row group relative -mx-2 rounded-md px-2 ${isSelected ? 'bg-accent-soft' : 'hover:bg-sunken'} ${
          isDragged ? 'opacity-40' : ''
        }`}
        onPointerDown={(event) => handlers.onPointerDown(event, task.id)}
      >
        {landing && <LandingLine {...landing} />}
        <div className="flex items-start gap-2 border-b border-line/60 py-1 group-data-selected:border-transparent pointer-coarse:py-0">
          <CompleteBox
            title={task.title}
            priority={task.priority}
            isDone={isDone}
            onToggle={() => handlers.toggleDone(task)}
          />
          <div className="relative -mx-1.5 min-w-0 grow rounded-md px-1.5 py-1 pointer-coarse:py-2.5">
            {/* It is called by the title alone, and reaches over all that is below it. */}
            <button
              type="button"
              data-task-title={task.id}
              dir="auto"
              aria-pressed={isSelecting ? isSelected : undefined}
              aria-describedby={detailsId}
              onKeyDown={(event) => handlers.onKeyDown(event, task.id)}
              onClick={(event) => handlers.onClick(event, task.id)}
              className={`task-title block min-h-6 w-full text-left wrap-anywhere after:absolute after:inset-0 after:rounded-md ${isDone ? 'text-muted line-through' : ''}`}
            >
              {task.title}
            </button>
            <TaskDetails id={detailsId} task={task} {...shown} />
          </div>
          {list && <ListNote list={list} />}
        </div>
      </li>
    )
  },
)

const LandingLine = ({ edge, level }: { edge: 'before' | 'after'; level: number }) => (
  <span
    aria-hidden="true"
    style={{ insetInlineStart: `calc(${level * INDENT_REM}rem + 0.5rem)` }}
    className={`absolute end-0 z-10 h-0.5 rounded-full bg-accent ${edge === 'before' ? 'top-0' : 'bottom-0'}`}
  />
)
