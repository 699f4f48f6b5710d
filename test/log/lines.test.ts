import { beforeAll, describe, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/env.ts'
import { warmWorker } from '../support/calls.ts'
import type { Fault } from '../support/faults.ts'
import { type OwnWorker, ownWorker } from '../support/own-worker.ts'
import { type Person, signIn } from '../support/person.ts'
import { env } from '../support/worker.ts'
import { lineOf } from './capture.ts'

const DEADLINE_MS = 2_000
const ABSENT = `/v1/tasks/${crypto.randomUUID()}`

let worker: OwnWorker
let ada: Person
beforeAll(async () => {
  const warm = await warmWorker()
  ada = warm.ada
  worker = ownWorker({ deadlineMs: DEADLINE_MS, bindings: { BODY_DEADLINE_MS: 300, EVEN_TIME_MS: 0 } })
  await worker.as(ada).send('GET', '/v1/me')
  await worker.send('/api/auth/jwks')
})

const JSON_TYPE = { 'Content-Type': 'application/json' }
const post = (path: string, body: BodyInit, headers: Record<string, string> = JSON_TYPE) =>
  worker.send(path, { method: 'POST', headers, body })
const signInWith = (body: object, headers = {}) =>
  post('/api/auth/sign-in/email', JSON.stringify(body), { ...JSON_TYPE, ...headers })

const refusedWith = (code: string): Fault => ({
  when: 'before',
  answer: {
    status: 400,
    body: JSON.stringify({ message: 'no', code, severity: 'ERROR', routine: 'exec_something' }),
  },
})

describe('a request leaves one line', () => {
  it('that says what was asked, and how it went', async ({ expect }) => {
    const line = await lineOf(() => worker.as(ada).send('GET', '/v1/tasks?limit=5'))
    expect(line).toEqual({ method: 'GET', route: '/v1/tasks', status: 200, databaseMs: 'number' })
  })

  it.for([
    ['no token', {}, 'no_token'],
    ['another scheme', { Authorization: 'Basic abc' }, 'not_bearer'],
    ['no JWT', { Authorization: 'Bearer abc' }, 'malformed'],
  ] as const)('with the precise reason of a 401: %s', async ([, headers, refusal], { expect }) => {
    const line = await lineOf(() => worker.send(ABSENT, { headers }))
    expect(line).toEqual({ method: 'GET', route: '/v1/tasks/:id', status: 401, refusal })
  })

  it('with the SQLSTATE of an ended session', async ({ expect }) => {
    const { sessionToken, token } = await signIn(ada.email, ada.password)
    await worker.send('/api/auth/sign-out', {
      method: 'POST',
      headers: { Authorization: `Bearer ${sessionToken}` },
    })
    expect(await lineOf(() => worker.as({ ...ada, token }).send('GET', '/v1/me'))).toEqual({
      method: 'GET',
      route: '/v1/me',
      status: 401,
      refusal: 'session_ended',
      sqlState: '28000',
      databaseMs: 'number',
    })
  })

  it.for([
    ['GET', '/v1/tasks/not-an-id', '/v1/tasks/:id', 404, 'not_found'],
    ['GET', '/v1/nowhere', '/*', 404, 'not_found'],
    ['GET', '/nowhere/secret', '/*', 404, 'not_found'],
    ['PUT', '/v1/tasks', '/v1/tasks', 405, 'method_not_allowed'],
    ['PUT', '/api/auth/token', '/api/auth/token', 405, 'method_not_allowed'],
    ['GET', '/v1/tasks?limit=0', '/v1/tasks', 400, 'invalid_request'],
    ['GET', '/v1/tasks?cursor=x', '/v1/tasks', 400, 'invalid_cursor'],
  ] as const)('%s %s', async ([method, path, route, status, refusal], { expect }) => {
    const line = await lineOf(() => worker.as(ada).send(method, path))
    expect(line).toEqual({ method, route, status, refusal })
  })

  it('of a version that has changed', async ({ expect }) => {
    const { id } = await ada.addTask('buy milk')
    const line = await lineOf(() =>
      worker.as(ada).send('DELETE', `/v1/tasks/${id}`, undefined, { 'If-Match': '"9"' }),
    )
    expect(line).toMatchObject({ status: 412, refusal: 'precondition_failed', databaseMs: 'number' })
  })

  it.for([
    ['too large', ' '.repeat(70_000), 413, 'payload_too_large'],
    ['too slow', () => new ReadableStream({ pull: () => new Promise(() => {}) }), 408, 'request_timeout'],
    ['cut off', () => new ReadableStream({ pull: (c) => c.error('cut') }), 400, 'body_cut_off'],
    ['not UTF-8', new Uint8Array([0x22, 0xff, 0x22]), 400, 'not_utf8'],
    ['not JSON', '{', 400, 'malformed_json'],
    ['too deep', '['.repeat(33), 400, 'invalid_request'],
  ] as const)('of a body that is %s', async ([, body, status, refusal], { expect }) => {
    for (const route of ['/v1/tasks', '/api/auth/sign-in/email']) {
      const line = await lineOf(() =>
        post(route, typeof body === 'function' ? body() : body, {
          ...JSON_TYPE,
          Authorization: `Bearer ${ada.token}`,
        }),
      )
      expect(line).toEqual({ method: 'POST', route, status, refusal })
    }
  })

  it('of a body that is no JSON by its type', async ({ expect }) => {
    const line = await lineOf(() => post('/api/auth/sign-in/email', '{}', { 'Content-Type': 'text/plain' }))
    expect(line).toMatchObject({ status: 415, refusal: 'unsupported_media_type' })
  })
})

describe('sign-in leaves one line', () => {
  it("with Better Auth's code as the reason, and its answer untouched", async ({ expect }) => {
    let answer = new Response()
    const line = await lineOf(async () => {
      answer = await signInWith({ email: ada.email, password: 'not the password' })
    })
    expect(line).toMatchObject({
      method: 'POST',
      route: '/api/auth/sign-in/email',
      status: 401,
      refusal: 'INVALID_EMAIL_OR_PASSWORD',
    })
    expect(await answer.json()).toMatchObject({ code: 'INVALID_EMAIL_OR_PASSWORD' })
  })

  it('of a foreign origin', async ({ expect }) => {
    const headers = { Origin: 'https://stranger.example', Cookie: 'a=b' }
    const line = await lineOf(() => signInWith({ email: ada.email, password: ada.password }, headers))
    expect(line).toMatchObject({ status: 403, refusal: 'INVALID_ORIGIN' })
  })

  it('of nobody', async ({ expect }) => {
    const line = await lineOf(() => worker.send('/api/auth/token'))
    expect(line).toMatchObject({ route: '/api/auth/token', status: 401 })
    expect(line.refusal).toMatch(/^(UNAUTHORIZED|status_401)$/)
  })
})

describe('a failure of the database leaves one line', () => {
  const PATHS = ['/v1/tasks', '/health/ready', '/api/auth/jwks'] as const

  it.for(PATHS)('with its SQLSTATE, for %s', async (route, { expect }) => {
    await worker.play([refusedWith('42501')])
    const line = await lineOf(() => worker.as(ada).send('GET', route))
    expect(line).toMatchObject({ route, status: 500, refusal: 'database_error', sqlState: '42501' })
  })

  it.for(PATHS)('with its SQLSTATE, when it is overrun, for %s', async (route, { expect }) => {
    await worker.play(Array(20).fill(refusedWith('53300')))
    const line = await lineOf(() => worker.as(ada).send('GET', route))
    expect(line).toMatchObject({ route, status: 503, refusal: 'database_error', sqlState: '53300' })
    await worker.play([])
  })

  it.for([
    ['http_507', { status: 507, body: '' }],
    ['wrong_password', { status: 400, body: '{"message":"password authentication failed for user"}' }],
  ] as const)('with what happened: %s', async ([refusal, answer], { expect }) => {
    for (const route of PATHS) {
      await worker.play([{ when: 'before', answer }])
      const line = await lineOf(() => worker.as(ada).send('GET', route))
      expect(line, route).toMatchObject({ route, status: 503, refusal })
      expect(line, route).not.toHaveProperty('sqlState')
    }
  })

  it('with the SQLSTATE that Better Auth keeps to itself', async ({ expect }) => {
    // The attempt is counted, the address looked for, the account added; the last two once more.
    await worker.play([null, null, refusedWith('42501'), null, refusedWith('42501')])
    const email = `${crypto.randomUUID()}@example.com`
    const line = await lineOf(() =>
      post('/api/auth/sign-up/email', JSON.stringify({ name: 'Eve', email, password: 'a long password' })),
    )
    expect(line).toEqual({
      method: 'POST',
      route: '/api/auth/sign-up/email',
      status: 422,
      refusal: 'FAILED_TO_CREATE_USER',
      sqlState: '42501',
    })
    await worker.play([])
  })
})

describe('a fault of ours leaves one line', () => {
  const secret = 'a text that nobody may see'
  it.for([
    ['an error', () => new TypeError(secret), 'TypeError'],
    ['a text', () => secret, 'ThrownValue'],
    ['nothing', () => undefined, 'ThrownValue'],
    ['an object', () => ({ code: secret }), 'ThrownValue'],
  ] as [string, () => unknown, string][])(
    'that does not quote it, when %s is thrown',
    async ([, thrown, refusal], { expect }) => {
      const app = createApp(readConfig({ ...env })).get('/broken', () => {
        throw thrown()
      })
      let answer = new Response()
      const line = await lineOf(async () => {
        answer = await app.request('/broken')
      })
      expect(line).toEqual({ method: 'GET', route: '/broken', status: 500, refusal })
      expect(await answer.json()).toMatchObject({ code: 'internal_error' })
      expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
    },
  )
})
