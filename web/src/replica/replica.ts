import { createStore, type Edgewise, EdgewiseError, type StoreState } from '../../../client/src/index.ts'
import { drawing, type Operation } from './operation.ts'
import { inWrites, type Queued, type Storage } from './outbox.ts'
import { openQueue } from './queue.ts'
import { isCreation } from './refusal.ts'
import { runner } from './runner.ts'
import { type Refused, sender } from './sender.ts'

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

  const queue = await openQueue(storage, () => redraw())
  let contact: Contact = 'in step'
  const draw = drawing()
  let picture = drawn()
  const listeners = new Set<() => void>()

  function drawn(): Picture {
    const { shown, setAside, unsent } = queue.look()
    const { since, ...things } = draw(store.state, shown)
    return { ...things, unsent, setAside, contact, isKnown, isKept: storage.isKept }
  }

  const redraw = () => {
    const next = drawn()
    if (over.signal.aborted || isSame(next, picture)) return
    picture = next
    for (const listener of listeners) listener()
  }

  const sendAll = sender({
    waiting: queue.waiting,
    carryOut: async ({ operations, key }) => {
      const options = { idempotencyKey: key, signal: inTime() }
      const [first] = operations
      isAnySent = true
      if (first?.operation === 'restore') await edgewise.trash.restore(first.id, options)
      else await edgewise.batch(operations.filter(isOfBatch), options)
    },
    keep: queue.keep,
    drop: queue.drop,
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
    const settle = queue.beforeFetch()
    await store.refresh()
    isKnown = true
    settle(store.state)
  }

  /** Never an older state than another tab has kept: it was fetched since then, in this tab's turn. */
  const save = async () => {
    const { state } = store
    const past = queue.past()
    if (past.length === 0 && isSame(state, saved)) return
    await storage.writeState(state, past)
    saved = state
    await queue.read()
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
    await queue.read()
    if (message === 'sent' && isWatched()) await keepUp()
  }
  channel.hear((message) => void heard(message))
  // Page by page the first time; later all at once, so that nothing shows twice or not at all in between.
  store.subscribe(() => {
    if (!isKnown) redraw()
  })

  const tellQueued = async () => {
    await queue.read()
    post('queued')
    void keepUp()
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
      await queue.add(pending)
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

const contactAfter = (error: unknown): Contact => {
  if (!(error instanceof EdgewiseError)) return 'offline'
  if (error.code === 'signed_out') return 'signed out'
  return error.status === 0 || error.code === 'unexpected_answer' ? 'offline' : 'failing'
}
