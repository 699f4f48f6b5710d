import { describe, it } from 'vitest'
import { BACKENDS, failureOf, neons, rowsOf } from './support/neons.ts'

const { driver, post } = neons()

describe.each(BACKENDS)('batches over %s', (backend) => {
  it('answers each statement in order', async ({ expect }) => {
    const sql = driver(backend)
    const results = await sql.transaction([
      sql`SELECT ${1}::int AS a`,
      sql`SELECT ${'x'} AS b`,
      sql`SHOW is_superuser`,
    ])
    expect(rowsOf(results)).toEqual([[{ a: 1 }], [{ b: 'x' }], [{ is_superuser: 'off' }]])
  })

  it('answers an empty batch', async ({ expect }) => {
    expect(await driver(backend).transaction([])).toEqual([])
  })

  it('runs in one transaction', async ({ expect }) => {
    const sql = driver(backend)
    const look = sql`SELECT pg_current_xact_id()::text AS id, now()::text AS at`
    const [first, second] = rowsOf(await sql.transaction([look, look]))
    expect(first).toEqual(second)
  })

  it('keeps settings that are local to the transaction until its end', async ({ expect }) => {
    const sql = driver(backend)
    const results = await sql.transaction([
      sql`SELECT set_config('app.user_id', 'u1', true)`,
      sql`SELECT current_setting('app.user_id') AS who`,
    ])
    const [, rows] = rowsOf(results)
    expect(rows).toEqual([{ who: 'u1' }])
    const later = await sql`SELECT current_setting('app.user_id', true) AS who`
    expect(['', null]).toContain(later.rows[0]?.who)
  })

  it('keeps nothing when a statement fails, and runs none after it', async ({ expect }) => {
    const sql = driver(backend)
    await sql`CREATE SEQUENCE steps`
    const failing = sql.transaction([
      sql`INSERT INTO items VALUES (10, 'first')`,
      sql`SELECT 1 / 0`,
      sql`SELECT nextval('steps')`,
    ])
    expect(await failureOf(failing)).toMatchObject({ code: '22012' })
    expect((await sql`SELECT FROM items WHERE id = 10`).rowCount).toBe(0)
    expect((await sql`SELECT nextval('steps')::int AS next`).rows).toEqual([{ next: 1 }])
    await sql`DROP SEQUENCE steps`
  })

  it('reports what fails only at the commit, and keeps nothing', async ({ expect }) => {
    const sql = driver(backend)
    const failing = sql.transaction([sql`INSERT INTO tags VALUES (404, 'orphan')`, sql`SELECT 1`])
    expect(await failureOf(failing)).toMatchObject({
      code: '23503',
      constraint: 'tags_item_fkey',
      table: 'tags',
    })
    expect((await sql`SELECT FROM tags`).rowCount).toBe(0)
  })

  it('stops at a failure even when a later statement would end the transaction', async ({ expect }) => {
    const sql = driver(backend)
    const failing = sql.transaction([
      sql`SELECT 1 / 0`,
      sql`ROLLBACK`,
      sql`INSERT INTO items VALUES (11, 'late')`,
    ])
    expect(await failureOf(failing)).toMatchObject({ code: '22012' })
    expect((await sql`SELECT FROM items WHERE id = 11`).rowCount).toBe(0)
  })

  it('keeps what a statement of the batch committed itself, and each statement after that', async ({
    expect,
  }) => {
    const sql = driver(backend)
    const failing = sql.transaction([
      sql`INSERT INTO items VALUES (12, 'kept')`,
      sql`/* mine */ COMMIT`,
      sql`INSERT INTO items VALUES (13, 'kept too')`,
      sql`SELECT 1 / 0`,
    ])
    expect(await failureOf(failing)).toMatchObject({ code: '22012' })
    expect((await sql`DELETE FROM items WHERE id IN (12, 13)`).rowCount).toBe(2)
  })

  it.for([
    ['ReadUncommitted', 'read uncommitted'],
    ['ReadCommitted', 'read committed'],
    ['RepeatableRead', 'repeatable read'],
    ['Serializable', 'serializable'],
  ] as const)('runs at the isolation level %s', async ([isolationLevel, level], { expect }) => {
    const sql = driver(backend)
    const [rows] = rowsOf(await sql.transaction([sql`SHOW transaction_isolation`], { isolationLevel }))
    expect(rows).toEqual([{ transaction_isolation: level }])
  })

  it('writes nothing in a read-only batch', async ({ expect }) => {
    const sql = driver(backend)
    const writing = sql.transaction([sql`INSERT INTO items VALUES (14, 'no')`], { readOnly: true })
    expect(await failureOf(writing)).toMatchObject({ code: '25006' })
  })

  it('is deferrable when asked', async ({ expect }) => {
    const sql = driver(backend)
    const options = { isolationLevel: 'Serializable', readOnly: true, deferrable: true } as const
    const [rows] = rowsOf(await sql.transaction([sql`SHOW transaction_deferrable`], options))
    expect(rows).toEqual([{ transaction_deferrable: 'on' }])
  })

  it('is neither read-only nor deferrable unless the header is exactly true', async ({ expect }) => {
    const queries = ['transaction_read_only', 'transaction_deferrable'].map((name) => ({
      query: `SHOW ${name}`,
    }))
    const headers = { 'Neon-Batch-Read-Only': 'TRUE', 'Neon-Batch-Deferrable': '1' }
    const response = await post(backend, { queries }, headers)
    const { results } = response
    expect(results).toMatchObject([
      { rows: [{ transaction_read_only: 'off' }] },
      { rows: [{ transaction_deferrable: 'off' }] },
    ])
    expect(response.headers.has('Neon-Batch-Read-Only')).toBe(false)
    expect(response.headers.has('Neon-Batch-Deferrable')).toBe(false)
  })

  it('repeats the transaction headers that counted', async ({ expect }) => {
    const headers = {
      'Neon-Batch-Isolation-Level': 'Serializable',
      'Neon-Batch-Read-Only': 'true',
      'Neon-Batch-Deferrable': 'true',
    }
    const response = await post(backend, { queries: [{ query: 'SELECT 1' }] }, headers)
    for (const [name, value] of Object.entries(headers)) expect(response.headers.get(name)).toBe(value)
    const single = await post(backend, { query: 'SELECT 1' }, headers)
    expect(single.headers.has('Neon-Batch-Read-Only')).toBe(false)
  })

  it('ignores the transaction headers for a statement by itself', async ({ expect }) => {
    const headers = { 'Neon-Batch-Isolation-Level': 'Serializable', 'Neon-Batch-Read-Only': 'true' }
    const response = await post(
      backend,
      { query: "SELECT current_setting('transaction_read_only') AS ro" },
      headers,
    )
    expect(response.rows).toEqual([{ ro: 'off' }])
  })

  it('refuses an unknown isolation level, also for a statement by itself', async ({ expect }) => {
    for (const level of ['serializable', 'Snapshot', '']) {
      const response = await post(backend, { query: 'SELECT 1' }, { 'Neon-Batch-Isolation-Level': level })
      expect(response.status).toBe(400)
      expect(response).toMatchObject({ message: 'invalid isolation level', code: '' })
    }
  })

  it('keeps nothing of a batch whose answer is too large', async ({ expect }) => {
    const queries = [
      { query: "INSERT INTO items VALUES (15, 'lost')" },
      { query: "SELECT repeat('x', 1000000) FROM generate_series(1, 12)" },
    ]
    const response = await post(backend, { queries })
    expect(response.status).toBe(507)
    expect((await driver(backend)`SELECT FROM items WHERE id = 15`).rowCount).toBe(0)
  })

  it('is by itself, however many come at once', async ({ expect }) => {
    const sql = driver(backend)
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) =>
        sql.transaction([
          sql`SELECT set_config('app.n', ${String(i)}, true)`,
          sql`SELECT current_setting('app.n') AS n`,
        ]),
      ),
    )
    expect(answers.map((results) => rowsOf(results)[1])).toEqual(
      Array.from({ length: 100 }, (_, i) => [{ n: String(i) }]),
    )
  })
})
