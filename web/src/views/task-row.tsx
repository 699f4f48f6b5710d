import type { KeyboardEvent } from 'react'
import type { Task } from '../../../client/src/index.ts'
import { usePicture } from '../replica/provider.tsx'
import { isLate, nameOfDue } from '../tasks/due.ts'
import { icons } from '../ui/icons.tsx'

interface TaskRowProps {
  task: Task
  level: number
  isSelected: boolean
  /** Whether the list that it stands in is not shown already. */
  showsList: boolean
  onComplete: () => void
  onOpen: () => void
  onSelect: () => void
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

const PRIORITY_COLORS = ['var(--muted)', 'var(--low)', 'var(--medium)', 'var(--high)']

/** One task in a list: a box to complete it, its title, and below that what else there is to know at a glance. */
export const TaskRow = (props: TaskRowProps) => {
  const { task, level, isSelected, onComplete, onOpen, onSelect, onKeyDown } = props
  const isDone = task.completedAt !== null
  return (
    <li
      data-task={task.id}
      style={{ paddingInlineStart: `${level * 1.75}rem` }}
      className={`group border-b border-line/70 ${isSelected ? 'bg-accent-soft' : ''}`}
    >
      <div className="flex items-start gap-3 py-2">
        {/* biome-ignore lint/a11y/useSemanticElements: a checkbox would change before the task does */}
        <button
          type="button"
          role="checkbox"
          aria-checked={isDone}
          aria-label={`Complete ${task.title}`}
          onClick={onComplete}
          className="grid size-6 shrink-0 place-items-center rounded-full"
        >
          <span
            className="grid size-[1.15rem] place-items-center rounded-full border-2 transition-colors ease-calm"
            style={{
              borderColor: PRIORITY_COLORS[task.priority],
              background: isDone ? PRIORITY_COLORS[task.priority] : 'transparent',
            }}
          >
            <svg
              aria-hidden="true"
              viewBox="0 0 12 12"
              className={`size-2.5 ${isDone ? '' : 'opacity-0 group-hover:opacity-40'}`}
            >
              <path
                d="M2 6.4l2.6 2.6L10 3.4"
                fill="none"
                stroke={isDone ? 'var(--ground)' : 'currentColor'}
                strokeWidth="2"
                strokeLinecap="round"
                strokeLinejoin="round"
              />
            </svg>
          </span>
        </button>
        <button
          type="button"
          data-task-title={task.id}
          aria-pressed={isSelected}
          onKeyDown={onKeyDown}
          onClick={(event) => (event.metaKey || event.ctrlKey || event.shiftKey ? onSelect() : onOpen())}
          className="min-w-0 grow text-start"
        >
          <span className={`block break-words ${isDone ? 'text-muted line-through' : ''}`}>{task.title}</span>
          <Details {...props} />
        </button>
      </div>
    </li>
  )
}

const Details = ({ task, showsList }: TaskRowProps) => {
  const { lists, labels, tasks } = usePicture()
  const list = lists.get(task.listId ?? '')
  const below = [...tasks.values()].filter(({ parentId }) => parentId === task.id)
  const done = below.filter(({ completedAt }) => completedAt !== null).length
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-sm text-muted empty:hidden">
      {task.due && (
        <span className={`inline-flex items-center gap-1 ${isLate(task.due) ? 'text-late' : ''}`}>
          {nameOfDue(task.due)}
          {task.recurrence && <span className="[&_svg]:size-3.5">{icons.repeat}</span>}
          {task.recurrence && <span className="sr-only">, repeats</span>}
        </span>
      )}
      {below.length > 0 && (
        <span>
          {done}/{below.length}
          <span className="sr-only"> subtasks done</span>
        </span>
      )}
      {task.notes !== '' && <span className="max-w-56 truncate">{task.notes}</span>}
      {task.labelIds.map((id) => {
        const label = labels.get(id)
        return (
          label && (
            <span key={id} style={{ color: label.color ?? undefined }}>
              @{label.name}
            </span>
          )
        )
      })}
      {showsList && list && <span className="ml-auto">{list.name}</span>}
    </span>
  )
}
