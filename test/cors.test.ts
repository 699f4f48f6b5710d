import { beforeAll, describe, it } from 'vitest'
import { seen } from './support/attack.ts'
import { callsFor, sendWith, warmWorker } from './support/calls.ts'
import { operations } from './support/openapi.ts'
import { type OwnWorker, ownWorker } from './support/own-worker.ts'
import { type Person, signUp } from './support/person.ts'
import { env, send } from './support/worker.ts'

const FRIEND = 'https://friend.example'
const OTHER_FRIEND = 'http://localhost:5173'
/** Everybody else, and whoever looks like a friend. */
const STRANGERS = [
  'https://stranger.example',
  'http://friend.example',
  'https://friend.example:8443',
  'https://friend.example.stranger.example',
  'https://sub.friend.example',
  'https://FRIEND.example',
  `${FRIEND}, https://stranger.example`,
  'null',
  '*',
  env.BASE_URL,
]

let ada: Person
let closed: OwnWorker
let open: OwnWorker
beforeAll(async () => {
  const warm = await warmWorker()
  ada = warm.ada
  closed = warm.worker
  open = ownWorker({ bindings: { CORS_ORIGINS: `${FRIEND}, ${OTHER_FRIEND}` } })
  await open.as(ada).send('GET', '/v1/me')
})

const corsHeadersOf = (answer: Response) =>
  Object.fromEntries([...answer.headers].filter(([name]) => name.startsWith('access-control-')))

const preflight = (worker: OwnWorker, path: string, origin: string) =>
  worker.send(path, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'PATCH',
      'Access-Control-Request-Headers': 'authorization,content-type,if-match,x-anything',
    },
  })

describe('without CORS_ORIGINS', () => {
  it('no origin is told anything, and nothing varies', async ({ expect }) => {
    for (const call of await callsFor(ada)) {
      const answer = await sendWith(closed, call, [
        ['Origin', FRIEND],
        ['Authorization', `Bearer ${ada.token}`],
      ])
      expect([corsHeadersOf(answer), answer.headers.get('Vary')], call.operation).toEqual([{}, null])
      expect((await preflight(closed, call.path, FRIEND)).status, call.operation).toBe(401)
    }
  })
})

describe('a listed origin', () => {
  it('that sends OPTIONS without asking for leave is answered like anybody', async ({ expect }) => {
    const answer = await open.send('/v1/tasks', { method: 'OPTIONS', headers: { Origin: FRIEND } })
    expect(answer.status).toBe(401)
  })

  it('gets its preflight answered on every path of /v1, at no call to the database', async ({ expect }) => {
    const methods = new Set<string>()
    for (const { path, method, isAuthenticated } of await operations()) {
      if (!isAuthenticated) continue
      methods.add(method)
      const { calls, result } = await open.counting(() => preflight(open, path, OTHER_FRIEND))
      const { status, headers, body } = await seen(result)
      expect({ calls, status, body }, path).toEqual({ calls: 0, status: 204, body: '' })
      expect(headers, path).toMatchObject({
        'access-control-allow-origin': OTHER_FRIEND,
        'access-control-allow-headers': 'Authorization,Content-Type,If-Match,If-None-Match,Idempotency-Key',
        'access-control-max-age': '7200',
      })
      expect(headers, path).not.toHaveProperty('access-control-allow-credentials')
      expect(headers.vary, path).toMatch(/\bOrigin\b/)
    }
    const allowed = (await preflight(open, '/v1/tasks', FRIEND)).headers.get('Access-Control-Allow-Methods')
    expect(allowed?.split(',')).toEqual(expect.arrayContaining([...methods]))
    expect(allowed).not.toMatch(/PUT|TRACE|OPTIONS/)
  })

  it('may read every answer of /v1 with a token, without credentials', async ({ expect }) => {
    for (const call of await callsFor(ada)) {
      const answer = await sendWith(open, call, [
        ['Origin', FRIEND],
        ['Authorization', `Bearer ${ada.token}`],
      ])
      expect(answer.ok, call.operation).toBe(true)
      expect(corsHeadersOf(answer), call.operation).toEqual({
        'access-control-allow-origin': FRIEND,
        'access-control-expose-headers':
          'ETag,Link,Location,Content-Disposition,Retry-After,RateLimit,RateLimit-Policy,X-Request-Id',
      })
      expect(answer.headers.get('Vary'), call.operation).toBe('Origin')
    }
  })

  it.for([
    ['401', { path: '/v1/tasks', init: {}, token: 'none' }],
    ['404', { path: '/v1/nowhere', init: {} }],
    ['404', { path: `/v1/tasks/${crypto.randomUUID()}`, init: {} }],
    ['405', { path: '/v1/tasks', init: { method: 'PUT' } }],
    ['400', { path: '/v1/tasks?x=1', init: {} }],
    ['413', { path: '/v1/tasks', init: { method: 'POST', body: ' '.repeat(70_000) } }],
    [
      '415',
      { path: '/v1/tasks', init: { method: 'POST', body: 'x', headers: { 'Content-Type': 'text/plain' } } },
    ],
  ] as const)('may read a %s of %j', async ([status, { path, init, ...rest }], { expect }) => {
    const headers = new Headers('headers' in init ? init.headers : {})
    headers.set('Origin', FRIEND)
    headers.set('Authorization', `Bearer ${'token' in rest ? rest.token : ada.token}`)
    const answer = await open.send(path, { ...init, headers })
    expect([String(answer.status), answer.headers.get('Access-Control-Allow-Origin')]).toEqual([
      status,
      FRIEND,
    ])
    expect(answer.headers.get('Vary')).toBe('Origin')
  })

  it.for([
    ['500', { status: 400, body: '{"message":"no","code":"42501"}' }],
    ['503', { status: 507, body: '' }],
  ] as const)('may read a %s', async ([status, answer], { expect }) => {
    await open.play([{ when: 'before', answer }])
    const told = await open.as(ada).send('GET', '/v1/tasks', undefined, { Origin: FRIEND })
    expect([String(told.status), told.headers.get('Access-Control-Allow-Origin')]).toEqual([status, FRIEND])
    expect(told.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After')
  })

  it('is told nothing outside /v1', async ({ expect }) => {
    const paths = [
      '/api/auth/get-session',
      '/api/auth/token',
      '/api/auth/jwks',
      '/api/auth/nowhere',
      '/health',
      '/openapi.json',
      '/',
      '/v1x',
    ]
    for (const path of paths) {
      expect(corsHeadersOf(await open.send(path, { headers: { Origin: FRIEND } })), path).toEqual({})
      const asked = await preflight(open, path, FRIEND)
      expect([asked.ok, corsHeadersOf(asked)], path).toEqual([false, {}])
    }
  })
})

describe('an origin that is not listed', () => {
  it.for(STRANGERS.map((origin) => [origin] as const))(
    'is told nothing: %s',
    async ([origin], { expect }) => {
      const answer = await open.as(ada).send('GET', '/v1/tasks', undefined, { Origin: origin })
      expect([answer.status, corsHeadersOf(answer), answer.headers.get('Vary')]).toEqual([200, {}, 'Origin'])
      const asked = await preflight(open, '/v1/tasks', origin)
      expect([asked.status, corsHeadersOf(asked)]).toEqual([401, {}])
    },
  )
})

describe('a page of another origin', () => {
  it('that a browser sends the session cookie for is refused by every change of /api/auth', async ({
    expect,
  }) => {
    const cookie = await sessionCookieOf(await signUp('ada'))
    const changes = (await operations()).filter(
      ({ path, method }) => path.startsWith('/api/auth/') && method !== 'GET',
    )
    expect(changes.length).toBeGreaterThan(2)
    for (const { method, path, operationId, bodyExample } of changes) {
      for (const origin of [FRIEND, 'https://stranger.example', 'null']) {
        const answer = await open.send(path, {
          method,
          headers: { Origin: origin, Cookie: cookie, 'Content-Type': 'application/json' },
          ...(bodyExample && { body: JSON.stringify(bodyExample) }),
        })
        expect([answer.status, corsHeadersOf(answer)], `${operationId} ${origin}`).toEqual([403, {}])
      }
    }
    const session = await send('/api/auth/get-session', { headers: { Cookie: cookie } })
    expect(await session.json()).toMatchObject({ user: { name: 'ada' } })
  })

  it('cannot send a form, which needs no leave, to an operation that takes a body', async ({ expect }) => {
    for (const { method, path, operationId, bodyExample } of await operations()) {
      if (!path.startsWith('/api/auth/') || !bodyExample) continue
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=b',
      ]) {
        const answer = await open.send(path, {
          method,
          headers: { Origin: FRIEND, 'Content-Type': type },
          body: JSON.stringify(bodyExample),
        })
        expect(answer.status, `${operationId} ${type}`).toBe(415)
      }
    }
  })
})

const sessionCookieOf = async ({ email, password }: Person): Promise<string> => {
  const answer = await send('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: env.BASE_URL },
    body: JSON.stringify({ email, password }),
  })
  const [cookie = ''] = (answer.headers.get('Set-Cookie') ?? '').split(';', 1)
  return cookie
}
