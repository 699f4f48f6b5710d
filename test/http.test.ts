import { describe, it } from 'vitest'
import { operations } from './support/openapi.ts'
import { signUp } from './support/person.ts'
import { recordedBody } from './support/streams.ts'
import { send } from './support/worker.ts'

const problemOf = async (answer: Response) => ({
  status: answer.status,
  type: answer.headers.get('content-type'),
  code: (await answer.json<{ code: string }>()).code,
})

describe('every answer', () => {
  it.for(['/health', '/openapi.json', '/v1/tasks', '/api/auth/get-session', '/nowhere'])(
    'of %s carries the id of its request, which the caller cannot choose',
    async (path, { expect }) => {
      const answer = await send(path, { headers: { 'X-Request-Id': 'mine' } })
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    },
  )

  it.for([
    '/v1/tasks',
    '/v1/me',
    '/v1/nowhere',
    '/api/auth/get-session',
    '/api/auth/nowhere',
    '/health',
    '/health/ready',
  ])('of %s is kept by no cache', async (path, { expect }) => {
    expect((await send(path)).headers.get('cache-control')).toBe('no-store')
  })

  it('of the data API says what authentication and database took', async ({ expect }) => {
    const ada = await signUp('ada')
    const answer = await ada.send('GET', '/v1/tasks')
    expect(answer.headers.get('server-timing')).toMatch(/^auth;dur=\d+\.\d, db;dur=\d+\.\d$/)
  })
})

describe('a path that does not exist', () => {
  it('is a 404 problem', async ({ expect }) => {
    const expected = { status: 404, type: 'application/problem+json', code: 'not_found' }
    for (const path of ['/', '/nowhere', '/api/auth/nowhere', '/api/auth/admin/list-users']) {
      expect(await problemOf(await send(path)), path).toEqual(expected)
    }
  })

  it('below /v1 is told to nobody without a token', async ({ expect }) => {
    expect((await send('/v1/nowhere')).status).toBe(401)
    const ada = await signUp('ada')
    expect(await problemOf(await ada.send('GET', '/v1/nowhere'))).toMatchObject({
      status: 404,
      code: 'not_found',
    })
  })
})

describe('a path whose letters are escaped', () => {
  it.for(['/%761/me', '/api/%61uth/jwks', '/api/auth/%6awks'])(
    'is the same path: %s',
    async (path, { expect }) => {
      const ada = await signUp('ada')
      expect((await ada.send('GET', path)).status).toBe(200)
    },
  )
})

describe('a HEAD', () => {
  it.for(['/v1/me', '/api/auth/jwks', '/api/auth/get-session', '/health'])(
    'of %s is answered like the GET, without the body',
    async (path, { expect }) => {
      const ada = await signUp('ada')
      const [head, get] = [await ada.send('HEAD', path), await ada.send('GET', path)]
      expect(head.status).toBe(get.status)
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
      expect(await head.text()).toBe('')
    },
  )
})

describe('a query parameter without a name', () => {
  it.for(['?=x', '?=', '?limit=1&=x', '?a=b?&=c'])('is refused: %s', async (query, { expect }) => {
    const ada = await signUp('ada')
    for (const path of ['/v1/tasks', '/v1/me', '/api/auth/jwks']) {
      const answer = await ada.send('GET', `${path}${query}`)
      expect(await problemOf(answer), path).toMatchObject({ status: 400, code: 'invalid_request' })
    }
  })
})

describe('a method that a path does not have', () => {
  it('is a 405 that lists those it has, on every path', async ({ expect }) => {
    const ada = await signUp('ada')
    const paths = Map.groupBy(await operations(), ({ path }) => path)
    for (const [path, has] of paths) {
      const allowed = has.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
      const refused = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) => !allowed.includes(method))
      for (const method of refused) {
        const answer = await ada.send(method, path.replace('{id}', crypto.randomUUID()))
        expect(answer.headers.get('allow')?.split(', ').toSorted(), `${method} ${path}`).toEqual(
          allowed.toSorted(),
        )
        expect(await problemOf(answer)).toMatchObject({ status: 405, code: 'method_not_allowed' })
      }
    }
  })

  it('is no hint without a token', async ({ expect }) => {
    expect((await send('/v1/tasks', { method: 'PUT' })).status).toBe(401)
  })
})

describe('HEAD', () => {
  it('answers as GET does, without a body', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('buy milk')
    const answer = await ada.send('HEAD', `/v1/tasks/${id}`)
    expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([200, '"1"', ''])
  })
})

describe('a body', () => {
  const MAX_BYTES = 64 * 1024
  const bodyOf = (bytes: number) => JSON.stringify({ title: 'a' }).padEnd(bytes)

  it('of 64 KiB is taken, and one of a byte more is not', async ({ expect }) => {
    const ada = await signUp('ada')
    expect((await ada.send('POST', '/v1/tasks', bodyOf(MAX_BYTES))).status).toBe(201)
    const answer = await ada.send('POST', '/v1/tasks', bodyOf(MAX_BYTES + 1))
    expect(await problemOf(answer)).toMatchObject({ status: 413, code: 'payload_too_large' })
  })

  it('that goes on and on is cut off, whatever length it claims', async ({ expect }) => {
    const ada = await signUp('ada')
    for (const path of ['/v1/tasks', '/api/auth/sign-in/email']) {
      const { stream, seen } = recordedBody()
      const answer = await send(path, {
        method: 'POST',
        body: stream,
        headers: {
          Authorization: `Bearer ${ada.token}`,
          'Content-Type': 'application/json',
          'Content-Length': '9',
        },
      })
      expect(answer.status, path).toBe(413)
      expect(seen.pulledBytes, path).toBeLessThan(4 * MAX_BYTES)
    }
  })

  it.for([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/jsonp'],
    ['application/xml'],
    [''],
  ])('of the type "%s" is a 415', async ([type = ''], { expect }) => {
    const ada = await signUp('ada')
    const answer = await ada.send('POST', '/v1/tasks', new TextEncoder().encode('{"title":"a"}'), {
      'Content-Type': type,
    })
    expect(await problemOf(answer)).toMatchObject({ status: 415, code: 'unsupported_media_type' })
    expect(await ada.tasks()).toEqual([])
  })

  it.for([['application/json; charset=utf-8'], ['APPLICATION/JSON'], ['application/merge-patch+json']])(
    'of the type "%s" is JSON',
    async ([type = ''], { expect }) => {
      const ada = await signUp('ada')
      const answer = await ada.send('POST', '/v1/tasks', '{"title":"a"}', { 'Content-Type': type })
      expect(answer.status).toBe(201)
    },
  )

  it.for([['{'], ['{"title":"a"'], ['{"title":"a"}}'], ["{'title':'a'}"], ['title=a'], ['NaN']])(
    'that is not JSON is malformed: %s',
    async ([body], { expect }) => {
      const ada = await signUp('ada')
      const answer = await ada.send('POST', '/v1/tasks', body)
      expect(await problemOf(answer)).toMatchObject({ status: 400, code: 'malformed_json' })
    },
  )

  it('that is not UTF-8 is malformed', async ({ expect }) => {
    const ada = await signUp('ada')
    const body = new Uint8Array([
      ...new TextEncoder().encode('{"title":"'),
      0xff,
      ...new TextEncoder().encode('"}'),
    ])
    const answer = await ada.send('POST', '/v1/tasks', body, { 'Content-Type': 'application/json' })
    expect(await problemOf(answer)).toMatchObject({ status: 400, code: 'malformed_json' })
  })
})

describe('health', () => {
  it('is told without the database, and readiness with it', async ({ expect }) => {
    for (const path of ['/health', '/health/ready']) {
      const answer = await send(path)
      expect([answer.status, await answer.json()], path).toEqual([200, { status: 'ok' }])
    }
  })
})
