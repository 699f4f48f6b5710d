import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb'
import type { Operation, StoreState } from '../../../client/src/index.ts'

/** A write that the person has made: kept until the server has made it, too. */
export interface Pending {
  /** Its `Idempotency-Key`. */
  key: string
  operations: Operation[]
  madeAt: string
}

/** With the place in the order in which they were made. */
export type Queued = Pending & { order: number }

interface Schema extends DBSchema {
  state: { key: 'state'; value: StoreState }
  outbox: { key: number; value: Pending }
}

const nameFor = (userId: string): string => `edgewise-${userId}`

/** What one person's tabs keep on this device: the last known state, and what is still to be sent. */
export const storageOf = (userId: string) => {
  const opened: Promise<IDBPDatabase<Schema>> = openDB<Schema>(nameFor(userId), 1, {
    upgrade: (database) => {
      database.createObjectStore('state')
      database.createObjectStore('outbox', { autoIncrement: true })
    },
    // Another tab signs the person out: it must not wait for this one.
    blocking: (_current, _blocked, event) => {
      const database = event.target
      if (database instanceof IDBDatabase) database.close()
    },
  })

  return {
    readState: async (): Promise<StoreState | undefined> => (await opened).get('state', 'state'),
    writeState: async (state: StoreState): Promise<void> => {
      await (await opened).put('state', state, 'state')
    },
    queue: async (): Promise<Queued[]> => {
      const transaction = (await opened).transaction('outbox')
      const [keys, values] = await Promise.all([transaction.store.getAllKeys(), transaction.store.getAll()])
      return values.flatMap((value, index) => {
        const order = keys[index]
        return order === undefined ? [] : [{ ...value, order }]
      })
    },
    add: async (pending: Pending): Promise<void> => {
      await (await opened).add('outbox', pending)
    },
    remove: async (orders: readonly number[]): Promise<void> => {
      const transaction = (await opened).transaction('outbox', 'readwrite')
      await Promise.all([...orders.map((order) => transaction.store.delete(order)), transaction.done])
    },
    close: async (): Promise<void> => (await opened).close(),
  }
}

export type Storage = ReturnType<typeof storageOf>

/** Leaves nothing of the person's on this device. */
export const forgetStorageOf = (userId: string): Promise<void> => deleteDB(nameFor(userId))
