import { type FormEvent, type KeyboardEvent, useState } from 'react'
import type { Task, TaskPatch } from '../../../client/src/index.ts'
import { byPosition } from '../replica/position.ts'
import { usePicture, useReplica } from '../replica/provider.tsx'
import { dueHere } from '../tasks/due.ts'
import { useTaskActions } from './tasks-page.tsx'

const REPEATS: [name: string, rule: string][] = [
  ['Does not repeat', ''],
  ['Every day', 'FREQ=DAILY'],
  ['Every weekday', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
  ['Every week', 'FREQ=WEEKLY'],
  ['Every two weeks', 'FREQ=WEEKLY;INTERVAL=2'],
  ['Every month', 'FREQ=MONTHLY'],
  ['Every year', 'FREQ=YEARLY'],
]

/** A task opened where it stands: all that can be changed of it, saved when it is closed. */
export const TaskEditor = ({ task, onClose }: { task: Task; onClose: () => void }) => {
  const replica = useReplica()
  const { lists, labels } = usePicture()
  const { remove } = useTaskActions()
  const start = task.due ? dueHere(task.due) : { day: '', time: undefined }
  const [title, setTitle] = useState(task.title)
  const [notes, setNotes] = useState(task.notes)
  const [day, setDay] = useState(start.day)
  const [time, setTime] = useState(start.time ?? '')
  const [rule, setRule] = useState(task.recurrence?.rule ?? '')
  const [priority, setPriority] = useState(task.priority)
  const [listId, setListId] = useState(task.listId ?? '')
  const [labelIds, setLabelIds] = useState(task.labelIds)
  const [subtask, setSubtask] = useState('')

  const patch = (): TaskPatch => {
    const isMoved = day !== start.day || time !== (start.time ?? '')
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const due = day === '' ? null : time === '' ? { date: day } : { dateTime: `${day}T${time}:00`, timeZone }
    const isOtherRule = (due === null ? '' : rule) !== (task.recurrence?.rule ?? '')
    return {
      ...(title.trim() !== '' && title.trim() !== task.title && { title: title.trim() }),
      ...(notes !== task.notes && { notes }),
      ...((isMoved || isOtherRule) && { due }),
      ...(isOtherRule && { recurrence: due === null || rule === '' ? null : { rule } }),
      ...(priority !== task.priority && { priority }),
      ...(task.parentId === null && (listId || null) !== task.listId && { listId: listId || null }),
      ...(labelIds.join() !== task.labelIds.join() && { labelIds }),
    }
  }

  const save = (event?: FormEvent) => {
    event?.preventDefault()
    const body = patch()
    if (Object.keys(body).length > 0) void replica.make({ operation: 'changeTask', id: task.id, body })
    onClose()
  }

  const addSubtask = () => {
    const words = subtask.trim()
    if (words === '') return
    setSubtask('')
    const body = { id: crypto.randomUUID(), title: words, parentId: task.id }
    void replica.make({ operation: 'createTask', body })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') onClose()
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) save()
  }

  return (
    <li className="my-2 rounded-lg border border-line bg-raised shadow-sm">
      <form
        onSubmit={save}
        onKeyDown={onKeyDown}
        aria-label={`Edit ${task.title}`}
        className="grid gap-3 p-4"
      >
        <input
          aria-label="Title"
          // biome-ignore lint/a11y/noAutofocus: it was opened to be edited
          autoFocus
          value={title}
          maxLength={500}
          onChange={(event) => setTitle(event.target.value)}
          className="w-full bg-transparent text-lg font-medium outline-none"
        />
        <textarea
          aria-label="Notes"
          placeholder="Notes"
          value={notes}
          maxLength={16_384}
          rows={Math.min(12, Math.max(2, notes.split('\n').length))}
          onChange={(event) => setNotes(event.target.value)}
          className="w-full resize-y bg-transparent text-muted outline-none placeholder:text-muted"
        />
        <div className="flex flex-wrap gap-2">
          <input
            aria-label="Due day"
            type="date"
            value={day}
            onChange={(event) => setDay(event.target.value)}
            className={FIELD}
          />
          <input
            aria-label="Due time"
            type="time"
            value={time}
            disabled={day === ''}
            onChange={(event) => setTime(event.target.value)}
            className={FIELD}
          />
          <select
            aria-label="Repeats"
            value={rule}
            disabled={day === ''}
            onChange={(event) => setRule(event.target.value)}
            className={FIELD}
          >
            {REPEATS.some(([, known]) => known === rule) || <option value={rule}>{rule}</option>}
            {REPEATS.map(([name, value]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
          <select
            aria-label="Priority"
            value={priority}
            onChange={(event) => setPriority(PRIORITIES[Number(event.target.value)] ?? 0)}
            className={FIELD}
          >
            <option value={0}>No priority</option>
            <option value={1}>Low</option>
            <option value={2}>Medium</option>
            <option value={3}>High</option>
          </select>
          {task.parentId === null && (
            <select
              aria-label="List"
              value={listId}
              onChange={(event) => setListId(event.target.value)}
              className={FIELD}
            >
              <option value="">Inbox</option>
              {[...lists.values()].toSorted(byPosition).map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </div>
        {labels.size > 0 && (
          <fieldset className="flex flex-wrap gap-2">
            <legend className="sr-only">Labels</legend>
            {[...labels.values()].map(({ id, name }) => (
              <label
                key={id}
                className="flex items-center gap-1.5 rounded-md border border-line px-2 py-1 text-sm has-checked:bg-accent-soft"
              >
                <input
                  type="checkbox"
                  checked={labelIds.includes(id)}
                  onChange={() =>
                    setLabelIds(
                      labelIds.includes(id) ? labelIds.filter((each) => each !== id) : [...labelIds, id],
                    )
                  }
                  className="accent-accent"
                />
                {name}
              </label>
            ))}
          </fieldset>
        )}
        <input
          aria-label="Add a subtask"
          placeholder="Add a subtask"
          value={subtask}
          maxLength={500}
          onChange={(event) => setSubtask(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.metaKey || event.ctrlKey) return
            event.preventDefault()
            addSubtask()
          }}
          className="w-full border-b border-line bg-transparent py-1 text-sm outline-none placeholder:text-muted focus:border-accent"
        />
        <div className="flex items-center gap-2">
          <button
            type="submit"
            className="rounded-md bg-accent px-3 py-1.5 text-sm font-medium text-on-accent"
          >
            Save
          </button>
          <button
            type="button"
            onClick={onClose}
            className="rounded-md px-3 py-1.5 text-sm text-muted hover:bg-sunken"
          >
            Cancel
          </button>
          <button
            type="button"
            onClick={() => {
              onClose()
              remove([task])
            }}
            className="ml-auto rounded-md px-3 py-1.5 text-sm text-danger hover:bg-sunken"
          >
            Delete
          </button>
        </div>
      </form>
    </li>
  )
}

const FIELD = 'rounded-md border border-line bg-ground px-2 py-1 text-sm disabled:opacity-50'
const PRIORITIES = [0, 1, 2, 3] as const
