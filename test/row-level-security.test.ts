import { describe, it } from 'vitest'
import { asDataRole, asSignInRole, sql } from './support/database.ts'
import { type Person, signUp } from './support/person.ts'

// What the second wall holds when an attacker can run any statement as the Worker's data role.

const adaAndBob = async () => {
  const [ada, bob] = await Promise.all([signUp('ada'), signUp('bob')])
  await ada.addTask('hers')
  await bob.addTask('his')
  return [ada, bob] as const
}

const begin = async (person: Person) => {
  const [session] = await sql('select id from sessions where user_id = $1', [person.id])
  return { query: 'select edgewise.begin_request($1, $2)', params: [person.id, String(session?.id)] }
}

const statement = (query: string, ...params: string[]) => ({ query, params })

describe('a statement that forgets its owner', () => {
  it("sees the principal's rows only", async ({ expect }) => {
    const [, bob] = await adaAndBob()
    const [, rows] = await asDataRole(await begin(bob), statement('select user_id, title from tasks'))
    expect(rows).toEqual([{ user_id: bob.id, title: 'his' }])
  })

  it.for([
    ["update tasks set title = 'mine now' returning user_id"],
    ['delete from tasks returning user_id'],
    [
      "insert into tasks (user_id, id, title) select user_id, gen_random_uuid(), 'copied' from tasks returning user_id",
    ],
  ] as const)("touches the principal's rows only: %s", async ([query], { expect }) => {
    const [ada, bob] = await adaAndBob()
    const [, rows] = await asDataRole(await begin(bob), statement(query))
    expect(rows).toEqual([{ user_id: bob.id }])
    expect(await ada.tasks()).toMatchObject([{ title: 'hers', version: 1 }])
  })

  it("cannot add a row to someone else's", async ({ expect }) => {
    const [ada, bob] = await adaAndBob()
    const insert = statement(
      "insert into tasks (user_id, id, title) values ($1, gen_random_uuid(), 'planted')",
      ada.id,
    )
    await expect(asDataRole(await begin(bob), insert)).rejects.toMatchObject({ code: '42501' })
  })

  it('cannot give a row away', async ({ expect }) => {
    const [ada, bob] = await adaAndBob()
    const give = statement('update tasks set user_id = $1', ada.id)
    await expect(asDataRole(await begin(bob), give)).rejects.toMatchObject({ code: '42501' })
  })

  it('sees nothing without a principal', async ({ expect }) => {
    await adaAndBob()
    expect(await asDataRole(statement('select * from tasks'))).toEqual([[]])
  })
})

describe('a forged principal', () => {
  it.for([
    ['as a bare id', (id: string) => id],
    ['with an empty seal', (id: string) => `${id}:`],
    ['with a seal of blanks', (id: string) => `${id}:${' '.repeat(64)}`],
    ['with a made-up seal', (id: string) => `${id}:${'0'.repeat(64)}`],
  ] as const)('opens nothing %s', async ([, forge], { expect }) => {
    const [ada, bob] = await adaAndBob()
    const [, , rows] = await asDataRole(
      await begin(bob),
      statement("select set_config('app.principal', $1, true)", forge(ada.id)),
      statement('select * from tasks'),
    )
    expect(rows).toEqual([])
  })

  it("opens nothing with one's own seal on another's id", async ({ expect }) => {
    const [ada, bob] = await adaAndBob()
    const [, , rows] = await asDataRole(
      await begin(bob),
      statement(
        "select set_config('app.principal', $1 || substr(current_setting('app.principal'), 37), true)",
        ada.id,
      ),
      statement('select * from tasks'),
    )
    expect(rows).toEqual([])
  })

  it('opens nothing with a seal of an earlier transaction', async ({ expect }) => {
    const [ada, bob] = await adaAndBob()
    const [, [kept] = []] = await asDataRole(
      await begin(ada),
      statement("select current_setting('app.principal') as principal"),
    )
    const [, , rows] = await asDataRole(
      await begin(bob),
      statement("select set_config('app.principal', $1, true)", String(kept?.principal)),
      statement('select * from tasks'),
    )
    expect(rows).toEqual([])
  })

  it('opens nothing with a seal that is made without the secret', async ({ expect }) => {
    const [ada, bob] = await adaAndBob()
    const hash =
      "sha256(convert_to($1::text, 'UTF8') || int4send(pg_backend_pid()) || timestamptz_send(now()))"
    const [, , rows] = await asDataRole(
      await begin(bob),
      statement(
        `select set_config('app.principal', $1::text || ':' || encode(${hash}, 'hex'), true)`,
        ada.id,
      ),
      statement('select * from tasks'),
    )
    expect(rows).toEqual([])
  })

  it("does not open with another's session", async ({ expect }) => {
    const [ada, bob] = await adaAndBob()
    const { params } = await begin(bob)
    const opening = statement('select edgewise.begin_request($1, $2)', ada.id, String(params[1]))
    await expect(asDataRole(opening)).rejects.toMatchObject({ code: '28000' })
  })
})

describe('the data role', () => {
  it.for([
    'select * from users',
    'select * from sessions',
    'select * from accounts',
    'select * from verifications',
    'select private_key from jwks',
    'select * from jwks',
    'select * from edgewise.seal_secret',
    "select edgewise.seal('guess', '00000000-0000-0000-0000-000000000000')",
    "update jwks set public_key = ''",
    'truncate tasks',
    'update tasks set user_id = user_id',
    'update tasks set id = id',
    'update tasks set created_at = created_at',
    'update tasks set version = version',
    'update tasks set updated_at = updated_at',
    'update tasks set changed_in = changed_in',
    'select * from edgewise.answers',
    'select * from edgewise.writers',
    'select * from edgewise.tombstones',
    'select edgewise.write_of(gen_random_uuid())',
    'select edgewise.purge_due_tasks(1)',
    'select edgewise.purge_due_lists(1)',
    'select edgewise.purge_due_labels(1)',
    'select edgewise.forget_tombstones(1)',
    'select edgewise.forget_answers(1)',
    'select edgewise.take_free_turn(gen_random_uuid())',
    'create temporary table loot ()',
    'create table loot ()',
    'alter table tasks disable row level security',
    'drop policy tasks_own_rows on tasks',
    'set role postgres',
    'set role edgewise_auth',
  ])('may not: %s', async (query, { expect }) => {
    await expect(asDataRole(statement(query))).rejects.toMatchObject({ code: '42501' })
  })

  it("reads of a profile the principal's own", async ({ expect }) => {
    const [, bob] = await adaAndBob()
    const [, rows] = await asDataRole(await begin(bob), statement('select id from edgewise.my_profile()'))
    expect(rows).toEqual([{ id: bob.id }])
  })
})

describe('the sign-in role', () => {
  it.for([
    'select * from tasks',
    'delete from tasks',
    'update users set id = id',
    'update users set disabled_at = null',
    'truncate users',
    'select edgewise.begin_request(gen_random_uuid(), gen_random_uuid())',
    'select edgewise.take_free_turn(gen_random_uuid())',
    'select edgewise.write_of(gen_random_uuid())',
    'select * from edgewise.tombstones',
    'select * from edgewise.answers',
    'select * from edgewise.seal_secret',
    'create table loot ()',
    'create temporary table loot ()',
    'set role postgres',
    'set role edgewise_api',
  ])('may not: %s', async (query, { expect }) => {
    await expect(asSignInRole(statement(query))).rejects.toMatchObject({ code: '42501' })
  })
})

describe('a function', () => {
  it('with the rights of the owner finds nothing but what it names in full', async ({ expect }) => {
    const paths = await sql(
      `select proconfig::text as set from pg_proc
       where prosecdef and pronamespace in ('public'::regnamespace, 'edgewise'::regnamespace)`,
    )
    expect(paths.length).toBeGreaterThanOrEqual(3)
    for (const { set } of paths) expect(set).toBe('{"search_path=pg_catalog, pg_temp"}')
  })

  it('of Edgewise is open to those alone who were granted it', async ({ expect }) => {
    const open = await sql(
      `select oid::regprocedure::text as name from pg_proc
       where pronamespace = 'edgewise'::regnamespace and has_function_privilege('public', oid, 'execute')`,
    )
    expect(open).toEqual([])
  })

  it('that seals has a secret of 48 bytes, which differ', async ({ expect }) => {
    const [secret] = await sql("select encode(value, 'hex') as hex from edgewise.seal_secret")
    const thirds = String(secret?.hex).match(/.{32}/g) ?? []
    expect([thirds.length, new Set(thirds).size]).toEqual([3, 3])
  })
})

describe('a row', () => {
  it("is walled off from the tables' owner too", async ({ expect }) => {
    expect(
      await sql('select relname from pg_class where relrowsecurity and not relforcerowsecurity'),
    ).toEqual([])
    expect(await sql('select relname from pg_class where relforcerowsecurity')).not.toEqual([])
  })

  it.for([
    ['without a title', "title = ''"],
    ['with a title of 501 characters', "title = repeat('é', 501)"],
    ['with notes of 16,385 characters', "notes = repeat('é', 16385)"],
    ['with a priority below none', 'priority = -1'],
    ['with a priority above the highest', 'priority = 4'],
    ['due at a time of no day', "due_date = null, due_time = '09:00'"],
    [
      'due in a place at no time',
      "due_date = '2026-12-01', due_time = null, due_time_zone = 'Europe/Berlin'",
    ],
  ] as const)('of a task is refused by the database itself %s', async ([, change], { expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('hers')
    const update = sql(`update tasks set ${change} where user_id = $1 and id = $2`, [ada.id, id])
    await expect(update).rejects.toMatchObject({ code: '23514' })
  })

  it.for([
    ['an address', 'users', "gen_random_uuid() as id, 'Eve' as name"],
    ['a session token', 'sessions', 'gen_random_uuid() as id'],
    ['a way to sign in', 'accounts', 'gen_random_uuid() as id'],
  ] as const)('may not share %s with another', async ([, table, another], { expect }) => {
    const ada = await signUp('ada')
    const owner = table === 'users' ? 'id' : 'user_id'
    const copy = sql(
      `insert into ${table}
       select (jsonb_populate_record(${table}, to_jsonb(new))).* from ${table}, lateral (select ${another}) new
       where ${table}.${owner} = $1`,
      [ada.id],
    )
    await expect(copy).rejects.toMatchObject({ code: '23505' })
  })
})
