import {
  createStore,
  type Edgewise,
  EdgewiseError,
  type Operation,
  type StoreState,
} from '../../../client/src/index.ts'
import { applied } from './operation.ts'
import type { Queued, Storage } from './storage.ts'

/** How it stands between this device and the server. */
export type Contact = 'in step' | 'sending' | 'offline' | 'signed out'

/** What a person sees: the last known state with everything that is still to be sent. */
export interface Picture extends Omit<StoreState, 'since'> {
  /** Writes that the server has not confirmed. */
  unsent: number
  contact: Contact
  /** Whether there has been anything to show: nothing is known on a new device before the first sync. */
  isKnown: boolean
}

/** A write that the server would not make, and that has been taken back. */
export interface Refused {
  operations: readonly Operation[]
  error: EdgewiseError
}

interface Options {
  edgewise: Pick<Edgewise, 'changes' | 'batch'>
  storage: Storage
  /** Tells the person's other tabs that there is something new, and hears of theirs. */
  channel: BroadcastChannel
  /** Runs the task in one tab at a time. */
  alone: (task: () => Promise<void>) => Promise<void>
  onRefused: (refused: Refused) => void
}

export type Replica = Awaited<ReturnType<typeof openReplica>>

const SAVED_AFTER_MS = 1_000
const RETRY_AFTER_MS = [1_000, 5_000, 15_000, 60_000]
const EVERY_MS = 30_000

/**
 * A person's things on this device. Writes show at once, are kept until the server has made them, and go there in their order,
 * each once, from one tab at a time; one that the server refuses is taken back.
 */
export const openReplica = async ({ edgewise, storage, channel, alone, onRefused }: Options) => {
  const store = createStore(edgewise, await storage.readState())
  let queue: Queued[] = await storage.queue()
  let contact: Contact = 'in step'
  let picture = drawn()
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let saving: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()

  function drawn(): Picture {
    let state = store.state
    for (const { operations, madeAt } of queue)
      for (const operation of operations) state = applied(state, operation, { now: madeAt })
    const { since, ...things } = state
    return { ...things, unsent: queue.length, contact, isKnown: since !== undefined }
  }

  const redraw = () => {
    picture = drawn()
    for (const listener of listeners) listener()
  }

  const save = () => {
    clearTimeout(saving)
    saving = setTimeout(() => storage.writeState(store.state).catch(() => {}), SAVED_AFTER_MS)
  }

  const readQueue = async () => {
    queue = await storage.queue()
    redraw()
  }

  /** Sends what is queued, in its order; what was sent shows as it was until the changes have come from the server. */
  const send = () =>
    alone(async () => {
      for (let waiting = await storage.queue(); waiting.length > 0; waiting = await storage.queue()) {
        const sent: number[] = []
        try {
          for (const pending of waiting) {
            await sendOne(pending)
            sent.push(pending.order)
          }
        } finally {
          if (sent.length > 0) {
            await store.refresh()
            await storage.remove(sent)
            channel.postMessage('sent')
            await readQueue()
          }
        }
      }
    })

  const sendOne = async ({ key, operations }: Queued) => {
    try {
      await edgewise.batch(operations, { idempotencyKey: key })
    } catch (error) {
      if (!isRefusal(error)) throw error
      onRefused({ operations, error })
    }
  }

  /** Sends and fetches; when that fails, again later. */
  const keepUp = async (): Promise<void> => {
    clearTimeout(timer)
    if (contact === 'signed out') return
    become(queue.length > 0 ? 'sending' : contact)
    try {
      await send()
      await store.refresh()
      failures = 0
      become('in step')
    } catch (error) {
      const isOver = error instanceof EdgewiseError && error.code === 'signed_out'
      failures += 1
      become(isOver ? 'signed out' : 'offline')
    }
    const wait = failures === 0 ? EVERY_MS : RETRY_AFTER_MS[Math.min(failures, RETRY_AFTER_MS.length) - 1]
    clearTimeout(timer)
    timer = setTimeout(keepUp, wait)
  }

  const become = (next: Contact) => {
    if (next === contact) return
    contact = next
    redraw()
  }

  store.subscribe(() => {
    redraw()
    save()
  })
  channel.onmessage = async ({ data }: MessageEvent<unknown>) => {
    if (data === 'sent') await store.refresh().catch(() => {})
    await readQueue()
  }

  return {
    get picture() {
      return picture
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    /** Makes the operations, all or none: here at once, and on the server as soon as it can be reached. */
    make: async (...operations: Operation[]): Promise<void> => {
      const pending = { key: crypto.randomUUID(), operations, madeAt: new Date().toISOString() }
      // It shows before it is written down: that takes a moment, and fails only where nothing can be kept.
      queue = [...queue, { ...pending, order: Number.MAX_SAFE_INTEGER }]
      redraw()
      await storage.add(pending)
      await readQueue()
      channel.postMessage('queued')
      void keepUp()
    },
    /** At once, for whoever comes back to the page or to the network. */
    keepUp,
    close: async () => {
      clearTimeout(timer)
      clearTimeout(saving)
      channel.close()
      await storage.close()
    },
  }
}

/** Whether the server has said no to the write itself: it would say so again. */
const isRefusal = (error: unknown): error is EdgewiseError =>
  error instanceof EdgewiseError &&
  error.status >= 400 &&
  error.status < 500 &&
  error.code !== 'signed_out' &&
  error.status !== 408 &&
  error.status !== 429
