import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, describe, it } from 'vitest'
import { startPostgres } from '../../local/embedded-postgres.ts'
import { failureOf } from './support/neons.ts'

const MODULE = new URL('../../local/embedded-postgres.ts', import.meta.url).href

const ask = async (url: string, query: string) => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}

/** A place of this file's own, where nobody else starts a Postgres. */
const place = mkdtempSync(join(tmpdir(), 'edgewise-test-'))
// Postgres runs as another user than root.
chmodSync(place, 0o777)
process.env.TMPDIR = place
afterAll(() => rmSync(place, { recursive: true }))

const folders = () => readdirSync(place)

describe('the throw-away Postgres', { timeout: 90_000 }, () => {
  it('takes settings, asks for a password and listens on the loopback interface only', async ({ expect }) => {
    const postgres = await startPostgres({ settings: { max_connections: '23', fsync: 'on' } })
    try {
      const query =
        "SELECT current_setting('max_connections') AS m, current_setting('fsync') AS f, current_setting('listen_addresses') AS l, current_setting('unix_socket_directories') AS u"
      expect(await ask(postgres.url, query)).toEqual([{ m: '23', f: 'on', l: '127.0.0.1', u: '' }])
      expect(await failureOf(ask(postgres.url.replace(/:[0-9a-f]+@/, ':wrong@'), 'SELECT 1'))).toMatchObject({
        code: '28P01',
      })
    } finally {
      await postgres.stop()
    }
  })

  it('keeps what was committed over a crash', async ({ expect }) => {
    const postgres = await startPostgres({ settings: { synchronous_commit: 'on' } })
    const client = new pg.Client(postgres.url)
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query('CREATE TABLE t AS SELECT 1 AS a')
      await client.query('BEGIN; INSERT INTO t VALUES (2)')
      await postgres.crash()
      expect(await ask(postgres.url, 'SELECT a FROM t')).toEqual([{ a: 1 }])
      await expect(client.query('COMMIT')).rejects.toThrow()
    } finally {
      await postgres.stop()
    }
  })

  it('keeps its data and port over a restart', async ({ expect }) => {
    const postgres = await startPostgres()
    try {
      const url = await postgres.createDatabase('Ünïque "name"')
      await ask(url, 'CREATE TABLE t AS SELECT 1 AS a')
      await postgres.restart()
      expect(await ask(url, 'SELECT a, current_database() AS d FROM t')).toEqual([
        { a: 1, d: 'Ünïque "name"' },
      ])
    } finally {
      await postgres.stop()
    }
  })

  it('leaves nothing behind when it is stopped', async ({ expect }) => {
    const postgres = await startPostgres()
    expect(folders().length).toBeGreaterThan(0)
    await postgres.stop()
    expect(await failureOf(ask(postgres.url, 'SELECT 1'))).toMatchObject({ code: 'ECONNREFUSED' })
    expect(folders()).toEqual([])
  })

  it('leaves nothing behind when its parent is killed', async ({ expect }) => {
    const script = `import { startPostgres } from '${MODULE}'; console.log((await startPostgres()).url); setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(createInterface(parent.stdout), 'line')
    const url = String(line)
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    parent.kill('SIGKILL')
    for (let tries = 0; tries < 200 && folders().length > 0; tries += 1) await sleep(25)
    expect(folders()).toEqual([])
    expect(await failureOf(ask(url, 'SELECT 1'))).toMatchObject({ code: 'ECONNREFUSED' })
  })

  it('leaves nothing behind when its parent is killed while it is being set up', async ({ expect }) => {
    const script = `import { startPostgres } from '${MODULE}'; await startPostgres()`
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'ignore' })
    while (!folders().some((name) => existsSync(join(place, name, 'data')))) await sleep(5)
    parent.kill('SIGKILL')
    for (let tries = 0; tries < 400 && folders().length > 0; tries += 1) await sleep(25)
    expect(folders()).toEqual([])
  })

  it('says what Postgres says when it does not start', async ({ expect }) => {
    const failure = await failureOf(startPostgres({ settings: { max_connections: 'many' } }))
    expect(failure.message).toContain('max_connections')
    expect(folders()).toEqual([])
  })
})
