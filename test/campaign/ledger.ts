/** A write that the journal can show: `change` stands for a change of fields. */
export type Verb = 'create' | 'change' | 'complete' | 'reopen' | 'delete'

/** What the answer to a write says of it; `unexpected` is every answer that no fault explains. */
export type Told = 'acknowledged' | 'unknown' | 'unavailable' | 'unexpected'

export interface TaskState {
  title: string
  notes: string
  isCompleted: boolean
  version: number
}

export interface Write {
  /** The one key under which the journal holds it; absent when there was nothing to change. */
  key: string | undefined
  told: Told
  /** For a report: verb, status and code. */
  answer: string
  tookMs: number
}

/** What a client knows of one task: after its last answer it must be in one of these states, or gone. */
export interface TaskRecord {
  ownerId: string
  id: string
  mayBe: (TaskState | undefined)[]
}

/** What clients were told, kept outside of all that may fail. */
export interface Ledger {
  writes: Write[]
  /** By title, which no two tasks share: the id of one whose creation was not acknowledged is not known. */
  tasks: Map<string, TaskRecord>
  reads: { answer: string; isRight: boolean; tookMs: number }[]
}

export const newLedger = (): Ledger => ({ writes: [], tasks: new Map(), reads: [] })

/** A creation and a change name themselves by a text; others by what the task's version becomes. */
export const keyOf = (verb: Verb, state: TaskState): string => {
  if (verb === 'create') return `create ${state.title}`
  if (verb === 'change') return `change ${state.title} to ${state.notes}`
  return `${verb} ${state.title} at ${state.version}`
}
