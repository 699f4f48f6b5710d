import { createStore, type Edgewise, EdgewiseError, type StoreState } from '../../../client/src/index.ts'
import { drawing, isSameWrites, type Operation } from './operation.ts'
import { inWrites, type Pending, type Queued, type Storage } from './outbox.ts'
import { isCreation } from './refusal.ts'
import { runner } from './runner.ts'
import { sender } from './sender.ts'
import { isThereBy } from './set-aside.ts'

/** How it stands between this device and the server; `failing` if that is there but does not do what it is asked. */
export type Contact = 'in step' | 'sending' | 'offline' | 'failing' | 'signed out'

/** What a person sees: the last known state with everything that is still to be sent. */
export interface Picture extends Omit<StoreState, 'since'> {
  /** Writes that the server has not confirmed. */
  unsent: number
  /** What was typed and not taken, or fails for good: shown with its reason, until it is tried again or discarded. */
  setAside: readonly Queued[]
  contact: Contact
  /** Whether there has been anything to show: nothing is known on a new device before the first sync. */
  isKnown: boolean
  /** Whether what is unsent is there after the page is closed. */
  isKept: boolean
}

/** What the server would not do, and has been taken back. */
export interface Refused {
  operations: readonly Operation[]
  /** The one field that was left out, where all else was done. */
  without?: string
  reason: string
}

export type Message = 'queued' | 'sent' | { refused: Refused }

/** The way from each of a person's tabs to the others. */
export interface Channel {
  post: (message: Message) => void
  hear: (listener: (message: Message) => void) => void
  close: () => void
}

interface Options {
  edgewise: Pick<Edgewise, 'changes' | 'batch'> & { trash: Pick<Edgewise['trash'], 'restore'> }
  storage: Storage
  /** Tells the person's other tabs that there is something new, and hears of theirs. */
  channel: Channel
  /** Runs the task in one tab at a time. */
  alone: (task: () => Promise<void>) => Promise<void>
  onRefused: (refused: Refused) => void
  /** Whether there is any network; it is taken to be there unless that is known. */
  isOnline?: () => boolean
  /** Whether somebody looks at this tab: others are kept in step when somebody does. */
  isWatched?: () => boolean
  /** Milliseconds since 1970. */
  now?: () => number
}

export type Replica = Awaited<ReturnType<typeof openReplica>>

/** A request that is not answered by then will not be, and others wait. */
const ANSWERED_WITHIN_MS = 60_000

/**
 * A person's things on this device. Writes show at once, are kept until the server has made them, and go there in their order,
 * each once, from one tab at a time; what the server refuses is taken back.
 */
export const openReplica = async ({
  edgewise,
  storage,
  channel,
  alone,
  onRefused,
  isOnline = () => true,
  isWatched = () => true,
  now = Date.now,
}: Options) => {
  const over = new AbortController()
  const inTime = () => AbortSignal.any([over.signal, AbortSignal.timeout(ANSWERED_WITHIN_MS)])
  const kept = await storage.readState()
  const changes: Options['edgewise']['changes'] = async (query) => {
    // What is made during a long fetch, that of a new device above all, does not wait for its end.
    if (picture.unsent > 0 && !failure) await send()
    return edgewise.changes(query, { signal: inTime() })
  }
  const store = createStore({ changes }, kept)
  let saved = store.state
  let isKnown = kept !== undefined

  /** As they are kept, those that are made too until the kept state has them. */
  let queue: Queued[] = await storage.queue()
  /** Made by another tab: shown until the changes have come from the server. */
  let leaving: Queued[] = []
  /** Shown before they are written down: that takes a moment. */
  let unwritten: Pending[] = []
  /** Orders of those that show no more: the state has them, or they were refused. */
  const past = new Set<number>()
  let contact: Contact = 'in step'
  let setAside: readonly Queued[] = []
  const draw = drawing()
  let picture = drawn()
  const listeners = new Set<() => void>()

  function drawn(): Picture {
    const there = queue.filter(({ order }) => !past.has(order))
    const coming = there.filter((each) => !each.setAside)
    const aside = there.filter((each) => each.setAside)
    if (!isSameWrites(aside, setAside)) setAside = aside
    const { since, ...things } = draw(store.state, [...leaving, ...coming, ...unwritten])
    const unsent = coming.filter(({ isMade }) => !isMade).length + unwritten.length
    return { ...things, unsent, setAside, contact, isKnown, isKept: storage.isKept }
  }

  const redraw = () => {
    const next = drawn()
    if (over.signal.aborted || isSame(next, picture)) return
    picture = next
    for (const listener of listeners) listener()
  }

  let reads = 0
  let lastRead = 0
  const readQueue = async () => {
    reads += 1
    const read = reads
    const stored = await storage.queue()
    if (read < lastRead) return
    lastRead = read
    const fresh = withKnown(stored, [...queue, ...unwritten])
    const orders = new Set(fresh.map(({ order }) => order))
    const gone = queue.filter(({ order, setAside }) => !orders.has(order) && !past.has(order) && !setAside)
    leaving = [...leaving, ...gone]
    for (const order of past) if (!orders.has(order)) past.delete(order)
    const keys = new Set(fresh.map(({ key }) => key))
    unwritten = unwritten.filter(({ key }) => !keys.has(key))
    queue = fresh
    redraw()
  }

  const keep = async (queued: Queued, split?: readonly Pending[]) => {
    await storage.put(queued, split)
    queue = queue.map((each) => (each.order === queued.order ? queued : each))
    if (split && split.length > 0) await readQueue()
    redraw()
  }

  const sendAll = sender({
    waiting: async () => {
      await readQueue()
      return queue.filter(({ isMade, setAside, order }) => !isMade && !setAside && !past.has(order))
    },
    carryOut: async ({ operations, key }) => {
      const options = { idempotencyKey: key, signal: inTime() }
      const [first] = operations
      isAnySent = true
      if (first?.operation === 'restore') await edgewise.trash.restore(first.id, options)
      else await edgewise.batch(operations.filter(isOfBatch), options)
    },
    keep,
    drop: async ({ order }) => {
      past.add(order)
      await storage.remove(order)
      redraw()
    },
    stateNow: () => store.state,
    onMade: () => become('sending'),
    onRefused: (refused) => {
      onRefused(refused)
      post({ refused })
    },
    now,
  })

  let isAnySent = false
  /** What the server fails to make at present. */
  let failure: EdgewiseError | undefined
  const send = async () => {
    isAnySent = false
    try {
      failure = await sendAll()
    } finally {
      if (isAnySent) post('sent')
    }
    if (failure) become('failing')
  }

  /** Fetches what is new. What was made before it began is in the state when it ends, and so shows by itself. */
  const refresh = async () => {
    const made = queue.filter(({ isMade }) => isMade)
    const left = new Set(leaving)
    await store.refresh()
    isKnown = true
    const come = queue.filter((each) => each.setAside && isThereBy(store.state, each))
    for (const { order } of [...made, ...come]) past.add(order)
    leaving = leaving.filter((each) => !left.has(each))
    redraw()
  }

  /** Never an older state than another tab has kept: it was fetched since then, in this tab's turn. */
  const save = async () => {
    const { state } = store
    if (past.size === 0 && isSame(state, saved)) return
    await storage.writeState(state, [...past])
    saved = state
    await readQueue()
  }

  const become = (next: Contact) => {
    if (next === contact) return
    contact = next
    redraw()
  }

  const { run: keepUp, stop } = runner({
    run: async () => {
      if (!isOnline()) throw new EdgewiseError('network_error', 'There is no network')
      // Otherwise it is as it was until there is an answer.
      if (picture.unsent > 0 && contact === 'in step') become('sending')
      await alone(async () => {
        await send()
        await refresh()
        await save()
      })
      if (failure) throw failure
      become('in step')
    },
    onFailure: (error) => {
      if (!over.signal.aborted) become(contactAfter(error))
    },
    isNeeded: () => isWatched() || picture.unsent > 0,
  })

  const post = (message: Message) => {
    if (!over.signal.aborted) channel.post(message)
  }
  const heard = async (message: Message) => {
    if (typeof message === 'object') return onRefused(message.refused)
    await readQueue()
    if (message === 'sent' && isWatched()) await keepUp()
  }
  channel.hear((message) => void heard(message))
  // Page by page the first time; later all at once, so that nothing shows twice or not at all in between.
  store.subscribe(() => {
    if (!isKnown) redraw()
  })

  const tellQueued = async () => {
    await readQueue()
    post('queued')
    void keepUp()
  }

  let adding = Promise.resolve()
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
    /**
     * Makes the operations: here at once, and on the server as soon as it can be reached; there up to a hundred together are
     * made or refused as one. It is fulfilled when they are written down.
     */
    make: async (...operations: Operation[]): Promise<void> => {
      const madeAt = new Date().toISOString()
      const pending = inWrites(operations.map(withId)).map((each) => ({
        key: crypto.randomUUID(),
        operations: each,
        madeAt,
      }))
      unwritten = [...unwritten, ...pending]
      redraw()
      // It fails only when all of it has been closed meanwhile.
      adding = adding.then(() => storage.add(pending)).catch(() => {})
      await adding
      await tellQueued()
    },
    /** Sends what was set aside after all, as it was or with other operations. */
    tryAgain: async (
      { setAside: _, failing: __, ...queued }: Queued,
      operations: readonly Operation[] = queued.operations,
    ): Promise<void> => {
      await storage.put({ ...queued, operations })
      await tellQueued()
    },
    discard: async ({ order }: Queued): Promise<void> => {
      await storage.remove(order)
      await tellQueued()
    },
    /** Takes back a `discard`. */
    keepAside: async ({ order: _, ...pending }: Queued): Promise<void> => {
      await storage.add([pending])
      await tellQueued()
    },
    /** Nothing has been heard from the server, though it may be asked again for a while yet. */
    unreachable: () => become('offline'),
    /** At once, for whoever comes back to the page or to the network. */
    keepUp,
    close: async () => {
      over.abort()
      stop()
      channel.close()
      await storage.close()
    },
  }
}

/** What is created has an id from the start: so it can be named, and is made once whatever becomes of its key. */
const withId = (operation: Operation): Operation =>
  isCreation(operation)
    ? ({ ...operation, body: { id: crypto.randomUUID(), ...operation.body } } as Operation)
    : operation

const isOfBatch = (operation: Operation) => operation.operation !== 'restore'

const isSame = <T extends object>(one: T, other: T): boolean =>
  Object.entries(one).every(([name, value]) => Reflect.get(other, name) === value)

/** What was read anew, with the operations that are known already as they are: nothing is drawn again for them. */
const withKnown = (stored: readonly Queued[], known: readonly Pending[]): Queued[] => {
  const byKey = new Map(known.map(({ key, operations }) => [key, operations]))
  return stored.map((queued) => {
    const operations = byKey.get(queued.key)
    const isAlike = JSON.stringify(operations) === JSON.stringify(queued.operations)
    return operations && isAlike ? { ...queued, operations } : queued
  })
}

const contactAfter = (error: unknown): Contact => {
  if (!(error instanceof EdgewiseError)) return 'offline'
  if (error.code === 'signed_out') return 'signed out'
  return error.status === 0 || error.code === 'unexpected_answer' ? 'offline' : 'failing'
}
