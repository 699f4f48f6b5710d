import { describe, it } from 'vitest'
import { type OwnWorker, ownWorker } from './support/own-worker.ts'
import { signUp } from './support/person.ts'
import { env, someAddress } from './support/worker.ts'

/** Twice what the small limit allows, and one more: enough, even if its minute ends in between. */
const ENOUGH = 7

/** Asks until it is refused; what each answer cost is in `calls`. */
const untilRefused = async (worker: OwnWorker, ask: () => Promise<Response>) => {
  const calls: number[] = []
  for (let n = 0; n < ENOUGH; n++) {
    const { calls: cost, result } = await worker.counting(ask)
    if (result.status === 429) return { calls, costOfRefusal: cost, refusal: result }
    calls.push(cost)
  }
  throw new Error('nothing was refused')
}

describe('a user who asks too much of the data API', () => {
  it('is told to wait, at no call to the database, and nobody else is', async ({ expect }) => {
    const worker = ownWorker({ bindings: { DATA_LIMIT: env.SMALL_LIMIT } })
    const [ada, bob] = [worker.as(await signUp('ada')), worker.as(await signUp('bob'))]
    expect((await bob.send('GET', '/v1/me')).status).toBe(200)

    const { calls, costOfRefusal, refusal } = await untilRefused(worker, () => ada.send('GET', '/v1/tasks'))
    expect(calls.length).toBeGreaterThanOrEqual(3)
    expect(calls).toEqual(calls.map(() => 1))
    expect(costOfRefusal).toBe(0)
    expect(await refusal.json()).toMatchObject({ status: 429, code: 'too_many_requests' })
    expect(Object.fromEntries(refusal.headers)).toMatchObject({
      'content-type': 'application/problem+json',
      'retry-after': '60',
      ratelimit: '"data-user";r=0;t=60',
      'ratelimit-policy': '"data-user";q=1200;w=60',
      'cache-control': 'no-store',
    })
    expect((await bob.send('GET', '/v1/me')).status).toBe(200)
  })

  it('is not known before its token has been verified', async ({ expect }) => {
    const keys: string[] = []
    const limiter = {
      limit: async ({ key }: { key: string }) => {
        keys.push(key)
        return { success: true }
      },
    }
    const [ada, worker] = [await signUp('ada'), ownWorker({ bindings: { DATA_LIMIT: limiter } })]
    expect((await worker.as({ token: `${ada.token}x` }).send('GET', '/v1/me')).status).toBe(401)
    expect((await worker.as(ada).send('GET', '/v1/me')).status).toBe(200)
    expect(keys).toEqual([ada.id])
  })

  it('is served when the limit cannot be asked', async ({ expect }) => {
    const broken = { limit: () => Promise.reject(new Error('the limiter is away')) }
    const [ada, worker] = [
      await signUp('ada'),
      ownWorker({ bindings: { DATA_LIMIT: broken, AUTH_LIMIT: broken } }),
    ]
    expect((await worker.as(ada).send('GET', '/v1/me')).status).toBe(200)
    expect((await worker.send('/api/auth/get-session')).status).toBe(200)
  })
})

describe('an address that floods sign-in', () => {
  it('is told to wait, at no call to the database, and no other address is', async ({ expect }) => {
    const worker = ownWorker({ bindings: { AUTH_LIMIT: env.SMALL_LIMIT } })
    const network = someAddress().split(':').slice(0, 4).join(':')
    let host = 0
    const from = (address: string) =>
      worker.send('/api/auth/token', {
        headers: { 'cf-connecting-ip': address, 'X-Forwarded-For': `192.0.2.${host}` },
      })

    const { costOfRefusal, refusal } = await untilRefused(worker, () => {
      host += 1
      return from(`${network}::${host}`)
    })
    expect(costOfRefusal).toBe(0)
    expect(refusal.headers.get('Retry-After')).toBe('60')
    expect(refusal.headers.get('RateLimit-Policy')).toBe('"auth-address";q=300;w=60')
    expect((await from(someAddress())).status).toBe(401)
  })
})
