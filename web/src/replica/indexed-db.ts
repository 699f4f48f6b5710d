import { type DBSchema, deleteDB, openDB } from 'idb'
import type { StoreState } from '../../../client/src/index.ts'
import type { Pending, Storage } from './outbox.ts'

interface Schema extends DBSchema {
  state: { key: 'state'; value: StoreState }
  outbox: { key: number; value: Pending }
}

/** Raised when what is kept gets another shape: the state is then asked for anew, and the outbox stays. */
const VERSION = 1

const nameFor = (userId: string): string => `edgewise-${userId}`

/** Opens what this device keeps; `onForgotten` is called when another tab deletes it. */
export const openIndexedDb = async (userId: string, onForgotten: () => void): Promise<Storage> => {
  const database = await openDB<Schema>(nameFor(userId), VERSION, {
    upgrade: (opened, before) => {
      if (before > 0) opened.deleteObjectStore('state')
      opened.createObjectStore('state')
      if (before === 0) opened.createObjectStore('outbox', { autoIncrement: true })
    },
    // Another tab signs the person out, or has a newer version of the app: it must not wait for this one.
    blocking: (_current, next, event) => {
      if (next === null) onForgotten()
      if (event.target instanceof IDBDatabase) event.target.close()
    },
  })

  return {
    isKept: true,
    readState: () => database.get('state', 'state'),
    writeState: async (state, had) => {
      const transaction = database.transaction(['state', 'outbox'], 'readwrite')
      const outbox = transaction.objectStore('outbox')
      await Promise.all([
        transaction.objectStore('state').put(state, 'state'),
        ...had.map((order) => outbox.delete(order)),
        transaction.done,
      ])
    },
    queue: async () => {
      const { store } = database.transaction('outbox')
      const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()])
      return values.flatMap((value, index) => {
        const order = keys[index]
        return order === undefined ? [] : [{ ...value, order }]
      })
    },
    add: async (pending) => {
      const transaction = database.transaction('outbox', 'readwrite')
      await Promise.all([...pending.map((each) => transaction.store.add(each)), transaction.done])
    },
    put: async ({ order, ...pending }, split = []) => {
      const transaction = database.transaction('outbox', 'readwrite')
      if ((await transaction.store.getKey(order)) !== undefined) {
        await transaction.store.put(pending, order)
        for (const each of split) await transaction.store.add(each)
      }
      await transaction.done
    },
    remove: (order) => database.delete('outbox', order),
    close: async () => database.close(),
  }
}

/** Leaves nothing of the person's on this device. */
export const forgetStorageOf = (userId: string): Promise<void> => deleteDB(nameFor(userId))
