import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { neon } from '@neondatabase/serverless'
import pg from 'pg'
import { describe, it } from 'vitest'
import { startNeon } from '../../local/neon-process.ts'
import { BACKENDS, failureOf, neons } from './support/neons.ts'

const { driver, directly, post, url, origin, server } = neons()

const MIB = 1024 * 1024

/** Waits until `look` is true, and gives up after a few seconds. */
const eventually = async (look: () => Promise<boolean>) => {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await look()) return true
    await sleep(30)
  }
  return false
}

describe.each(BACKENDS)('HTTP over %s', (backend) => {
  it('allows browsers everywhere', async ({ expect }) => {
    const preflight = await fetch(`${origin(backend)}/sql`, { method: 'OPTIONS' })
    expect(preflight.status).toBe(200)
    expect(await preflight.text()).toBe('')
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      allow: 'OPTIONS, POST',
      'access-control-allow-origin': '*',
      'access-control-allow-headers': expect.stringContaining('Neon-Connection-String'),
      'access-control-max-age': '86400',
    })
    for (const query of ['SELECT 1', 'SELECT 1 / 0']) {
      const response = await post(backend, { query })
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(response.headers.get('content-type')).toBe('application/json')
    }
  })

  it.for([
    ['GET', '/sql'],
    ['PUT', '/sql'],
    ['POST', '/'],
    ['POST', '/sql/'],
    ['OPTIONS', '/v2'],
  ] as const)('answers %s %s with 400', async ([method, path], { expect }) => {
    const response = await fetch(origin(backend) + path, { method })
    expect(response.status).toBe(400)
    expect(await response.json()).toBe('query is not supported')
  })

  it.for([
    ['no connection string', undefined, 'invalid header: neon-connection-string'],
    ['no URL', 'nonsense', 'invalid connection string: relative URL without a base'],
    ['another scheme', 'mysql://ada:ada@localhost/postgres', 'incorrect scheme'],
    ['no database', 'postgres://ada:ada@localhost', 'missing database name'],
    ['no user', 'postgres://:ada@localhost/postgres', 'missing username'],
    [
      'no password',
      'postgres://ada@localhost/postgres',
      'missing authentication credentials: required password',
    ],
    ['an address for a host', 'postgres://ada:ada@[::1]/postgres', 'missing hostname'],
  ] as const)('refuses a connection string with %s', async ([, connectionString, message], { expect }) => {
    const headers: Record<string, string> = connectionString
      ? { 'Neon-Connection-String': connectionString }
      : {}
    const response = await fetch(`${origin(backend)}/sql`, {
      method: 'POST',
      headers,
      body: '{"query":"SELECT 1"}',
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ message, code: '', detail: null })
  })

  it('takes postgresql:// and any query parameters, which mean nothing', async ({ expect }) => {
    const string = `${url(backend)}?sslmode=require&application_name=x&options=-c%20TimeZone%3DAsia/Tokyo`
    const headers = { 'Neon-Connection-String': string.replace('postgres:', 'postgresql:') }
    const response = await post(backend, { query: 'SHOW TimeZone' }, headers)
    expect(response.rows).toEqual([{ TimeZone: 'GMT' }])
  })

  it('refuses an Authorization header, for which there are no keys', async ({ expect }) => {
    const response = await post(backend, { query: 'SELECT 1' }, { Authorization: 'Bearer x' })
    expect(response.status).toBe(400)
  })

  it.for([
    '',
    'nonsense',
    '[]',
    '{}',
    '{"query":1}',
    '{"query":"SELECT 1","params":{}}',
    '{"queries":[{"query":"SELECT 1"},{}]}',
    '{"query":"SELECT 1","arrayMode":"yes"}',
  ])('refuses the body %j', async (body, { expect }) => {
    const response = await post(backend, body)
    expect(response.status).toBe(400)
    expect(response.message).toMatch(/^could not parse the HTTP request body: /)
  })

  it('takes a request of 10 MiB and none larger', async ({ expect }) => {
    const frame = JSON.stringify({ query: 'SELECT length($1) AS length', params: [''] })
    const body = (size: number) => frame.replace('""', `"${'x'.repeat(size - frame.length)}"`)
    const largest = await post(backend, body(10 * MIB))
    expect(largest).toMatchObject({ rows: [{ length: 10 * MIB - frame.length }] })
    const larger = await post(backend, body(10 * MIB + 1))
    expect(larger.status).toBe(413)
    expect(larger).toMatchObject({
      message: 'request is too large (max is 10485760 bytes)',
      code: '',
    })
  })

  it('gives an answer of up to 10 MiB and none larger, and lives on', async ({ expect }) => {
    const query = "SELECT repeat('x', 1024 * 1024 - 100) AS x FROM generate_series(1, $1::int)"
    const large = await post(backend, { query, params: [10] })
    expect(large.rowCount).toBe(10)
    const larger = await post(backend, { query, params: [20] })
    expect(larger.status).toBe(507)
    expect(larger).toMatchObject({
      message: 'response is too large (max is 10485760 bytes)',
      code: '',
    })
    expect((await post(backend, { query: 'SELECT 1' })).status).toBe(200)
  })

  it('skips a call whose client left before its turn', async ({ expect }) => {
    const sql = driver(backend)
    await sql`INSERT INTO items VALUES (30, 'locked')`
    // PGlite has one session and Postgres a lock: either way the second call waits for the first.
    const first = sql.transaction([
      sql`UPDATE items SET name = 'first' WHERE id = 30`,
      sql`SELECT pg_sleep(0.5)`,
    ])
    await sleep(100)
    const second = sql.query("UPDATE items SET name = 'second' WHERE id = 30", [], {
      fetchOptions: { signal: AbortSignal.timeout(100) },
    })
    expect(await failureOf(second)).toMatchObject({ message: expect.stringMatching(/abort|timeout/) })
    await first
    await sleep(50)
    expect((await sql`DELETE FROM items WHERE id = 30 RETURNING name`).rows).toEqual([{ name: 'first' }])
  })

  it('answers requests that share a connection one after the other', async ({ expect }) => {
    const bodies = await new Promise<string>((resolve, reject) => {
      const { port } = new URL(origin(backend))
      const ask = (n: number) => {
        const body = `{"query":"SELECT ${n} AS n"}`
        return `POST /sql HTTP/1.1\r\nHost: localhost\r\nNeon-Connection-String: ${url(backend)}\r\nContent-Length: ${body.length}\r\n${n === 2 ? 'Connection: close\r\n' : ''}\r\n${body}`
      }
      const upgrade = request({ port, host: '127.0.0.1' })
      upgrade.on('error', reject)
      upgrade.on('socket', (socket) => {
        let received = ''
        socket.on('connect', () => socket.write(ask(1) + ask(2)))
        socket.on('data', (chunk: Buffer) => {
          received += chunk
        })
        socket.on('close', () => resolve(received))
      })
    })
    expect([...bodies.matchAll(/"rows":(\[.*?\])/g)].map(([, rows]) => rows)).toEqual([
      '[{"n":1}]',
      '[{"n":2}]',
    ])
  })
})

describe('a client that goes away from Postgres', () => {
  const running = () =>
    directly('ada', async (client) => {
      const { rows } = await client.query(
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()",
      )
      return rows[0].n === 1
    })

  it.for(['single', 'batch'])('cancels its %s, of which nothing remains', async (kind, { expect }) => {
    const sql = driver('postgres')
    const leaving = new AbortController()
    const fetchOptions = { signal: leaving.signal }
    const slow = sql.query("WITH w AS (SELECT pg_sleep(60)) INSERT INTO items SELECT 40, 'late' FROM w", [], {
      fetchOptions,
    })
    const call =
      kind === 'single'
        ? slow
        : sql.transaction([sql`INSERT INTO items VALUES (41, 'early')`, slow], { fetchOptions })
    const failed = failureOf(call)
    expect(await eventually(running)).toBe(true)
    leaving.abort()
    await failed
    expect(await eventually(async () => !(await running()))).toBe(true)
    expect((await sql`SELECT FROM items WHERE id IN (40, 41)`).rowCount).toBe(0)
  })
})

describe('a Postgres that goes away', () => {
  const asSuperuser = async (query: string) => {
    const client = new pg.Client(server().url)
    await client.connect()
    try {
      return (await client.query(query)).rows
    } finally {
      await client.end()
    }
  }

  it('is told by its own words when a call was running, and forgotten by the next', async ({ expect }) => {
    const failed = failureOf(driver('postgres', 'bob')`SELECT pg_sleep(60)`)
    const terminate =
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'bob' AND state = 'active'"
    expect(await eventually(async () => (await asSuperuser(terminate)).length > 0)).toBe(true)
    expect(await failed).toMatchObject({ code: '57P01', severity: 'FATAL' })
    expect((await driver('postgres', 'bob')`SELECT 1 AS one`).rows).toEqual([{ one: 1 }])
  })

  it('is found again after a restart', async ({ expect }) => {
    await driver('postgres')`SELECT 1`
    await server().restart()
    const again = async () => (await post('postgres', { query: 'SELECT 1' })).status === 200
    expect(await eventually(again)).toBe(true)
  })
})

describe('more callers than sessions', () => {
  it('wait their turn, whoever they are', async ({ expect }) => {
    const local = await startNeon({ postgresUrl: server().url, maxSessions: 3 })
    const as = (role: string) => neon(`postgres://${role}:${role}@localhost:${local.port}/postgres`)
    const ask = (role: string) => as(role)`SELECT current_user AS who, pg_sleep(0.02)::text`
    const roles = Array.from({ length: 24 }, (_, i) => (i % 2 ? 'ada' : 'bob'))
    const answers = await Promise.all(roles.map(ask))
    await local.stop()
    expect(answers.map(([row]) => row?.who)).toEqual(roles)
  })
})
