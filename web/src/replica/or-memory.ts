import { memoryStorage } from './memory-storage.ts'
import type { Queued, Storage } from './outbox.ts'

/** An opening that takes longer has got stuck, as it does behind a tab that will not let go. */
const OPENED_WITHIN_MS = 5_000

/** A storage that is opened again when it fails, and is one in memory when that is of no use. */
export const orMemory = (open: () => Promise<Storage>): Storage => {
  let isKept = true
  let opened: Promise<Storage> | undefined
  let isClosed = false
  let known: readonly Queued[] = []

  const inMemory = async (): Promise<Storage> => {
    isKept = false
    return memoryStorage(known)
  }
  const current = (): Promise<Storage> => {
    // Not opened again: what is in it may have been deleted for good by now.
    if (isClosed) return Promise.reject(new Error('the storage is closed'))
    opened ??= inTime(open).catch(inMemory)
    return opened
  }
  const giveUp = (failed: Promise<Storage>) => {
    // Whoever failed along with this one may have opened another one already.
    if (opened === failed) opened = undefined
    failed.then((storage) => storage.close()).catch(() => {})
  }
  /** What fails in one is tried in the next: the same opened anew, then memory, which does not fail. */
  const using = async <T>(act: (storage: Storage) => Promise<T>): Promise<T> => {
    const first = current()
    try {
      return await act(await first)
    } catch {
      giveUp(first)
    }
    const second = current()
    try {
      return await act(await second)
    } catch {
      giveUp(second)
      opened ??= inMemory()
    }
    return act(await current())
  }

  return {
    get isKept() {
      return isKept
    },
    readState: () => using((storage) => storage.readState()),
    writeState: (state, had) => using((storage) => storage.writeState(state, had)),
    queue: async () => {
      known = await using((storage) => storage.queue())
      return [...known]
    },
    add: (pending) => using((storage) => storage.add(pending)),
    put: (queued, split) => using((storage) => storage.put(queued, split)),
    remove: (order) => using((storage) => storage.remove(order)),
    close: async () => {
      const last = opened
      isClosed = true
      await (await last)?.close()
    },
  }
}

const inTime = (open: () => Promise<Storage>): Promise<Storage> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the storage does not open')), OPENED_WITHIN_MS)
    // One that opens after all is of no use any more.
    const opened = (async () => open())()
    opened.then(resolve, reject).finally(() => clearTimeout(timer))
  })
