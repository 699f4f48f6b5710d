import { type KeyboardEvent, useState } from 'react'
import type { Task } from '../../../../client/src/index.ts'
import { byPosition } from '../../replica/position.ts'
import { usePicture, useReplica } from '../../replica/provider.tsx'
import { DEEPEST_LEVEL } from '../../tasks/placement.ts'
import { useTaskActions } from '../../tasks/use-task-actions.ts'
import { icons } from '../../ui/icons.tsx'
import { CompleteBox } from '../list/complete-box.tsx'

/** The tasks right below one, with a line to add another: changed at once, whatever becomes of the rest. */
export const Subtasks = ({ task }: { task: Task }) => {
  const replica = useReplica()
  const { tasks } = usePicture()
  const [text, setText] = useState('')
  const below = [...tasks.values()].filter(({ parentId }) => parentId === task.id).sort(byPosition)

  const add = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.metaKey || event.ctrlKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    const title = text.trim()
    if (title === '') return
    setText('')
    const body = { id: crypto.randomUUID(), title, parentId: task.id }
    void replica.make({ operation: 'createTask', body })
  }

  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs font-medium text-muted">Subtasks</legend>
      {below.length > 0 && (
        <ul>
          {below.map((each) => (
            <Subtask key={each.id} task={each} />
          ))}
        </ul>
      )}
      {levelOf(task, tasks) < DEEPEST_LEVEL && (
        <div className="flex items-center gap-1">
          <span className="grid size-8 place-items-center text-muted [&_svg]:size-4">{icons.plus}</span>
          <input
            aria-label="Add a subtask"
            placeholder="Add a subtask"
            dir="auto"
            value={text}
            maxLength={500}
            autoComplete="off"
            enterKeyHint="done"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={add}
            className="min-h-8 grow bg-transparent text-sm outline-none placeholder:text-muted"
          />
        </div>
      )}
    </fieldset>
  )
}

const Subtask = ({ task }: { task: Task }) => {
  const actions = useTaskActions()
  const [title, setTitle] = useState<string>()
  const isDone = task.completedAt !== null
  const save = () => {
    const next = title?.trim() ?? ''
    setTitle(undefined)
    if (next !== '' && next !== task.title) actions.change([task], { title: next })
  }
  return (
    <li className="flex items-center gap-1">
      <CompleteBox
        title={task.title}
        priority={task.priority}
        isDone={isDone}
        onToggle={() => (isDone ? actions.reopen([task]) : actions.complete([task]))}
      />
      <input
        aria-label={`Subtask ${task.title}`}
        dir="auto"
        value={title ?? task.title}
        maxLength={500}
        onChange={(event) => setTitle(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.metaKey || event.ctrlKey) return
          event.preventDefault()
          save()
        }}
        className={`min-h-8 min-w-0 grow bg-transparent text-sm outline-none ${isDone ? 'text-muted line-through' : ''}`}
      />
    </li>
  )
}

const levelOf = (task: Task, tasks: ReadonlyMap<string, Task>): number => {
  let level = 0
  for (let above = tasks.get(task.parentId ?? ''); above; above = tasks.get(above.parentId ?? '')) level += 1
  return level
}
