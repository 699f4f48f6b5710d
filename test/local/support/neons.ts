import { fileURLToPath } from 'node:url'
import { type NeonQueryFunction, neon, neonConfig } from '@neondatabase/serverless'
import pg from 'pg'
import { afterAll, beforeAll } from 'vitest'
import { type EmbeddedPostgres, startPostgres } from '../../../local/embedded-postgres.ts'
import { type NeonOptions, type NeonProcess, startNeon } from '../../../local/neon-process.ts'
import type { ROLES } from './prepare.ts'

export const BACKENDS = ['pglite', 'postgres'] as const
export type BackendName = (typeof BACKENDS)[number]
export type Role = (typeof ROLES)[number]

export const PREPARE = fileURLToPath(new URL('./prepare.ts', import.meta.url))

// The port is in the connection string, so that one process can talk to several servers.
neonConfig.fetchEndpoint = (host, port) => `http://${host}:${port}/sql`

/** A body of `/sql`: which fields there are depends on the request and on how it went. */
type Answer = {
  rows?: unknown
  rowCount?: number | null
  rowAsArray?: boolean
  results?: { rows: unknown }[]
  message?: string
}

/** Starts the local Neon over PGlite and over a real Postgres for the tests of a file. */
export const neons = ({ maxSessions }: Pick<NeonOptions, 'maxSessions'> = {}) => {
  const started = new Map<BackendName, NeonProcess>()
  let postgres: EmbeddedPostgres | undefined

  const server = (): EmbeddedPostgres => {
    if (!postgres) throw new Error('Postgres has not been started')
    return postgres
  }
  const url = (backend: BackendName, user = 'ada', password = user, database = 'postgres') =>
    `postgres://${user}:${password}@localhost:${started.get(backend)?.port}/${database}`

  beforeAll(async () => {
    postgres = await startPostgres()
    const prepare = { module: PREPARE }
    started.set('postgres', await startNeon({ postgresUrl: postgres.url, maxSessions, prepare }))
    started.set('pglite', await startNeon({ prepare }))
  }, 90_000)
  afterAll(async () => {
    await Promise.all([...started.values()].map((neon) => neon.stop()))
    await postgres?.stop()
  })

  return {
    server,
    url,
    /** Neon's own driver, logged in as that role. */
    driver: (backend: BackendName, role: Role = 'ada'): NeonQueryFunction<false, true> =>
      neon(url(backend, role), { fullResults: true }),
    /** Runs `work` with pg connected to the real Postgres as that role: what is compared with. */
    async directly<T>(role: Role, work: (client: pg.Client) => Promise<T>) {
      const { port } = server()
      const client = new pg.Client({
        host: '127.0.0.1',
        port,
        user: role,
        password: role,
        database: 'postgres',
      })
      await client.connect()
      try {
        return await work(client)
      } finally {
        await client.end()
      }
    },
    /** A bare request to `/sql`, for what the driver never sends. */
    async post(backend: BackendName, body: unknown, headers: Record<string, string> = {}) {
      const response = await fetch(`http://localhost:${started.get(backend)?.port}/sql`, {
        method: 'POST',
        headers: { 'Neon-Connection-String': url(backend), ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      const answer: Answer = JSON.parse(await response.text())
      return { ...answer, body: answer, status: response.status, headers: response.headers }
    },
    origin: (backend: BackendName) => `http://localhost:${started.get(backend)?.port}`,
  }
}

/** Sends a query with pg as Neon sends all: in the extended protocol. */
export const extended = (client: pg.Client, text: string, values: unknown[] = []) => {
  const config: pg.QueryConfig = Object.assign({ text, values }, { queryMode: 'extended' })
  return client.query(config)
}

/** The rows of each statement of a batch. */
export const rowsOf = (results: { rows?: unknown }[]) => results.map(({ rows }) => rows)

/** What a promise rejects with; fails if it does not. */
export const failureOf = async (promise: Promise<unknown>): Promise<Record<string, unknown>> => {
  const failure: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(failure instanceof Error)) throw new Error('it did not fail')
  return { ...failure, message: failure.message }
}
