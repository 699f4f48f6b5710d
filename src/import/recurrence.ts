import { faultIn } from '../recurrence/rule.ts'
import type { ImportedTask } from './entry.ts'

interface Recurring {
  rule: string
  from: 'schedule' | 'completion'
}

/** The task with that rule, or, if that is none which it can have here, with the rule in its notes and a warning. */
export const withRule = (
  task: ImportedTask,
  { rule, from }: Recurring,
): { task: ImportedTask; warnings: string[] } => {
  const known = rule.toUpperCase()
  if (task.due === null || faultIn(known, from) !== undefined || known.length > MAX_RULE_CHARACTERS) {
    return { task: withNote(task, `RRULE:${rule}`), warnings: [UNFIT] }
  }
  return { task: { ...task, recurrence: { rule: known, from } }, warnings: [] }
}

const MAX_RULE_CHARACTERS = 255
const UNFIT = 'its recurrence is none that a task can have here: it is in the notes'

/** With a further paragraph of the notes. */
export const withNote = <T extends { notes: string }>(task: T, note: string): T => ({
  ...task,
  notes: [task.notes, note].filter((part) => part !== '').join('\n\n'),
})
