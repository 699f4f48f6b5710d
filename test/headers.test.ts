import { beforeAll, describe, it } from 'vitest'
import { callsFor, sendWith, warmWorker } from './support/calls.ts'
import { operations } from './support/openapi.ts'
import { type OwnWorker, ownWorker } from './support/own-worker.ts'
import type { Person } from './support/person.ts'
import { env } from './support/worker.ts'

const EVERYWHERE = {
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

let ada: Person
let worker: OwnWorker
beforeAll(async () => {
  const warm = await warmWorker()
  ada = warm.ada
  worker = warm.worker
})

const headersOf = (answer: Response) => Object.fromEntries(answer.headers)

describe('every answer tells browsers to do nothing with it', () => {
  it('of every operation, with a token and without', async ({ expect }) => {
    const calls = await callsFor(ada)
    for (const call of calls) {
      for (const token of [ada.token, 'none']) {
        const answer = await sendWith(worker, call, [['Authorization', `Bearer ${token}`]])
        expect(headersOf(answer), `${call.operation} ${answer.status}`).toMatchObject(EVERYWHERE)
      }
    }
    for (const { method, path, isAuthenticated, operationId } of await operations()) {
      if (isAuthenticated) continue
      const answer = await worker.send(path, { method })
      expect(headersOf(answer), `${operationId} ${answer.status}`).toMatchObject(EVERYWHERE)
    }
  })

  it.for([
    ['404', 'GET', '/nowhere'],
    ['404', 'GET', '/'],
    ['404', 'GET', '/api/auth/nowhere'],
    ['404', 'GET', '/v1/nowhere'],
    ['405', 'PUT', '/v1/tasks'],
    ['405', 'PUT', '/api/auth/token'],
    ['405', 'POST', '/health'],
    ['400', 'GET', '/v1/tasks?x=1'],
    ['200', 'GET', '/openapi.json'],
    ['200', 'HEAD', '/v1/tasks'],
  ])('%s %s %s', async ([status = '', method = '', path = ''], { expect }) => {
    const answer = await worker.as(ada).send(method, path)
    expect(String(answer.status)).toBe(status)
    expect(headersOf(answer)).toMatchObject(EVERYWHERE)
  })

  it.for([
    ['500', { status: 400, body: '{"message":"no","code":"42501"}' }],
    ['503', { status: 507, body: '' }],
  ] as const)('%s', async ([status, answer], { expect }) => {
    for (const path of ['/v1/tasks', '/api/auth/jwks', '/health/ready']) {
      await worker.play([{ when: 'before', answer }])
      const told = await worker.as(ada).send('GET', path)
      expect(String(told.status), path).toBe(status)
      expect(headersOf(told), path).toMatchObject(EVERYWHERE)
    }
  })
})

describe('over https', () => {
  const secure = () => ownWorker({ bindings: { BASE_URL: 'https://edgewise.example' } })

  it('every answer keeps browsers to https for a year, for this host alone', async ({ expect }) => {
    for (const path of ['/health', '/v1/tasks', '/api/auth/get-session', '/nowhere']) {
      const answer = await secure().send(path)
      expect(answer.headers.get('Strict-Transport-Security'), path).toBe('max-age=31536000')
    }
  })

  it('the session cookie is for https, for this host and for no script', async ({ expect }) => {
    const cookie = await cookieOf(secure(), 'https://edgewise.example', ada)
    expect(cookie.name).toBe('__Secure-better-auth.session_token')
    expect(cookie.attributes.toSorted()).toEqual([
      'HttpOnly',
      'Max-Age=604800',
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ])
  })
})

describe('over http, on a developer’s machine', () => {
  it('nothing is said of https, and the cookie can be kept', async ({ expect }) => {
    const answer = await worker.send('/health')
    expect(answer.headers.has('Strict-Transport-Security')).toBe(false)
    const cookie = await cookieOf(worker, env.BASE_URL, ada)
    expect(cookie.name).toBe('better-auth.session_token')
    expect(cookie.attributes.toSorted()).toEqual(['HttpOnly', 'Max-Age=604800', 'Path=/', 'SameSite=Lax'])
  })
})

const cookieOf = async (from: OwnWorker, origin: string, { email, password }: Person) => {
  const answer = await from.send('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: origin },
    body: JSON.stringify({ email, password }),
  })
  const cookies = answer.headers.getSetCookie()
  if (cookies.length !== 1) throw new Error(`${answer.status} set ${cookies.length} cookies`)
  const [pair = '', ...attributes] = (cookies[0] ?? '').split('; ')
  return { name: pair.split('=')[0], attributes }
}
