import type { StoreState } from '../../../client/src/index.ts'
import type { Pending, Queued, Storage } from './outbox.ts'

/** Keeps things as long as the page is open: for a browser that keeps nothing. Begun with what was still to be sent. */
export const memoryStorage = (before: readonly Queued[] = []): Storage => {
  const outbox = new Map<number, Pending>(before.map(({ order, ...pending }) => [order, pending]))
  let order = Math.max(0, ...outbox.keys())
  let kept: StoreState | undefined
  const add = (pending: readonly Pending[]) => {
    for (const each of pending) {
      order += 1
      outbox.set(order, each)
    }
  }
  return {
    isKept: false,
    readState: async () => kept,
    writeState: async (state, had) => {
      kept = state
      for (const each of had) outbox.delete(each)
    },
    queue: async () => [...outbox].map(([each, pending]) => ({ ...pending, order: each })),
    add: async (pending) => add(pending),
    put: async ({ order: each, ...pending }, split = []) => {
      if (!outbox.has(each)) return
      outbox.set(each, pending)
      add(split)
    },
    remove: async (each) => {
      outbox.delete(each)
    },
    close: async () => {},
  }
}
