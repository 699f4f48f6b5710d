import { EdgewiseError } from './error.ts'
import type { Change, Changes, Completion, Label, List, Task } from './types.ts'

interface Things {
  task: Task
  list: List
  label: Label
  completion: Completion
}
type Kind = keyof Things
type Item = Things[Kind]

/** What a store holds, as it was when it was asked: each change makes a new one. */
export interface StoreState {
  /** By id; what is in the trash is left out. */
  tasks: ReadonlyMap<string, Task>
  lists: ReadonlyMap<string, List>
  labels: ReadonlyMap<string, Label>
  completions: ReadonlyMap<string, Completion>
  /** Where to go on; `undefined` before the first time. */
  since: string | undefined
}

export interface Store {
  readonly state: StoreState
  /** Calls the listener after each change; yields how to end that. */
  subscribe(listener: () => void): () => void
  /** Fetches what has changed since the last time. Two at once are one. */
  refresh(options?: { signal?: AbortSignal }): Promise<void>
  /** Refreshes now and then, until the signal says stop; whatever fails is tried again the next time, and told. */
  keepInStep(options: { everyMs?: number; signal: AbortSignal; onError?: (error: unknown) => void }): void
  /** Takes in what a call of one's own has just answered, unless something newer is there. */
  put<K extends Kind>(kind: K, item: Things[K]): void
  /** Takes out what a call of one's own has just deleted. */
  drop(kind: Kind, id: string): void
}

interface Source {
  changes(query: { since?: string }, options?: { signal?: AbortSignal }): Promise<Changes>
}

const EMPTY: StoreState = {
  tasks: new Map(),
  lists: new Map(),
  labels: new Map(),
  completions: new Map(),
  since: undefined,
}

const PLACES = { task: 'tasks', list: 'lists', label: 'labels', completion: 'completions' } as const

const EVERY_MS = 30_000

/** A copy of all the user's things, kept in step through sync; begun with what an earlier one held, if that was kept. */
export const createStore = (source: Source, before: StoreState = EMPTY): Store => {
  let state = before
  let refreshing: Promise<void> | undefined
  const listeners = new Set<() => void>()

  const become = (next: StoreState) => {
    state = next
    for (const listener of listeners) listener()
  }

  const refresh = async (signal: AbortSignal | undefined): Promise<void> => {
    let anew: StoreState | undefined
    for (let more = true; more; ) {
      const { since } = anew ?? state
      try {
        const step = await source.changes(since === undefined ? {} : { since }, signal && { signal })
        const next = { ...withChanges(anew ?? state, step.changes), since: step.next }
        more = step.more
        // What is asked for anew takes the place of what is there when it is whole.
        if (anew && more) anew = next
        else become(next)
      } catch (error) {
        if (!isLost(error) || since === undefined) throw error
        anew = EMPTY
      }
    }
  }

  return {
    get state() {
      return state
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    refresh: ({ signal } = {}) => {
      refreshing ??= refresh(signal).finally(() => {
        refreshing = undefined
      })
      return refreshing
    },
    keepInStep({ everyMs = EVERY_MS, signal, onError = () => {} }) {
      const again = () => this.refresh().catch(onError)
      const timer = setInterval(again, everyMs)
      signal.addEventListener('abort', () => clearInterval(timer), { once: true })
      again()
    },
    put: (kind, item) => {
      const there = state[PLACES[kind]].get(item.id)
      if (there && isNewer(there, item)) return
      become(withChanges(state, [{ type: kind, id: item.id, item, deletedAt: null } as Change]))
    },
    drop: (kind, id) =>
      become(withChanges(state, [{ type: kind, id, item: null, deletedAt: null } as Change])),
  }
}

/** Whether the place to go on from is no more: it was too long ago, or is told in another form now. */
const isLost = (error: unknown): boolean =>
  error instanceof EdgewiseError && (error.code === 'sync_expired' || error.code === 'invalid_cursor')

const withChanges = (state: StoreState, changes: readonly Change[]): StoreState => {
  const next = { ...state }
  const copied = new Set<Kind>()
  for (const { type, id, item, deletedAt } of changes) {
    const place = PLACES[type]
    if (!copied.has(type)) Object.assign(next, { [place]: new Map<string, Item>(next[place]) })
    copied.add(type)
    const things = next[place] as Map<string, Item>
    if (item === null || deletedAt !== null) things.delete(id)
    else if (!isNewer(things.get(id), item)) things.set(id, item)
  }
  return next
}

/** Whether that is of a later version than this. */
const isNewer = (that: Item | undefined, than: Item): boolean =>
  that !== undefined && 'version' in that && 'version' in than && that.version > than.version
