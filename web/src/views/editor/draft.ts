import type { Task, TaskPatch } from '../../../../client/src/index.ts'
import { faultIn } from '../../../../src/recurrence/rule.ts'
import { type Day, dueHere, dueOn } from '../../tasks/due.ts'
import type { Priority } from '../../tasks/priority.ts'
import { choiceOf, type RepeatChoice, ruleOf } from '../../tasks/repeat-choice.ts'

/** A task as it is being edited. */
export interface Draft {
  title: string
  notes: string
  /** Empty for none. */
  day: Day
  time: string
  repeat: RepeatChoice
  priority: Priority
  listId: string | null
  labelIds: readonly string[]
}

export const draftOf = (task: Task): Draft => {
  const { day = '', time = '' } = task.due ? dueHere(task.due) : {}
  const { title, notes, priority, listId, labelIds } = task
  return { title, notes, day, time, repeat: choiceOf(task.recurrence), priority, listId, labelIds }
}

/** What was typed into it before, and not taken, in its place. */
export const draftAgain = (task: Task, { recurrence, ...body }: TaskPatch): Draft =>
  draftOf({
    ...task,
    ...(Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Partial<Task>),
    ...(recurrence !== undefined && {
      recurrence: recurrence && { ...recurrence, from: recurrence.from ?? 'schedule' },
    }),
  })

export interface Faults {
  title?: string
  rule?: string
}

/** What the server would not take, field by field. */
export const faultsIn = ({ title, day, repeat }: Draft): Faults => {
  const rule = day === '' ? undefined : ruleOf(repeat, day)
  const fault = rule === undefined ? undefined : faultIn(rule, repeat.from)
  return {
    ...(title.trim() === '' && { title: 'A task needs a title' }),
    ...(fault && { rule: `The rule ${fault}` }),
  }
}

/** What was changed since it was opened, of what can be saved. What has been changed elsewhere meanwhile stays so. */
export const patchOf = (draft: Draft, opened: Task): TaskPatch => {
  const before = draftOf(opened)
  const faults = faultsIn(draft)
  const title = draft.title.trim()
  const isMoved = draft.day !== before.day || draft.time !== before.time
  const due = draft.day === '' ? null : dueOn(draft.day, draft.time, opened.due)
  const repeats = faults.rule === undefined && recurrenceIsOther(draft, opened)
  return {
    ...(faults.title === undefined && title !== opened.title && { title }),
    ...(draft.notes !== opened.notes && { notes: draft.notes }),
    ...(isMoved && { due }),
    ...(repeats && { recurrence: recurrenceOf(draft) }),
    ...(draft.priority !== opened.priority && { priority: draft.priority }),
    ...(draft.listId !== opened.listId && { listId: draft.listId }),
    ...(draft.labelIds.join() !== opened.labelIds.join() && { labelIds: [...draft.labelIds] }),
  }
}

const recurrenceOf = ({ day, repeat }: Draft): { rule: string; from: RepeatChoice['from'] } | null => {
  const rule = day === '' ? undefined : ruleOf(repeat, day)
  return rule === undefined ? null : { rule, from: repeat.from }
}

/** Whether another recurrence has been chosen: one that is only read and written again is none. */
const recurrenceIsOther = (draft: Draft, { recurrence }: Task): boolean => {
  const chosen = recurrenceOf(draft)
  if (!chosen || !recurrence) return chosen !== recurrence
  return chosen.rule !== recurrence.rule || chosen.from !== recurrence.from
}
