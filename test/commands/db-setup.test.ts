import { neon, neonConfig } from '@neondatabase/serverless'
import pg from 'pg'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { RolePasswords } from '../../local/database.ts'
import { startNeon } from '../../local/neon-process.ts'
import { type Fact, intendedFacts } from '../../local/setup/facts.ts'
import { readOwnerUrl } from '../../local/setup/owner-url.ts'
import { probeWalls } from '../../local/setup/probe.ts'
import { assertAsIntended, assertNoBreaches } from '../../local/setup/walls.ts'
import { ALTERATIONS, BREACHES, HOLES } from './support/sabotage.ts'
import { cluster, OWNER_PASSWORD, runSetup, secretsIn } from './support/setup-cluster.ts'

neonConfig.fetchEndpoint = (host, port) => `http://${host}:${port}/sql`

const { start, stop, server, superuser, createDatabase, asOwner, as } = cluster()

beforeAll(start)
afterAll(stop)

const mayLogIn = (database: string, user: string, password: string) =>
  as(database, user, password, async () => true).catch((error: unknown) => {
    if (error instanceof pg.DatabaseError && error.code === '28P01') return false
    throw error
  })

const failureOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  )

/** A copy of the database `edge`, with that done to it. */
const sabotaged = async (sql: string) => {
  copies += 1
  const name = `copy_${copies}`
  const url = await createDatabase(name, 'edge')
  await superuser(sql, name)
  return { name, url }
}
let copies = 0

/** The others are looked for without starting the command each time. */
const BREACHES_BY_COMMAND = 4

describe('npm run db:setup', () => {
  it.for([
    ['nothing', [], 'OWNER_DATABASE_URL is not set; --help says how to give it.'],
    ['another kind of URL', ['mysql://a:b@c/d'], 'That is no Postgres connection string'],
    ['a URL without a password', ['postgres://a@localhost/d'], 'That is no Postgres connection string'],
    ['two arguments', ['postgres://a:b@localhost/d', 'x'], 'One argument is enough'],
    ['an unknown host', ['postgres://a:b@nowhere.invalid/d'], 'The host nowhere.invalid cannot be found.'],
    ['a dead port', ['postgres://a:b@localhost:1/d'], 'Nothing answers at localhost, port 1 (ECONNREFUSED).'],
  ] as const)('refuses %s with a sentence', async ([, args, sentence], { expect }) => {
    const { code, stdout, stderr } = await runSetup([...args])
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^[^\n]+\n$/)
    expect(stderr).toContain(sentence)
  })

  it('explains itself, and that arguments stay in the shell history', async ({ expect }) => {
    const { code, stdout } = await runSetup(['--help'])
    expect(code).toBe(0)
    expect(stdout).toContain("stays in the shell's history")
  })

  it("uses Neon's direct host in place of the pooled one", async ({ expect }) => {
    const { code, stdout, stderr } = await runSetup(['postgres://a:b@ep-a-1-pooler.eu.nowhere.invalid/d'])
    expect(code).toBe(1)
    expect(stdout).toContain('-pooler is left out: ep-a-1.eu.nowhere.invalid\n')
    expect(stderr).toBe('The host ep-a-1.eu.nowhere.invalid cannot be found.\n')
  })

  it('sends nothing over a connection without TLS, whatever sslmode says', async ({ expect }) => {
    // 127.1 is 127.0.0.1, but not one of the names that are taken to be this machine.
    const url = `${server().url.replace('127.0.0.1', '127.1')}?sslmode=disable`
    const { code, stderr } = await runSetup([url])
    expect(code).toBe(1)
    expect(stderr).toBe('127.1 offers no TLS, without which nothing is sent.\n')
  })

  it("keeps Neon's host and what its driver accepts, never less than sslmode=require", ({ expect }) => {
    const printed = (url: string) =>
      readOwnerUrl(url).address.urlFor({ user: 'edgewise_api', password: 'secret' })
    const place = 'ep-a-1.eu.aws.neon.tech/neondb'
    const query = 'sslmode=require&channel_binding=require&options=project%3Dep-a-1'
    expect(printed(`postgres://o:p@${place}`)).toBe(
      `postgresql://edgewise_api:secret@${place}?sslmode=require`,
    )
    expect(printed(`postgresql://o:p@${place}?${query}&user=x`)).toBe(
      `postgresql://edgewise_api:secret@${place}?${query}`,
    )
    expect(printed(`postgresql://o:p@${place}?sslmode=disable&options='`)).toBe(
      `postgresql://edgewise_api:secret@${place}?sslmode=require&options=%27`,
    )
    expect(printed(`postgresql://o:p@${place.replace('-1.', '-1-pooler.')}`)).toContain(`@${place}?`)
  })

  it('refuses a wrong password, an absent database, and roles that will not do', async ({ expect }) => {
    const url = await createDatabase('refusals')
    const attempt = async (changed: string) => (await runSetup([changed])).stderr
    expect(await attempt(url.replace(/:[^:@]+@/, ':wrong@'))).toBe(
      '127.0.0.1 does not accept the password of owner.\n',
    )
    expect(await attempt(url.replace(/refusals$/, 'absent'))).toBe(
      '127.0.0.1 has no database named absent.\n',
    )
    await superuser(`create role nobody login password 'nothing-secret'`)
    expect(await attempt(url.replace(/owner:[^:@]+@/, 'nobody:nothing-secret@'))).toBe(
      'nobody may not create roles; use the role that owns the database.\n',
    )
  })

  it('refuses a Postgres that is too old', async ({ expect }) => {
    const url = await createDatabase('old')
    await superuser(
      `create schema shadow;
       create function shadow.current_setting(text) returns text return '140011';
       grant usage on schema shadow to owner;
       alter role owner in database old set search_path = shadow, pg_catalog`,
      'old',
    )
    expect((await runSetup([url])).stderr).toBe(
      '127.0.0.1 runs Postgres 140011; Edgewise needs 15 or later.\n',
    )
  })

  it('refuses a role that was made in the Neon console, and says how to drop it', async ({ expect }) => {
    const url = await createDatabase('console')
    await superuser('create role edgewise_api login bypassrls createdb in role neon_superuser')
    const { code, stdout, stderr } = await runSetup([url])
    await superuser('drop role edgewise_api')
    expect(code).toBe(1)
    expect(stderr).toContain('edgewise_api has BYPASSRLS, CREATEDB and is a member of neon_superuser.')
    expect(stderr).toContain('DROP ROLE edgewise_api')
    expect(stdout).not.toContain('migrations')
  })
})

describe('a database that was set up', () => {
  let url = ''
  let first = { code: -1, stdout: '', stderr: '' }
  let passwords: RolePasswords
  let intended: Fact[]

  beforeAll(async () => {
    url = await createDatabase('edge')
    first = await runSetup([], url)
    passwords = secretsIn(first.stdout).passwords
    intended = await intendedFacts()
  })

  it('says what was done, and shows secrets only in the lines to paste', ({ expect }) => {
    expect(first.stderr).toBe('')
    expect(first.code).toBe(0)
    const { urls } = secretsIn(first.stdout)
    for (const role of ['edgewise_api', 'edgewise_auth'] as const) {
      expect(urls[role]).toMatch(new RegExp(`^postgresql://${role}:[\\w-]{43}@127\\.0\\.0\\.1:\\d+/edge$`))
      expect(first.stdout.split(passwords[role])).toHaveLength(2)
    }
    expect(passwords.edgewise_api).not.toBe(passwords.edgewise_auth)
    expect(first.stdout).not.toContain(OWNER_PASSWORD)
    expect(first.stdout).toContain('openssl rand -base64 32 | npx wrangler secret put BETTER_AUTH_SECRET\n')
    expect(first.stdout).toMatch(/Connected to edge at 127\.0\.0\.1 as owner \(Postgres \d+\.\d+\)\.\n/)
  })

  it('answers the printed connection strings over the Neon driver, as those roles', async ({ expect }) => {
    const local = await startNeon({ postgresUrl: server().url })
    try {
      for (const [role, printed] of Object.entries(secretsIn(first.stdout).urls)) {
        const sql = neon(printed.replace(/@[^/]+/, `@localhost:${local.port}`))
        expect(await sql`select current_user, current_setting('statement_timeout') as timeout`).toEqual([
          { current_user: role, timeout: '1min' },
        ])
      }
    } finally {
      await local.stop()
    }
  })

  it('keeps the data and changes the passwords when two more runs meet', async ({ expect }) => {
    const [userId, sessionId, taskId] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
    await asOwner('edge', async (owner) => {
      expect((await owner.query('select from users')).rowCount).toBe(0)
      await owner.query(
        `insert into users (id, name, email) values
         ($1, 'Ada', 'ada@example.com'), (gen_random_uuid(), 'left by a crash', 'x@rls-probe.invalid')`,
        [userId],
      )
      await owner.query(
        `insert into sessions (id, user_id, token, expires_at) values ($1, $2, 'x', now() + interval '1 day')`,
        [sessionId, userId],
      )
    })
    await as('edge', 'edgewise_api', passwords.edgewise_api, async (api) => {
      await api.query('begin')
      await api.query('select edgewise.begin_request($1, $2)', [userId, sessionId])
      await api.query(`insert into tasks (user_id, id, title) values ($1, $2, 'stay')`, [userId, taskId])
      await api.query('commit')
    })
    const tasks = async () => (await superuser('select title from tasks', 'edge')).rows
    expect(await tasks()).toEqual([{ title: 'stay' }])

    const [one, other] = await Promise.all([runSetup([], url), runSetup([url])])
    expect([one.code, other.code, one.stderr, other.stderr]).toEqual([0, 0, '', ''])
    expect(await tasks()).toEqual([{ title: 'stay' }])
    expect((await superuser('select name from users', 'edge')).rows).toEqual([{ name: 'Ada' }])
    const former = passwords
    for (const { stdout } of [one, other]) {
      const renewed = secretsIn(stdout).passwords
      if (await mayLogIn('edge', 'edgewise_api', renewed.edgewise_api)) passwords = renewed
    }
    for (const role of ['edgewise_api', 'edgewise_auth'] as const) {
      expect(await mayLogIn('edge', role, former[role])).toBe(false)
      expect(await mayLogIn('edge', role, passwords[role])).toBe(true)
    }

    await asOwner('edge', (owner) => owner.query('delete from users where id = $1', [userId]))
    expect(await tasks()).toEqual([])
  })

  it.for(BREACHES.slice(0, BREACHES_BY_COMMAND))(
    'is not accepted with %s',
    async ([, sql, sentence], { expect }) => {
      const copy = await sabotaged(sql)
      const { code, stdout, stderr } = await runSetup([], copy.url)
      expect(stderr).toMatch(/^[^\n]+\n$/)
      expect(stderr).toContain(sentence)
      expect(code).toBe(1)
      expect(stdout).not.toContain('postgresql://')
      expect(await mayLogIn('edge', 'edgewise_api', passwords.edgewise_api)).toBe(true)
    },
  )

  it.for(BREACHES.slice(BREACHES_BY_COMMAND))('has a gap with %s', async ([, sql, sentence], { expect }) => {
    const { name } = await sabotaged(sql)
    const search = asOwner(name, async (owner) => {
      await owner.query('set search_path = pg_catalog')
      await assertNoBreaches(owner)
    })
    expect(await failureOf(search)).toContain(sentence)
  })

  it.for([
    ['BYPASSRLS', 'alter role edgewise_api bypassrls', 'alter role edgewise_api nobypassrls'],
    [
      'a member of neon_superuser',
      'grant neon_superuser to edgewise_auth',
      'revoke neon_superuser from edgewise_auth',
    ],
  ] as const)('is not accepted with a role that has become %s', async ([what, give, take], { expect }) => {
    await superuser(give)
    const { code, stderr } = await runSetup([], url)
    await superuser(take)
    expect(stderr).toContain(what)
    expect(code).toBe(1)
  })

  it.for(ALTERATIONS)('is compared with the migrations: %s', async ([, sql, sentence], { expect }) => {
    const { name } = await sabotaged(sql)
    const comparison = asOwner(name, (owner) => assertAsIntended(owner, intended))
    expect(await failureOf(comparison)).toContain(sentence)
  })

  it.for(HOLES)('is probed in earnest: %s', async ([, sql, breach], { expect }) => {
    const { name } = await sabotaged(sql)
    const probe = asOwner(name, (owner) =>
      as(name, 'edgewise_api', passwords.edgewise_api, (api) =>
        as(name, 'edgewise_auth', passwords.edgewise_auth, (auth) => probeWalls(owner, api, auth)),
      ),
    )
    expect(await failureOf(probe)).toContain(breach)
    expect((await superuser(`select from users where email like '%rls-probe%'`, name)).rowCount).toBe(0)
  })
})
