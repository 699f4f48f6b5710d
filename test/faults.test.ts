import { describe, it } from 'vitest'
import type { Task } from '../src/tasks/contract.ts'
import { sql } from './support/database.ts'
import type { Fault } from './support/faults.ts'
import { ownWorker } from './support/own-worker.ts'
import { type Person, signUp } from './support/person.ts'

const DEADLINE_MS = 400

const refused = (code: string, routine?: string): Fault => ({
  when: 'before',
  answer: { status: 400, body: JSON.stringify({ message: 'something secret', code, routine }) },
})
const LOST: Fault = { when: 'after', answer: 'drop' }
const SILENT: Fault = { when: 'before', answer: 'hang' }
const UNREACHABLE: Fault = {
  when: 'before',
  answer: { status: 500, body: '{"message":"Control plane request failed"}' },
}

const WRONG_PASSWORD: Fault = {
  when: 'before',
  answer: { status: 400, body: JSON.stringify({ message: "password authentication failed for user 'x'" }) },
}

const forever = (fault: Fault): Fault[] => Array(100).fill(fault)

const seenOf = async (answer: Response) => ({
  status: answer.status,
  code: (await answer.json<{ code?: string }>()).code,
  retryAfter: answer.headers.get('Retry-After'),
})

const UNAVAILABLE = { status: 503, code: 'unavailable', retryAfter: '5' }
const OUTCOME_UNKNOWN = { status: 503, code: 'outcome_unknown', retryAfter: '5' }

describe('a write whose answer was lost', () => {
  it('is told when it is asked for again, and made no second time: a completion', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker()]
    const { id } = await ada.addTask('buy milk')
    const completion = `/v1/tasks/${id}/completion`
    await worker.as(ada).send('GET', '/v1/me')
    for (const [method, version] of [
      ['POST', 2],
      ['DELETE', 3],
    ] as const) {
      await worker.play([LOST])
      const { executed, result } = await worker.counting(() => worker.as(ada).send(method, completion))
      expect(executed).toBe(2)
      expect(result.status).toBe(200)
      expect(await result.json()).toMatchObject({ version })
    }
  })

  it('is told though its condition holds no longer', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker()]
    const { id } = await ada.addTask('buy milk')
    await worker.as(ada).send('GET', '/v1/me')
    await worker.play([LOST])
    const { executed, result } = await worker.counting(() =>
      worker.as(ada).send('PATCH', `/v1/tasks/${id}`, { notes: 'two' }, { 'If-Match': '"1"' }),
    )
    expect(executed).toBe(2)
    expect(result.status).toBe(200)
    expect(await result.json()).toMatchObject({ notes: 'two', version: 2 })
  })

  it('is told though what it named is gone', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker()]
    const { id } = await ada.addTask('buy milk')
    await worker.as(ada).send('GET', '/v1/me')
    await worker.play([LOST])
    expect((await worker.as(ada).send('DELETE', `/v1/tasks/${id}`)).status).toBe(204)
  })
})

describe('a call that was made again', () => {
  const LATE: Fault = { when: 'later', answer: 'drop', delayMs: 1_000 }

  it.for([
    ['complete', async (ada: Person, id: string) => ada.send('POST', `/v1/tasks/${id}/completion`)],
    ['add', async (ada: Person) => ada.send('POST', '/v1/tasks', { title: 'drink it' })],
  ] as const)('does not %s what was undone since, when it arrives late', async ([, act], { expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker()]
    const { id } = await ada.addTask('buy milk')
    await worker.as(ada).send('GET', '/v1/me')
    await worker.play([LATE])
    const made = await (await act(worker.as(ada), id)).json<Task>()
    const undone = made.id === id ? `/v1/tasks/${id}/completion` : `/v1/tasks/${made.id}`
    expect((await ada.send('DELETE', undone)).ok).toBe(true)
    const before = await ada.tasks()
    expect(before).toMatchObject([{ title: 'buy milk', completedAt: null }])
    await worker.settled()
    expect(await ada.tasks()).toEqual(before)
  })

  it('is made again when its answer takes too long', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker({ deadlineMs: 5_000 })]
    const { id } = await ada.addTask('buy milk')
    const task = `/v1/tasks/${id}`
    await worker.as(ada).send('GET', '/v1/me')
    for (const fault of [SILENT, { ...SILENT, when: 'after' } as const]) {
      for (const [method, path, status, calls] of [
        ['GET', task, 200, 2],
        ['POST', `${task}/completion`, 200, 2],
        ['PATCH', task, 200, 2],
      ] as const) {
        await worker.play([fault])
        const act = () => worker.as(ada).send(method, path, method === 'PATCH' ? { notes: 'now' } : undefined)
        const counted = await worker.counting(act)
        expect([method, counted.result.status, counted.calls]).toEqual([method, status, calls])
      }
    }
  })
})

describe('a change whose first answer was lost, and whose repeats come to nothing', () => {
  it('is not said to be undone', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker({ deadlineMs: DEADLINE_MS })]
    const { id } = await ada.addTask('buy milk')
    await worker.as(ada).send('GET', '/v1/me')
    await worker.play([LOST, ...forever(UNREACHABLE)])
    const answer = await worker.as(ada).send('POST', `/v1/tasks/${id}/completion`)
    expect(await seenOf(answer)).toEqual(OUTCOME_UNKNOWN)
    expect(await ada.tasks()).toMatchObject([{ version: 2 }])
  })
})

describe('a call that fails at once', () => {
  it('is made again after a pause, and after longer ones each time', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker({ deadlineMs: 2_000 })]
    await worker.as(ada).send('GET', '/v1/me')
    await worker.play(forever(refused('40001')))
    const startedAt = performance.now()
    const { calls, result } = await worker.counting(() => worker.as(ada).send('GET', '/v1/me'))
    // Half of 50, 100, 200 and 400 at the least.
    expect(performance.now() - startedAt).toBeGreaterThan(375)
    expect(await seenOf(result)).toEqual(UNAVAILABLE)
    expect(calls).toBeGreaterThan(4)
    expect(calls).toBeLessThan(9)
  })
})

describe('a change that may not be made twice', () => {
  it('is waited for until its deadline', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker({ deadlineMs: 5_000 })]
    const { id } = await ada.addTask('buy milk')
    await worker.as(ada).send('GET', '/v1/me')
    await worker.play([{ when: 'after', answer: 'actual', delayMs: 2_500 }])
    const changed = await worker.as(ada).send('PATCH', `/v1/tasks/${id}`, { notes: 'two' })
    expect(changed.status).toBe(200)
  })
})

describe('a cold isolate', () => {
  it('has one deadline for the keys and the data', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker({ deadlineMs: 1_500 })]
    await worker.play([{ when: 'after', answer: 'actual', delayMs: 900 }, SILENT, SILENT])
    const startedAt = Date.now()
    expect(await seenOf(await worker.as(ada).send('GET', '/v1/me'))).toEqual(UNAVAILABLE)
    expect(Date.now() - startedAt).toBeLessThan(2_300)
  })
})

describe('a cold isolate whose first read of the keys fails', () => {
  it.for([LOST, UNREACHABLE, refused('57P01')])('reads them again', async (fault, { expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker()]
    await worker.play([fault])
    const { calls, result } = await worker.counting(() => worker.as(ada).send('GET', '/v1/me'))
    expect([result.status, calls]).toEqual([200, 3])
  })

  it('says that it is unavailable, not that the token is bad, and is well again afterwards', async ({
    expect,
  }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker({ deadlineMs: DEADLINE_MS })]
    for (const fault of [UNREACHABLE, SILENT]) {
      await worker.play(forever(fault))
      expect(await seenOf(await worker.as(ada).send('GET', '/v1/me'))).toEqual(UNAVAILABLE)
    }
    await worker.play([])
    expect((await worker.as(ada).send('GET', '/v1/me')).status).toBe(200)
  })
})

describe('a database that refuses', () => {
  it.for([
    ['28000', 'InitializeSessionUserId'],
    ['28P01', 'auth_failed'],
    ['42501', 'aclcheck_error'],
    ['23505', '_bt_check_unique'],
    ['P0001', 'exec_stmt_raise'],
    ['XX000', undefined],
  ] as const)(
    'the Worker itself (%s) is a fault of ours, without details',
    async ([code, routine], { expect }) => {
      const [ada, worker] = [await signUp('ada'), ownWorker()]
      await worker.as(ada).send('GET', '/v1/me')
      await worker.play([refused(code, routine)])
      const { calls, result } = await worker.counting(() => worker.as(ada).send('GET', '/v1/tasks'))
      const body = await result.text()
      expect([result.status, calls]).toEqual([500, 1])
      expect(body).toContain('internal_error')
      expect(body).not.toContain('secret')
    },
  )

  it('nothing, and answers nothing, is a fault of ours, without details', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker()]
    await worker.as(ada).send('GET', '/v1/me')
    await worker.play([{ when: 'before', answer: { status: 200, body: '{"results":[]}' } }])
    const answer = await worker.as(ada).send('GET', '/v1/tasks')
    expect(await answer.json()).toEqual({
      type: 'about:blank',
      title: 'Something went wrong on our side',
      status: 500,
      code: 'internal_error',
    })
  })
})

describe('readiness', () => {
  it('is denied while the database does not answer, and health is not', async ({ expect }) => {
    const worker = ownWorker({ deadlineMs: DEADLINE_MS })
    for (const fault of [UNREACHABLE, SILENT, LOST]) {
      await worker.play(forever(fault))
      expect(await seenOf(await worker.send('/health/ready'))).toEqual(UNAVAILABLE)
      expect((await worker.send('/health')).status).toBe(200)
    }
  })
})

describe('sign-in', () => {
  const post = (worker: ReturnType<typeof ownWorker>, path: string, body: object) =>
    worker.send(`/api/auth${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  const credentials = ({ email, password }: Person) => ({ email, password })

  it.for([
    ['unreachable', UNREACHABLE],
    ['silent', SILENT],
    ['cutting every connection', LOST],
  ] as const)('is unavailable, not refused, with a database that is %s', async ([, fault], { expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker({ deadlineMs: DEADLINE_MS })]
    await worker.play(forever(fault))
    expect(await seenOf(await post(worker, '/sign-in/email', credentials(ada)))).toEqual(UNAVAILABLE)
    const bearer = { headers: { Authorization: `Bearer ${ada.sessionToken}` } }
    await worker.play(forever(fault))
    expect(await seenOf(await worker.send('/api/auth/token', bearer))).toEqual(UNAVAILABLE)
    await worker.play(forever(fault))
    expect(await seenOf(await worker.send('/api/auth/get-session', bearer))).toEqual(UNAVAILABLE)
  })

  it('has one deadline for all of its calls after the counting, however slow each is', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker({ deadlineMs: 1_500 })]
    const slow: Fault = { when: 'after', answer: 'actual', delayMs: 700 }
    await worker.play([null, ...forever(slow)])
    const startedAt = Date.now()
    const answer = await post(worker, '/sign-in/email', credentials(ada))
    expect(answer.status).toBe(503)
    expect(Date.now() - startedAt).toBeLessThan(2_300)
  })

  it('says that something may have changed, once something has', async ({ expect }) => {
    const worker = ownWorker()
    const body = { name: 'Ada', email: `ada-${crypto.randomUUID()}@example.com`, password: 'a long password' }
    let passing = 0
    let written = 0
    for (; written === 0; passing += 1) {
      expect(passing).toBeLessThan(10)
      await worker.play([...Array(passing).fill(null), ...forever(WRONG_PASSWORD)])
      const answer = await post(worker, '/sign-up/email', body)
      written = (await sql('select from users where email = $1', [body.email])).length
      expect(await seenOf(answer)).toEqual(written === 0 ? UNAVAILABLE : OUTCOME_UNKNOWN)
    }
  })

  it('reads again what it could not read', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker()]
    await worker.play([LOST])
    expect((await post(worker, '/sign-in/email', credentials(ada))).status).toBe(200)
  })

  it('does not begin a session twice, and says that it may have begun one', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker()]
    const sessions = async () => (await sql('select id from sessions where user_id = $1', [ada.id])).length
    const before = await sessions()
    let reads = 0
    let answer: Response | undefined
    // The first writing call is the one to fail: whichever it is, none before it is repeated.
    for (; !answer || answer.status === 200; reads += 1) {
      const had = await sessions()
      await worker.play([...Array(reads).fill(null), LOST])
      answer = await post(worker, '/sign-in/email', credentials(ada))
      if (answer.status !== 200) expect((await sessions()) - had).toBe(1)
      expect(reads).toBeLessThan(10)
    }
    expect(await seenOf(answer)).toEqual(OUTCOME_UNKNOWN)
    expect(await sessions()).toBe(before + reads)
  })

  it('waits for a slow change, which it could not make again', async ({ expect }) => {
    const [ada, worker] = [await signUp('ada'), ownWorker({ deadlineMs: 4_000 })]
    const signInWith = async (fault: Fault, reads: number) => {
      await worker.play([...Array(reads).fill(null), fault])
      return (await post(worker, '/sign-in/email', credentials(ada))).status
    }
    let reads = 0
    while ((await signInWith(LOST, reads)) === 200) reads += 1
    expect(await signInWith({ when: 'after', answer: 'actual', delayMs: 2_000 }, reads)).toBe(200)
  })
})
