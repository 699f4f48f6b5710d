import type { AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import type { Client } from 'pg'
import type { Backend } from './neon/backend.ts'
import { claimFolder } from './neon/data-folder.ts'
import { neonHttpServer } from './neon/http.ts'
import { pgliteBackend } from './neon/pglite.ts'
import { postgresBackend } from './neon/postgres.ts'
import { report } from './neon/report.ts'

/*
 * Neon's HTTP protocol in a process of its own, on 127.0.0.1.
 *
 *   node local/neon-server.ts [--port <n>] [--data <folder>] [--prepare <module>] [--max-sessions <n>]
 *
 * The database is PGlite, under --data or in memory, or the Postgres server whose superuser
 * EDGEWISE_POSTGRES_URL names. --prepare names a module whose `prepareDatabase(client, options)` is awaited
 * before the first call, with the JSON in EDGEWISE_PREPARE_OPTIONS. When it is ready, one line of JSON
 * goes to stdout; when it cannot be, one sentence to stderr.
 */
const HOST = '127.0.0.1'
const DEFAULT_MAX_SESSIONS = 40

const main = async () => {
  let stop = (): void => process.exit(1)
  for (const reason of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(reason, () => stop())
  const { values: flags } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      data: { type: 'string' },
      prepare: { type: 'string' },
      'max-sessions': { type: 'string', default: String(DEFAULT_MAX_SESSIONS) },
    },
  })
  const postgresUrl = process.env.EDGEWISE_POSTGRES_URL
  const folder = flags.data === undefined ? undefined : resolve(flags.data)
  const release = folder && !postgresUrl ? claimFolder(folder) : () => {}
  process.once('exit', release)

  const backend = postgresUrl
    ? postgresBackend(postgresUrl, Number(flags['max-sessions']))
    : await openPglite(folder)
  if (flags.prepare) await prepare(backend, flags.prepare)
  const server = neonHttpServer(backend)
  stop = stopper(server, backend)
  const { port } = await listen(server, Number(flags.port))
  console.log(JSON.stringify({ ready: true, port, pid: process.pid }))
}

const openPglite = async (folder: string | undefined) => {
  try {
    return await pgliteBackend(folder && join(folder, 'pgdata'))
  } catch (error) {
    throw new Error(
      folder
        ? `The data folder ${folder} holds no usable database (${firstLine(error)}); remove it to start afresh.`
        : `The embedded database did not start (${firstLine(error)}).`,
    )
  }
}

const prepare = async (backend: Backend, path: string) => {
  const module: unknown = await import(pathToFileURL(resolve(path)).href)
  if (!isPreparation(module)) throw new Error(`${path} does not export a prepareDatabase function.`)
  const options: unknown = JSON.parse(process.env.EDGEWISE_PREPARE_OPTIONS ?? '{}')
  await backend.asSuperuser((client) => module.prepareDatabase(client, options))
}

type Preparation = { prepareDatabase(client: Client, options: unknown): Promise<void> }

const isPreparation = (module: unknown): module is Preparation =>
  typeof module === 'object' &&
  module !== null &&
  'prepareDatabase' in module &&
  typeof module.prepareDatabase === 'function'

type Server = ReturnType<typeof neonHttpServer>

const listen = (server: Server, port: number) =>
  new Promise<AddressInfo>((ready, reject) => {
    server.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE'
      reject(taken ? new Error(`Port ${port} on ${HOST} is already taken.`) : error)
    })
    server.listen(port, HOST, () => {
      const address = server.address()
      if (address && typeof address === 'object') ready(address)
    })
  })

const stopper = (server: Server, backend: Backend) => {
  let stopping = false
  return () => {
    if (stopping) return
    stopping = true
    server.close()
    server.closeAllConnections()
    backend.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
}

/** Of the innermost cause: what wraps it may quote whole queries. */
const firstLine = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return String(error)
  if (error.cause) return firstLine(error.cause)
  if (error instanceof AggregateError && !error.message) return firstLine(error.errors[0])
  return error.message.split('\n', 1)[0]
}

process.once('uncaughtException', (error) => {
  report('The local Neon stopped unexpectedly', error)
  process.exit(1)
})
main().catch((error: unknown) => {
  console.error(firstLine(error))
  process.exit(1)
})
