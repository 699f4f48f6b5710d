import { describe, it } from 'vitest'
import { BACKENDS, failureOf, neons, rowsOf } from './support/neons.ts'

// One session: the next call gets the one that the last has left, and none before that is clean.
const { driver, post, url } = neons({ maxSessions: 1 })

const LEAKS: [what: string, leave: string, look: string][] = [
  [
    'a setting',
    "SET application_name = 'leak'",
    "SELECT current_setting('application_name') <> 'leak' AS clean",
  ],
  [
    'a custom setting',
    "SELECT set_config('app.user_id', 'leak', false)",
    "SELECT coalesce(current_setting('app.user_id', true), '') = '' AS clean",
  ],
  [
    'a search path',
    'SET search_path = pg_catalog',
    "SELECT current_setting('search_path') = '\"$user\", public' AS clean",
  ],
  ['a time zone', "SET TIME ZONE 'Asia/Tokyo'", "SELECT current_setting('TimeZone') = 'GMT' AS clean"],
  ['a temporary table', 'CREATE TEMP TABLE leak AS SELECT 1', "SELECT to_regclass('leak') IS NULL AS clean"],
  ['a role', 'SET ROLE NONE', 'SELECT current_user = session_user AS clean'],
  [
    'a prepared statement',
    'PREPARE leak AS SELECT 1',
    "SELECT count(*) = 0 AS clean FROM pg_prepared_statements WHERE name = 'leak'",
  ],
  [
    'an advisory lock',
    'SELECT pg_advisory_lock(7)',
    "SELECT count(*) = 0 AS clean FROM pg_locks WHERE locktype = 'advisory'",
  ],
  ['a channel listened to', 'LISTEN leak', 'SELECT count(*) = 0 AS clean FROM pg_listening_channels()'],
  [
    'an open cursor',
    'DECLARE leak CURSOR WITH HOLD FOR SELECT 1',
    "SELECT count(*) = 0 AS clean FROM pg_cursors WHERE name = 'leak'",
  ],
]

/** Ways to another role that dynamic SQL or a later statement of a batch could try. */
const ESCAPES = [
  'SET SESSION AUTHORIZATION root',
  'SET SESSION AUTHORIZATION postgres',
  "SET session_authorization = 'bob'",
  'SET LOCAL SESSION AUTHORIZATION root',
  "SELECT set_config('session_authorization', 'root', false)",
  "SELECT set_config('session_auth' || 'orization', rolname, true) FROM pg_roles WHERE rolsuper",
  "DO $$ BEGIN EXECUTE 'SET SESSION ' || 'AUTHORIZATION postgres'; END $$",
  "DO $$ BEGIN EXECUTE format('SET %s = %L', 'session_authorization', 'root'); INSERT INTO secrets VALUES ('x'); END $$",
  'SET ROLE root',
  'SET ROLE bob',
  "SELECT set_config('role', 'postgres', false)",
  "UPDATE pg_authid SET rolsuper = true WHERE rolname = 'ada'",
  'ALTER ROLE ada SUPERUSER',
  'GRANT root TO ada',
  'GRANT SELECT ON secrets TO ada',
  "COPY items FROM PROGRAM 'true'",
  "SELECT pg_read_file('PG_VERSION')",
]

describe.each(BACKENDS)('sessions over %s', (backend) => {
  it.for(LEAKS)('leave %s behind for nobody', async ([, leave, look], { expect }) => {
    const sql = driver(backend)
    await sql.query(leave)
    for (let call = 0; call < 3; call += 1) expect((await sql.query(look)).rows).toEqual([{ clean: true }])
  })

  it("leave a sequence's last value behind for nobody", async ({ expect }) => {
    const sql = driver(backend)
    await sql.query('CREATE SEQUENCE leak')
    await sql.query("SELECT nextval('leak')")
    expect(await failureOf(sql.query('SELECT lastval()'))).toMatchObject({ code: '55000' })
    await sql.query('DROP SEQUENCE leak')
  })

  it('start anew after a transaction that was left open and broken', async ({ expect }) => {
    const sql = driver(backend)
    await sql.query('BEGIN')
    expect(await failureOf(sql.query('garbage-lol(&('))).toMatchObject({ code: '42601' })
    expect((await sql.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    await sql.transaction([sql`BEGIN`, sql`INSERT INTO items VALUES (20, 'batch')`])
    expect((await sql`DELETE FROM items WHERE id = 20`).rowCount).toBe(1)
  })

  it('leave no open transaction behind', async ({ expect }) => {
    const sql = driver(backend)
    await sql.query('BEGIN')
    expect(await failureOf(sql.query('SAVEPOINT s'))).toMatchObject({ code: '25P01' })
  })

  it("belong to the login's role, and to no other", async ({ expect }) => {
    const query =
      "SELECT current_user AS c, session_user AS s, current_setting('session_authorization') AS a, current_setting('is_superuser') AS su"
    for (const role of ['ada', 'bob', 'ada'] as const) {
      expect((await driver(backend, role).query(query)).rows).toEqual([
        { c: role, s: role, a: role, su: 'off' },
      ])
    }
    const root = { 'Neon-Connection-String': url(backend, 'root') }
    expect((await post(backend, { query }, root)).rows).toEqual([
      { c: 'root', s: 'root', a: 'root', su: 'on' },
    ])
    expect((await driver(backend).query(query)).rows).toMatchObject([{ s: 'ada', su: 'off' }])
  })

  it('see the rows that row-level security leaves their role', async ({ expect }) => {
    for (const role of ['ada', 'bob'] as const) {
      expect((await driver(backend, role)`SELECT body FROM notes`).rows).toEqual([{ body: `of ${role}` }])
    }
  })

  it('are refused what their role was not granted', async ({ expect }) => {
    expect(await failureOf(driver(backend)`SELECT * FROM secrets`)).toMatchObject({ code: '42501' })
    expect(await failureOf(driver(backend, 'bob')`SELECT * FROM items`)).toMatchObject({ code: '42501' })
    expect(await failureOf(driver(backend, 'bob')`CREATE TABLE mine ()`)).toMatchObject({ code: '42501' })
  })

  it.for(ESCAPES)('hold their role against %s', async (attempt, { expect }) => {
    const sql = driver(backend)
    expect(await failureOf(sql.query(attempt))).toMatchObject({ code: '42501' })
    expect(await failureOf(sql.transaction([sql.query(attempt), sql`SELECT * FROM secrets`]))).toMatchObject({
      code: '42501',
    })
  })

  it.for([
    'RESET SESSION AUTHORIZATION',
    'SET SESSION AUTHORIZATION DEFAULT',
    'SET SESSION AUTHORIZATION ada',
    'RESET ROLE',
    'RESET ALL',
    "DO $$ BEGIN EXECUTE 'RESET SESSION ' || 'AUTHORIZATION'; END $$",
  ])('stay who they are after %s', async (reset, { expect }) => {
    const sql = driver(backend)
    const results = await sql.transaction([
      sql.query(reset),
      sql`SELECT session_user AS s, current_user AS c`,
    ])
    expect(results[1]?.rows).toEqual([{ s: 'ada', c: 'ada' }])
    expect(await failureOf(sql.transaction([sql.query(reset), sql`SELECT * FROM secrets`]))).toMatchObject({
      code: '42501',
    })
  })

  it("run nobody else's functions and operators at their ends", async ({ expect }) => {
    const sql = driver(backend)
    const trap = (signature: string, result: string) =>
      sql.query(`CREATE FUNCTION public.${signature} RETURNS ${result} LANGUAGE plpgsql AS $$
        BEGIN INSERT INTO items VALUES (99, current_user); RETURN NULL; END $$`)
    await trap('unnest(text[])', 'text')
    await trap('pg_advisory_unlock_all()', 'bool')
    await trap('now()', 'timestamptz')
    await trap('same(oid, int)', 'bool')
    await sql`CREATE OPERATOR public.= (LEFTARG = oid, RIGHTARG = int, FUNCTION = same)`
    await sql`CREATE OPERATOR public.<> (LEFTARG = oid, RIGHTARG = int, FUNCTION = same)`
    await sql`SET search_path = public, pg_catalog`
    const slow = await post(
      backend,
      { query: 'SELECT 1' },
      { 'Neon-Connection-String': url(backend, 'slow') },
    )
    expect(slow.status).toBe(200)
    await sql`DROP FUNCTION public.unnest, public.pg_advisory_unlock_all, public.now, public.same CASCADE`
    expect((await sql`SELECT name FROM items WHERE id = 99`).rows).toEqual([])
  })

  it('stay who they are after a DISCARD ALL', async ({ expect }) => {
    const sql = driver(backend)
    await sql.query('DISCARD ALL')
    expect((await sql`SELECT session_user AS s`).rows).toEqual([{ s: 'ada' }])
  })

  it('let a superuser become another role for one call', async ({ expect }) => {
    const queries = ['SET SESSION AUTHORIZATION bob', 'SELECT session_user AS s'].map((query) => ({ query }))
    const root = { 'Neon-Connection-String': url(backend, 'root') }
    const { results = [] } = await post(backend, { queries }, root)
    expect(rowsOf(results)).toEqual([[], [{ s: 'bob' }]])
    const after = await post(backend, { query: 'SELECT session_user AS s' }, root)
    expect(after.rows).toEqual([{ s: 'root' }])
  })

  it("start with the role's own settings", async ({ expect }) => {
    const headers = { 'Neon-Connection-String': url(backend, 'slow') }
    const query = "SELECT current_setting('statement_timeout') AS t, current_setting('search_path') AS p"
    const slow = await post(backend, { query }, headers)
    expect(slow.rows).toEqual([{ t: '7777ms', p: 'pg_catalog, "odd schema"' }])
    expect((await driver(backend).query(query)).rows).toEqual([{ t: '0', p: '"$user", public' }])
  })
})
