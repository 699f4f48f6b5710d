/** What the answer to a write says of it; `unexpected` is every answer that no fault explains. */
export type Told = 'acknowledged' | 'unknown' | 'unavailable' | 'unexpected'

export type Kind = 'task' | 'list' | 'label' | 'completion'

/** Something of somebody's. No two of a kind have one name: the id of one whose creation was not acknowledged is not known. */
export interface Thing {
  kind: Kind
  name: string
  id: string
  /** After its owner's last answer it is in one of these states, or gone. */
  mayBe: (State | undefined)[]
}

export interface State {
  version: number
  /** A task's notes, the colour of a list or label. */
  text: string | null
  isCompleted: boolean
  due: string | null
  list: Thing | undefined
  /** The task that it is part of. */
  parent: Thing | undefined
  /** What it was completed along with. */
  completedWith: Thing | undefined
  label: Thing | undefined
  /** A label in the trash is on no task, until it comes back. */
  isLabelHidden: boolean
  inTrash: boolean
  /** Its place in the order, once an answer has told it. */
  position?: string | undefined
}

/** What a write makes of a thing; `undefined` is gone. */
export type Effect = readonly [Thing, State | undefined]

export interface Write {
  operationId: string
  /** Under these, one for each effect, the journal holds it; none when there was nothing to change. */
  keys: string[]
  told: Told
  /** For a report: operation, status and code. */
  answer: string
  tookMs: number
}

/** What clients were told, kept outside of all that may fail. */
export interface Ledger {
  writes: Write[]
  /** How often each operation was asked for. */
  asked: Map<string, number>
  /** By owner. */
  things: Map<string, Set<Thing>>
  reads: { answer: string; isRight: boolean; tookMs: number }[]
}

export const newLedger = (): Ledger => ({ writes: [], asked: new Map(), things: new Map(), reads: [] })

/** What can be seen of a state, as `seen` in `stage.ts` shows it of a row. */
export const seenOf = (state: State) => [
  state.version,
  state.text,
  state.isCompleted,
  state.due,
  state.list?.name ?? null,
  state.parent?.name ?? null,
  (state.isLabelHidden ? undefined : state.label?.name) ?? null,
  state.inTrash,
]

/** A write names itself by what it makes of a thing: with every change, its version is another one. */
export const keyOf = ({ kind, name }: Pick<Thing, 'kind' | 'name'>, seen: unknown[] | null | undefined) =>
  `${kind} ${name}: ${seen ? JSON.stringify(seen) : 'gone'}`
