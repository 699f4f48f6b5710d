import { afterAll, beforeAll, describe, it } from 'vitest'
import { newSecret, type Stage, setStage } from '../../bench/stage.ts'
import { buildConfig, type RunningWorker, startWorker } from '../../bench/workerd.ts'

const BASE_URL = 'http://edgewise.test'
const FIRST_REQUESTS = 256
const PASSWORD = 'correct horse battery staple'

let stage: Stage
let config: string

beforeAll(async () => {
  stage = await setStage()
  config = await buildConfig('src/index.ts', await stage.newFolder('worker'), {
    BASE_URL,
    BETTER_AUTH_SECRET: newSecret(),
    DATABASE_URL: stage.urls.api,
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
})
