import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { MAIL_TO_NOWHERE, newSecret, type Stage, setStage } from '../../bench/stage.ts'
import { buildConfig, type RunningWorker, startWorker } from '../../bench/workerd.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import type { ChannelReport, Fault } from '../support/faults.ts'

const BASE_URL = 'http://edgewise.test'
const FIRST_REQUESTS = 256
const CHANNEL = 'cold-start'

type FaultProxy = Awaited<ReturnType<typeof startFaultProxy>>
const PASSWORD = 'correct horse battery staple'

let stage: Stage
let proxy: FaultProxy
let config: string

beforeAll(async () => {
  stage = await setStage()
  proxy = await startFaultProxy(Number(new URL(stage.urls.api).port))
  stage.onStrike(proxy.stop)
  const databaseUrl = new URL(stage.urls.api)
  databaseUrl.port = String(proxy.port)
  databaseUrl.searchParams.set('channel', CHANNEL)
  config = await buildConfig('src/index.ts', await stage.newFolder('worker'), {
    BASE_URL,
    BETTER_AUTH_SECRET: newSecret(),
    ...MAIL_TO_NOWHERE,
    DATABASE_URL: databaseUrl.href,
    AUTH_DATABASE_URL: stage.urls.auth,
  })
})

afterAll(() => stage.strike())

/** Runs `act` against a workerd that has just been started, with the bundle that is deployed. */
const coldly = async <T>(act: (worker: RunningWorker) => Promise<T>): Promise<T> => {
  const worker = await startWorker(config)
  try {
    return await act(worker)
  } finally {
    await worker.stop()
  }
}

const post = async ({ origin }: RunningWorker, path: string, body: object): Promise<{ token: string }> => {
  const answer = await fetch(`${origin}/api/auth${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: BASE_URL },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as { token: string }
}

const newSession = async (worker: RunningWorker): Promise<{ email: string; session: string }> => {
  const email = `ada-${crypto.randomUUID()}@example.com`
  await post(worker, '/sign-up/email', { name: 'Ada', email, password: PASSWORD })
  await stage.client.query('update users set email_verified = true where email = $1', [email])
  const { token } = await post(worker, '/sign-in/email', { email, password: PASSWORD })
  return { email, session: token }
}

const get = async ({ origin }: RunningWorker, path: string, token: string) => {
  const answer = await fetch(`${origin}${path}`, { headers: { Authorization: `Bearer ${token}` } })
  return { status: answer.status, body: (await answer.json()) as { token?: string; email?: string } }
}

describe('a Worker that has just been started', () => {
  it('answers 256 first requests that come at once, and mints the first tokens at once', async ({
    expect,
  }) => {
    const people = await coldly((worker) => Promise.all(Array.from({ length: 8 }, () => newSession(worker))))

    const minted = await coldly((worker) =>
      Promise.all(
        Array.from({ length: 64 }, async (_, n) => {
          const { email = '', session = '' } = people[n % people.length] ?? {}
          return { email, ...(await get(worker, '/api/auth/token', session)) }
        }),
      ),
    )
    expect(minted.map(({ status }) => status)).toEqual(minted.map(() => 200))

    for (const round of [1, 2, 3]) {
      const told = await coldly((worker) =>
        Promise.all(
          Array.from({ length: FIRST_REQUESTS }, async (_, n) => {
            const { email, body } = minted[n % minted.length] ?? { email: '', body: { token: '' } }
            const me = await get(worker, '/v1/me', body.token ?? '')
            return [me.status, me.body.email === email]
          }),
        ),
      )
      expect({ round, told }).toEqual({ round, told: Array(FIRST_REQUESTS).fill([200, true]) })
    }
  })

  it('does not let a request that was given up hold up the next one', async ({ expect }) => {
    const { session } = await coldly(newSession)
    const { body } = await coldly((worker) => get(worker, '/api/auth/token', session))
    const { status } = await coldly(async (worker) => {
      const silence: Fault = { when: 'before', answer: 'hang' }
      const before = await channel('PUT', JSON.stringify([silence]))
      const givenUp = new AbortController()
      const headers = { Authorization: `Bearer ${body.token}` }
      const first = fetch(`${worker.origin}/v1/me`, { headers, signal: givenUp.signal }).catch(
        () => 'given up',
      )
      while ((await channel()).calls === before.calls) await sleep(5)
      const next = get(worker, '/v1/me', body.token ?? '')
      givenUp.abort()
      expect(await first).toBe('given up')
      return next
    })
    expect(status).toBe(200)
  }, 8_000)
})

/** What came over the Worker's channel so far; PUT sets the faults to come. */
const channel = async (method = 'GET', faults?: string): Promise<ChannelReport> => {
  const answer = await fetch(`http://127.0.0.1:${proxy.port}/channels/${CHANNEL}`, {
    method,
    ...(faults && { body: faults }),
  })
  return (await answer.json()) as ChannelReport
}
