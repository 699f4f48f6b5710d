import { describe, it } from 'vitest'
import { postAuth } from './support/auth-calls.ts'
import { ownWorker } from './support/own-worker.ts'
import { signUp } from './support/person.ts'

/** Longer than any of these answers takes by itself, on a busy machine too. */
const STEP_MS = 3_000
/** Timers may come a little early, and tell whole milliseconds. */
const SLACK_MS = 5

/** How long one answer takes. */
const timed = async (act: () => Promise<Response>) => {
  const startedAt = performance.now()
  const { status } = await act()
  return { status, tookMs: performance.now() - startedAt }
}

describe('an answer that could tell of an account by its time', () => {
  it('does not come before its step is over, whoever asks what', async ({ expect }) => {
    const ada = await signUp('ada')
    const worker = ownWorker({ bindings: { EVEN_TIME_MS: STEP_MS } })
    const post = (path: string, body: object) => () => postAuth(path, body, undefined, worker.send)
    const unknown = `nobody-${crypto.randomUUID()}@example.com`
    const asked = [ada.email, unknown].flatMap((email) =>
      (
        [
          ['/request-password-reset', { email }],
          ['/send-verification-email', { email }],
          ['/sign-in/email', { email, password: 'not the password' }],
          ['/sign-up/email', { name: 'Ada', email, password: 'correct horse battery' }],
        ] as const
      ).map(async ([path, body]) => {
        const { tookMs } = await timed(post(path, body))
        expect(tookMs, `${path} ${email}`).toBeGreaterThan(STEP_MS - SLACK_MS)
      }),
    )
    await Promise.all(asked)
  })

  it('does not delay who gets in', async ({ expect }) => {
    const ada = await signUp('ada')
    const worker = ownWorker({ bindings: { EVEN_TIME_MS: 5_000 } })
    const { email, password } = ada
    const { status, tookMs } = await timed(() =>
      postAuth('/sign-in/email', { email, password }, undefined, worker.send),
    )
    expect(status).toBe(200)
    expect(tookMs).toBeLessThan(5_000)
  })

  it('waits also when the database is away', async ({ expect }) => {
    const worker = ownWorker({ bindings: { EVEN_TIME_MS: STEP_MS } })
    await worker.play([{ when: 'before', answer: { status: 400, body: '{"message":"x","code":"08P01"}' } }])
    const { status, tookMs } = await timed(() =>
      postAuth('/request-password-reset', { email: 'ada@example.com' }, undefined, worker.send),
    )
    expect(status).toBe(503)
    expect(tookMs).toBeGreaterThan(STEP_MS - SLACK_MS)
  })
})
