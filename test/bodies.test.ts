import { beforeAll, describe, it } from 'vitest'
import { IMPORT_BODY } from '../src/import/limits.ts'
import { idsFor } from './support/attack.ts'
import { warmWorker } from './support/calls.ts'
import { type Operation, operations } from './support/openapi.ts'
import { type OwnWorker, ownWorker } from './support/own-worker.ts'
import type { Person } from './support/person.ts'
import { recordedBody } from './support/streams.ts'

const KIB = 1024
const MAX_BYTES = 64 * KIB
const MAX_ITEMS = 100
/** What operations take that take more. */
const LARGER: Record<string, { maxBytes: number; maxItems: number; tooLarge: string }> = {
  importData: IMPORT_BODY,
}
/** What streams on the way may hold in their buffers. */
const SLACK_BYTES = 16 * KIB
const BODY_DEADLINE_MS = 300
const PATIENCE_MS = 5_000

// A Request of GET cannot have a body here.
const OPERATIONS = (await operations()).filter(
  ({ path, method }) => method !== 'GET' && !path.startsWith('/health'),
)

let worker: OwnWorker
let ada: Person
beforeAll(async () => {
  const warm = await warmWorker()
  ada = warm.ada
  worker = ownWorker({ bindings: { BODY_DEADLINE_MS: String(BODY_DEADLINE_MS) } })
  await worker.as(ada).send('GET', '/v1/me')
})

/** Sends that body to the operation; the answer, the calls that it made to the database, and how long it took. */
const attempt = async (operation: Operation, body: BodyInit, headers: Record<string, string> = {}) => {
  const { path } = operation.isAuthenticated
    ? await idsFor(ada, operation)
    : { path: {} as Record<string, string> }
  const url = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => path[name] ?? '')
  const credentials = operation.isAuthenticated ? ada.token : ada.sessionToken
  const { calls, result } = await worker.counting(() =>
    worker.send(url, {
      method: operation.method,
      headers: { Authorization: `Bearer ${credentials}`, 'Content-Type': 'application/json', ...headers },
      body,
    }),
  )
  const { status, code, errors } = await result.json<{ status: number; code: string; errors?: unknown }>()
  return { status, code, errors, calls, type: result.headers.get('Content-Type') }
}

const refusal = (status: number, code: string, errors?: unknown) => ({
  status,
  code,
  errors,
  calls: 0,
  type: 'application/problem+json',
})

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
const array = (length: number) => JSON.stringify(Array(length).fill(0))

describe.for(OPERATIONS.map((operation) => [operation.operationId, operation] as const))(
  'before it asks the database, %s refuses a body',
  ([name, operation]) => {
    const { maxBytes, maxItems, tooLarge } = LARGER[name] ?? {
      maxBytes: MAX_BYTES,
      maxItems: MAX_ITEMS,
      tooLarge: undefined,
    }
    const errors = tooLarge && [{ path: '', message: tooLarge }]

    it('of 10 MB in chunks, of which it reads 64 KiB, and stops the stream', async ({ expect }) => {
      const { stream, seen } = recordedBody({ bytes: 10 * KIB * KIB })
      expect(await attempt(operation, stream)).toEqual(refusal(413, 'payload_too_large', errors))
      expect(seen.pulledBytes).toBeGreaterThan(maxBytes)
      expect(seen.pulledBytes).toBeLessThanOrEqual(maxBytes + SLACK_BYTES)
      expect(seen.cancelled).toBe(true)
    })

    it('that claims more than 64 KiB, of which it reads nothing', async ({ expect }) => {
      const { stream, seen } = recordedBody()
      const answer = await attempt(operation, stream, { 'Content-Length': String(maxBytes + 1) })
      expect(answer).toEqual(refusal(413, 'payload_too_large', errors))
      expect(seen.pulledBytes).toBeLessThanOrEqual(SLACK_BYTES)
      expect(seen.cancelled).toBe(true)
    })

    it.for([
      ['that trickles in', 20],
      ['that never comes', 60_000],
    ] as const)('%s', async ([, pauseMs], { expect }) => {
      const { stream, seen } = recordedBody({ pauseMs })
      const late = scheduler.wait(PATIENCE_MS).then(() => 'no answer long after the deadline')
      expect(await Promise.race([attempt(operation, stream), late])).toEqual(refusal(408, 'request_timeout'))
      expect(seen.pulledBytes).toBeLessThan(MAX_BYTES)
      if (pauseMs < PATIENCE_MS) expect(seen.cancelled).toBe(true)
    })

    it('that breaks off', async ({ expect }) => {
      const stream = new ReadableStream({ pull: (controller) => controller.error('cut') })
      expect(await attempt(operation, stream)).toEqual(refusal(400, 'malformed_json'))
    })

    it.for([
      [
        'nested deeper than 32',
        `{"a":${nested(32)}}`,
        `a${'.0'.repeat(31)}`,
        'must not be nested deeper than 32',
      ],
      [
        'nested as deep as 64 KiB allow',
        nested(MAX_BYTES / 2),
        Array(32).fill(0).join('.'),
        'must not be nested deeper than 32',
      ],
      [
        'with more than 100 items in an array',
        `{"a":{"b":${array(maxItems + 1)}}}`,
        'a.b',
        `must have at most ${maxItems} items`,
      ],
      ['with a name twice', '{"title":"a","b":1,"title":"b"}', 'title', 'is given twice'],
      ['with a name twice, once escaped', '{"title":"a","\\u0074itle":"b"}', 'title', 'is given twice'],
      [
        'with __proto__',
        '{"a":[{},{"__proto__":{"admin":true}}]}',
        'a.1.__proto__',
        'is not a field of this request',
      ],
    ] as const)('%s', async ([, body, path, message], { expect }) => {
      const errors = [{ path, message }]
      expect(await attempt(operation, body)).toEqual(refusal(400, 'invalid_request', errors))
    })
  },
)

describe('a body that is large, deep or long, but not too much,', () => {
  // What fits is told by the contract, not by the limits.
  it.for([
    ['as deep as 32', `{"title":"a","x":${nested(31)}}`],
    ['with 100 items in an array', `{"title":"a","x":${array(100)}}`],
    ['with brackets, commas and names in text', JSON.stringify({ title: 'a', x: '[{"a":1,'.repeat(200) })],
    ['with brackets after a quote in text', JSON.stringify({ title: 'a', x: `"${'['.repeat(40)}` })],
    ['with a name in two objects', '{"title":"a","x":{"y":{"z":1},"z":{"y":1}}}'],
    ['with escaped quotes and backslashes', '{"title":"a","x":"\\"\\\\\\\\","y\\"":"\\\\"}'],
  ] as const)('%s is read', async ([, body], { expect }) => {
    const answer = await ada.send('POST', '/v1/tasks', body)
    const { errors } = await answer.json<{ errors: { path: string; message: string }[] }>()
    for (const { message } of errors) expect(message).toBe('is not a field of this request')
    expect(errors[0]?.path).toBe('x')
  })

  it('may begin with a byte order mark, which is no part of it (RFC 8259, 8.1)', async ({ expect }) => {
    const answer = await ada.send('POST', '/v1/tasks', '\ufeff{"title":"marked"}')
    expect([answer.status, (await answer.json<{ title: string }>()).title]).toEqual([201, 'marked'])
  })

  it('may come slowly within the deadline', async ({ expect }) => {
    const bytes = new TextEncoder().encode('{"title":"slow"}')
    let at = 0
    const stream = new ReadableStream({
      async pull(controller) {
        await scheduler.wait(5)
        if (at === bytes.length) return controller.close()
        controller.enqueue(bytes.slice(at, at + 1))
        at += 1
      },
    })
    const answer = await ada.send('POST', '/v1/tasks', stream, { 'Content-Type': 'application/json' })
    expect([answer.status, (await answer.json<{ title: string }>()).title]).toEqual([201, 'slow'])
  })
})

describe('a body that nobody may send', () => {
  const FULL = { limit: async () => ({ success: false }) }

  it.for([
    ['without a token', '/v1/tasks', {}, { signedIn: false }, 401],
    ['past the limit of a user', '/v1/tasks', { DATA_LIMIT: FULL }, { signedIn: true }, 429],
    [
      'past the limit of an address',
      '/api/auth/sign-in/email',
      { AUTH_LIMIT: FULL },
      { signedIn: false },
      429,
    ],
  ] as const)('is left unread: %s', async ([, path, bindings, { signedIn }, status], { expect }) => {
    const other = ownWorker({ bindings })
    const { stream, seen } = recordedBody({ bytes: 10 * KIB * KIB })
    const headers = {
      'Content-Type': 'application/json',
      ...(signedIn && { Authorization: `Bearer ${ada.token}` }),
    }
    expect((await other.send(path, { method: 'POST', headers, body: stream })).status).toBe(status)
    expect(seen.pulledBytes).toBeLessThanOrEqual(SLACK_BYTES)
  })
})
