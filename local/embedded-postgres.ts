import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './free-port.ts'
import { findPostgres, type Identity } from './postgres-binaries.ts'

export type PostgresOptions = {
  /** Server settings, such as `{ max_connections: '300' }`. */
  settings?: Record<string, string>
}

export type EmbeddedPostgres = {
  /** The superuser's URL of the `postgres` database. */
  url: string
  port: number
  /** Creates a database and returns the superuser's URL of it. */
  createDatabase(name: string): Promise<string>
  /** Stops the server, breaking its connections, and starts it again with the same data and port. */
  restart(): Promise<void>
  /** The same, but kills the server where it stands; it then recovers what was committed from its log. */
  crash(): Promise<void>
  /** Stops the server and removes its data. */
  stop(): Promise<void>
}

/**
 * A throw-away Postgres on 127.0.0.1 that ends, and whose data are removed, with this process. It comes from
 * npm or else from the system. Safety against a crash of the machine is traded for speed. Not for Windows.
 */
export const startPostgres = async (options: PostgresOptions = {}): Promise<EmbeddedPostgres> => {
  const identity = unprivileged()
  const folder = mkdtempSync(join(tmpdir(), 'edgewise-postgres-'))
  if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid ?? identity.uid)
  try {
    const bin = await findPostgres(identity, folder)
    const password = randomBytes(16).toString('hex')
    writeFileSync(join(folder, 'password'), password)
    const port = await freePort()
    const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
    const launch = () =>
      launchServer(bin, folder, { ...DEFAULTS, ...options.settings, port: String(port) }, identity, url)
    let server = await launch()
    const again = async (end: () => Promise<void>) => {
      writeFileSync(join(folder, 'keep'), '')
      await end()
      rmSync(join(folder, 'keep'))
      server = await launch()
    }

    return {
      url,
      port,
      createDatabase: (name) => createDatabase(url, name),
      restart: () => again(() => server.end()),
      crash: () => again(() => server.crash()),
      stop: () => server.end(),
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

const DEFAULTS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'GMT',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
}

/** How long a server may take to accept connections. */
const START_DEADLINE_MS = 30_000

/** Postgres refuses to run as root; `nobody` needs no account made for it. */
const unprivileged = (): Identity => (process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {})

/**
 * Stands between this process and the server, which it sets up the first time. When its input ends, be it that
 * this process died, it stops the server and removes the folder.
 */
const KEEPER = `
  folder=$1 bin=$2; shift 2
  exec 3<&0
  (
    [ -e "$folder/data" ] || "$bin/initdb" --pgdata="$folder/data" --username=postgres --pwfile="$folder/password" \\
      --auth=scram-sha-256 --encoding=UTF8 --no-locale --no-sync || exit
    rm -f "$folder/password"
    exec "$bin/postgres" -D "$folder/data" "$@"
  ) 3<&- & server=$!
  (read -r _ <&3; while kill -INT $server; do sleep 0.1; done) 2>/dev/null & reader=$!
  wait $server
  kill $reader 2>/dev/null
  [ -e "$folder/keep" ] || rm -rf "$folder"`

const launchServer = async (
  bin: string,
  folder: string,
  settings: Record<string, string>,
  identity: Identity,
  url: string,
) => {
  const flags = Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
  const child = spawn('/bin/sh', ['-c', KEEPER, 'keeper', folder, bin, ...flags], {
    ...identity,
    cwd: folder,
    env: { ...process.env, LC_ALL: 'C' },
    // A session of its own, so that Ctrl-C in a terminal reaches the keeper by way of this process only.
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let log = ''
  child.stderr.on('data', (chunk: Buffer) => {
    log = `${log}${chunk}`.slice(-2000)
  })
  const end = async () => {
    child.stdin.end()
    if (child.exitCode === null) await once(child, 'exit')
  }
  try {
    await accepting(url, child)
  } catch (error) {
    await end()
    throw new Error(`The embedded Postgres did not start: ${log.trim()}`, { cause: error })
  }
  const crash = async () => {
    const [pid] = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')
    // An "immediate shutdown": every process of the server dies at once, nothing is written out.
    process.kill(Number(pid), 'SIGQUIT')
    if (child.exitCode === null) await once(child, 'exit')
  }
  return { end, crash }
}

const accepting = async (url: string, child: ChildProcess) => {
  const deadline = Date.now() + START_DEADLINE_MS
  while (child.exitCode === null) {
    const client = new pg.Client(url)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await sleep(20)
    }
  }
  throw new Error('The server stopped.')
}

const createDatabase = async (url: string, name: string) => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
  const created = new URL(url)
  created.pathname = `/${encodeURIComponent(name)}`
  return created.href
}
