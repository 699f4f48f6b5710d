import { describe, it, vi } from 'vitest'
import { memoryStorage } from '../../web/src/replica/memory-storage.ts'
import { orMemory } from '../../web/src/replica/or-memory.ts'
import type { Pending, Storage } from '../../web/src/replica/outbox.ts'

const write = (key: string): Pending => ({ key, operations: [], madeAt: '2026-11-21T09:00:00.000Z' })

const lasting = (): Storage => ({ ...memoryStorage(), isKept: true })

const keysIn = async (storage: Storage) => (await storage.queue()).map(({ key }) => key)

const fails = () => Promise.reject(new Error('no'))

describe('a storage', () => {
  it('that does not open is one in memory', async ({ expect }) => {
    const storage = orMemory(fails)
    await storage.add([write('a')])
    expect(await keysIn(storage)).toEqual(['a'])
    expect(storage.isKept).toBe(false)
  })

  it('that never opens is one in memory, too', async ({ expect }) => {
    vi.useFakeTimers()
    try {
      const storage = orMemory(() => new Promise(() => {}))
      const reading = storage.readState()
      await vi.advanceTimersByTimeAsync(10_000)
      expect(await reading).toBeUndefined()
      expect(storage.isKept).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })

  it('whose connection is lost is opened again', async ({ expect }) => {
    const kept = lasting()
    let opened = 0
    const storage = orMemory(async () => {
      opened += 1
      return opened === 1 ? { ...kept, add: fails } : kept
    })
    await storage.add([write('a')])
    expect(await keysIn(kept)).toEqual(['a'])
    expect(storage.isKept).toBe(true)
  })

  it('that is full goes on in memory, with what was to be sent and in its order', async ({ expect }) => {
    const kept = lasting()
    await kept.add([write('a')])
    const storage = orMemory(async () => ({ ...kept, add: fails }))
    await storage.queue()
    await storage.add([write('b')])
    expect(await keysIn(storage)).toEqual(['a', 'b'])
    expect(await keysIn(kept)).toEqual(['a'])
    expect(storage.isKept).toBe(false)
  })

  it('that is closed is not opened again', async ({ expect }) => {
    let opened = 0
    const storage = orMemory(async () => {
      opened += 1
      return lasting()
    })
    await storage.add([write('a')])
    await storage.close()
    await expect(storage.add([write('b')])).rejects.toThrow('closed')
    expect(opened).toBe(1)
  })
})
