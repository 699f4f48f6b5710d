import type { Label, List, Task } from '../../../../client/src/index.ts'
import { describeRule } from '../../tasks/describe-rule.ts'
import { dueHere, isLate, nameOfDue, today } from '../../tasks/due.ts'
import { clockTime } from '../../tasks/formats.ts'
import { nameOfPriority } from '../../tasks/priority.ts'
import { icons } from '../../ui/icons.tsx'

interface TaskDetailsProps {
  id: string
  task: Task
  labels: ReadonlyMap<string, Label>
  parentTitle: string | undefined
  subtasks: { done: number; all: number } | undefined
  isOfDay: boolean
  now: Date
}

/** What there is to know of a task at a glance, in one quiet line; nothing for a plain one. */
export const TaskDetails = ({ id, task, labels, parentTitle, subtasks, isOfDay, now }: TaskDetailsProps) => (
  <span
    id={id}
    className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-0.5 text-sm text-muted empty:hidden"
  >
    {task.priority > 0 && <span className="sr-only">{nameOfPriority(task.priority)}</span>}
    {task.due && <DueNote due={task.due} recurrence={task.recurrence} isOfDay={isOfDay} now={now} />}
    {parentTitle !== undefined && (
      <span className="inline-flex max-w-48 items-center gap-1 [&_svg]:size-3.5">
        {icons.subtasks}
        <span className="truncate">{parentTitle}</span>
      </span>
    )}
    {subtasks && (
      <span className="inline-flex items-center gap-1 tabular-nums [&_svg]:size-3.5">
        {icons.subtasks}
        {subtasks.done}/{subtasks.all}
        <span className="sr-only"> subtasks done</span>
      </span>
    )}
    {task.notes.trim() !== '' && (
      <span className="inline-flex min-w-0 max-w-64 items-center gap-1 [&_svg]:size-3.5">
        {icons.notes}
        <span dir="auto" className="truncate">
          {task.notes.trimStart().split('\n', 1)[0]}
        </span>
      </span>
    )}
    {task.labelIds.map((id) => {
      const label = labels.get(id)
      return label && <LabelNote key={id} label={label} />
    })}
  </span>
)

interface DueNoteProps {
  due: NonNullable<Task['due']>
  recurrence: Task['recurrence']
  isOfDay: boolean
  now: Date
}

const DueNote = ({ due, recurrence, isOfDay, now }: DueNoteProps) => {
  const { day, time } = dueHere(due)
  const tone = isLate(due, now) ? 'text-late' : day === today(now) && !isOfDay ? 'text-soon' : ''
  const text = isOfDay ? time && clockTime(time) : nameOfDue(due, now)
  if (!text && !recurrence) return null
  return (
    <span className={`inline-flex items-center gap-1 ${tone}`}>
      {text}
      {recurrence && (
        <span title={describeRule(recurrence)} className="inline-flex items-center gap-1 [&_svg]:size-3.5">
          {icons.repeat}
          <span className={text ? 'sr-only' : ''}>{describeRule(recurrence)}</span>
        </span>
      )}
    </span>
  )
}

const LabelNote = ({ label: { name, color } }: { label: Label }) => (
  <span className="inline-flex max-w-40 items-center gap-1 [&_svg]:size-3.5">
    <span style={{ color: color ?? undefined }}>{icons.label}</span>
    <span className="truncate">{name}</span>
  </span>
)

/** The list that a task is in, at the end of its row. */
export const ListNote = ({ list: { name, color } }: { list: List }) => (
  <span className="inline-flex max-w-[35%] shrink-0 items-center gap-1.5 self-center text-sm text-muted">
    <span dir="auto" className="truncate">
      {name}
    </span>
    <span className="size-2 shrink-0 rounded-full" style={{ background: color ?? 'var(--muted)' }} />
  </span>
)
