import type { StoreState } from '../../../client/src/index.ts'
import { isSameWrites } from './operation.ts'
import type { Pending, Queued, Storage } from './outbox.ts'
import { isThereBy } from './set-aside.ts'

/** A person's writes as one tab knows them: those that the device keeps, and those that are about to be. Tells of every change. */
export const openQueue = async (storage: Storage, onChange: () => void) => {
  /** As they are kept, those that are made too until the kept state has them. */
  let kept = await storage.queue()
  /** Made by another tab: shown until the changes have come from the server. */
  let leaving: Queued[] = []
  /** Shown before they are written down: that takes a moment. */
  let unwritten: Pending[] = []
  /** Orders of those that show no more: the state has them, or they were refused. */
  const past = new Set<number>()
  let setAside: readonly Queued[] = []

  let reads = 0
  let lastRead = 0
  /** Learns what other tabs have done. */
  const read = async () => {
    reads += 1
    const thisRead = reads
    const stored = await storage.queue()
    if (thisRead < lastRead) return
    lastRead = thisRead
    const fresh = withKnown(stored, [...kept, ...unwritten])
    const orders = new Set(fresh.map(({ order }) => order))
    const gone = kept.filter(({ order, setAside }) => !orders.has(order) && !past.has(order) && !setAside)
    leaving = [...leaving, ...gone]
    for (const order of past) if (!orders.has(order)) past.delete(order)
    const keys = new Set(fresh.map(({ key }) => key))
    unwritten = unwritten.filter(({ key }) => !keys.has(key))
    kept = fresh
    onChange()
  }

  let adding = Promise.resolve()
  return {
    read,
    /** What shows, in the order in which it was made, what does not, and how many writes the server has not confirmed. */
    look: (): { shown: Pending[]; setAside: readonly Queued[]; unsent: number } => {
      const there = kept.filter(({ order }) => !past.has(order))
      const coming = there.filter((each) => !each.setAside)
      const aside = there.filter((each) => each.setAside)
      if (!isSameWrites(aside, setAside)) setAside = aside
      const unsent = coming.filter(({ isMade }) => !isMade).length + unwritten.length
      return { shown: [...leaving, ...coming, ...unwritten], setAside, unsent }
    },
    /** What is to be sent, other tabs' writes too. */
    waiting: async (): Promise<Queued[]> => {
      await read()
      return kept.filter(({ isMade, setAside, order }) => !isMade && !setAside && !past.has(order))
    },
    /** Shows the writes at once; it is fulfilled when they are written down. */
    add: async (pending: readonly Pending[]): Promise<void> => {
      unwritten = [...unwritten, ...pending]
      onChange()
      // It fails only when all of it has been closed meanwhile.
      adding = adding.then(() => storage.add(pending)).catch(() => {})
      await adding
    },
    /** Keeps it as it is now, and what was split off. */
    keep: async (queued: Queued, split: readonly Pending[] = []): Promise<void> => {
      await storage.put(queued, split)
      kept = kept.map((each) => (each.order === queued.order ? queued : each))
      if (split.length > 0) await read()
      onChange()
    },
    drop: async ({ order }: Queued): Promise<void> => {
      past.add(order)
      await storage.remove(order)
      onChange()
    },
    /** To be called before a fetch; yields what is to be told the state after it, which has all that was made by now. */
    beforeFetch: () => {
      const made = kept.filter(({ isMade }) => isMade)
      const left = new Set(leaving)
      return (state: StoreState) => {
        const come = kept.filter((each) => each.setAside && isThereBy(state, each))
        for (const { order } of [...made, ...come]) past.add(order)
        leaving = leaving.filter((each) => !left.has(each))
        onChange()
      }
    },
    /** The orders of what can be forgotten once the state of the last fetch is kept. */
    past: (): number[] => [...past],
  }
}

/** What was read anew, with the operations that are known already as they are: nothing is drawn again for them. */
const withKnown = (stored: readonly Queued[], known: readonly Pending[]): Queued[] => {
  const byKey = new Map(known.map(({ key, operations }) => [key, operations]))
  return stored.map((queued) => {
    const operations = byKey.get(queued.key)
    const isAlike = JSON.stringify(operations) === JSON.stringify(queued.operations)
    return operations && isAlike ? { ...queued, operations } : queued
  })
}
