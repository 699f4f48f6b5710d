import type { StoreState } from '../../../client/src/index.ts'
import type { Operation } from './operation.ts'

/** A write that the person has made: kept until the server has made it, too. */
export interface Pending {
  /** Its `Idempotency-Key`. */
  key: string
  operations: readonly Operation[]
  madeAt: string
  /** The server has made it; it is kept until the state that is kept has it, too. */
  isMade?: boolean
  /** The server answers, and fails to make just this: since when (RFC 3339), and how often it was tried. */
  failing?: { since: string; times: number }
  /** It is not sent, and does not show among the things, until the person has looked at it. */
  setAside?: {
    /** What it was to do, by the names that things had then. */
    title: string
    reason: string
  }
}

/** With the place in the order in which they were made. */
export type Queued = Pending & { order: number }

/** What a device keeps of one person's things, for all tabs: the last known state, and what is still to be sent. */
export interface Storage {
  /** Whether it is there after the page is closed. */
  readonly isKept: boolean
  readState: () => Promise<StoreState | undefined>
  /** Keeps a state and, in one step with it, forgets the writes that it has. */
  writeState: (state: StoreState, had: readonly number[]) => Promise<void>
  queue: () => Promise<Queued[]>
  /** All of them or none. */
  add: (pending: readonly Pending[]) => Promise<void>
  /** In one step with it, adds what was split off. Nothing happens if it is there no more. */
  put: (queued: Queued, split?: readonly Pending[]) => Promise<void>
  remove: (order: number) => Promise<void>
  close: () => Promise<void>
}

/** What `POST /v1/batch` takes; of its 64 KiB, some are left for what is around the operations. */
const MAX_OPERATIONS = 100
const MAX_OPERATIONS_BYTES = 63 * 1024

/**
 * The operations in their order, in as few writes as the server takes them in; each is made as a whole or not at all. What is taken
 * back is a write by itself.
 */
export const inWrites = (operations: readonly Operation[]): Operation[][] => {
  const writes: Operation[][] = []
  let bytes = 0
  let isFull = true
  for (const operation of operations) {
    const size = new TextEncoder().encode(JSON.stringify(operation)).length + 1
    const last = writes.at(-1)
    const isAlone = operation.operation === 'restore'
    if (last && !isFull && !isAlone && last.length < MAX_OPERATIONS && bytes + size <= MAX_OPERATIONS_BYTES) {
      last.push(operation)
      bytes += size
    } else {
      writes.push([operation])
      bytes = size
      isFull = isAlone
    }
  }
  return writes
}
