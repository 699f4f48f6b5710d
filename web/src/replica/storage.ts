import { openIndexedDb } from './indexed-db.ts'
import { orMemory } from './or-memory.ts'
import type { Storage } from './outbox.ts'

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
