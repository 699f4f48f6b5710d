import { openIndexedDb } from './indexed-db.ts'
import { memoryStorage } from './memory-storage.ts'
import type { Queued, Storage } from './outbox.ts'

export { forgetStorageOf } from './indexed-db.ts'

/**
 * What this device keeps of a person's things, and memory where it keeps nothing: in some private windows, when the disk is full,
 * or when the person has been signed out elsewhere meanwhile.
 */
export const storageOf = (userId: string): Storage => {
  let isForgotten = false
  const open = () => {
    if (isForgotten) throw new Error('the storage has been deleted')
    return openIndexedDb(userId, () => {
      isForgotten = true
    })
  }
  return orMemory(open)
}

/** An opening that takes longer has got stuck, as it does behind a tab that will not let go. */
const OPENED_WITHIN_MS = 5_000

/** A storage that is opened again when it fails, and is one in memory when that is of no use. */
export const orMemory = (open: () => Promise<Storage>): Storage => {
  let isKept = true
  let opened: Promise<Storage> | undefined
  let known: readonly Queued[] = []

  const inMemory = async (): Promise<Storage> => {
    isKept = false
    return memoryStorage(known)
  }
  const current = (): Promise<Storage> => {
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
    put: (queued) => using((storage) => storage.put(queued)),
    remove: (order) => using((storage) => storage.remove(order)),
    close: async () => (await current()).close(),
  }
}

const inTime = (open: () => Promise<Storage>): Promise<Storage> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the storage does not open')), OPENED_WITHIN_MS)
    // One that opens after all is of no use any more.
    const opened = (async () => open())()
    opened.then(resolve, reject).finally(() => clearTimeout(timer))
  })
