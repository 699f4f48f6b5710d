import { describe, it, vi } from 'vitest'
import { mintKeyId } from '../src/auth/key-id.ts'
import { seen } from './support/attack.ts'
import { warmWorker } from './support/calls.ts'
import { sql } from './support/database.ts'
import { ownWorker } from './support/own-worker.ts'
import { claimsOf, forge, publishedKey, strangersKey } from './support/tokens.ts'

describe('the keys of an isolate', () => {
  it('are read when a token comes that a new key signed, once', async ({ expect }) => {
    const { worker, ada } = await warmWorker()
    const key = await publishedKey()
    const token = await forge(key.sign, { alg: 'EdDSA', kid: key.kid }, claimsOf(ada.token))
    const me = () => worker.as({ token }).send('GET', '/v1/me')
    expect(await worker.counting(me)).toMatchObject({ calls: 2, result: { status: 200 } })
    expect(await worker.counting(me)).toMatchObject({ calls: 1, result: { status: 200 } })
  })

  it('are not read for names that nobody minted, however many', async ({ expect }) => {
    const { ada } = await warmWorker()
    const cold = ownWorker()
    const { calls, result } = await cold.counting(async () => {
      const statuses: number[] = []
      for (let i = 0; i < 100; i += 1) {
        const key = await strangersKey(await mintKeyId(`some other secret, number ${i}, of 32 letters`))
        const token = await forge(key.sign, { alg: 'EdDSA', kid: key.kid }, claimsOf(ada.token))
        statuses.push((await cold.as({ token }).send('GET', '/v1/me')).status)
      }
      return statuses
    })
    expect(new Set(result)).toEqual(new Set([401]))
    expect(calls).toBe(0)
  })

  it('are looked through for a retired key once a minute at the most', async ({ expect }) => {
    const { worker, ada } = await warmWorker()
    const key = await publishedKey()
    await sql('delete from jwks where id = $1', [key.kid])
    const claims = claimsOf(ada.token)
    const token = await forge(key.sign, { alg: 'EdDSA', kid: key.kid }, claims)
    const refusal = await seen(await worker.send('/v1/me'))
    const me = async () => seen(await worker.as({ token }).send('GET', '/v1/me'))
    const manyTimes = async () => {
      for (let i = 0; i < 20; i += 1) expect(await me()).toEqual(refusal)
    }
    vi.useFakeTimers({ toFake: ['Date'], now: claims.iat * 1000 })
    try {
      expect((await worker.counting(manyTimes)).calls).toBe(1)
      vi.setSystemTime(claims.iat * 1000 + 59_000)
      expect((await worker.counting(manyTimes)).calls).toBe(0)
      vi.setSystemTime(claims.iat * 1000 + 60_000)
      expect((await worker.counting(manyTimes)).calls).toBe(1)
    } finally {
      vi.useRealTimers()
    }
  })
})
