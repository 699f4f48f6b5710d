import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { type PostgresOptions, startPostgres } from '../local/embedded-postgres.ts'
import { startNeon } from '../local/neon-process.ts'

export type Stage = Awaited<ReturnType<typeof setStage>>

/** A real Postgres of our own with the migrations applied, the local Neon before it, and a folder for bundles. */
export const setStage = async (options?: PostgresOptions) => {
  const endings: (() => Promise<unknown>)[] = []
  let struck: Promise<void> | undefined
  const endAll = async () => {
    for (const end of endings.toReversed()) await end()
  }
  const strike = () => {
    struck ??= endAll()
    return struck
  }
  try {
    const postgres = await startPostgres(options)
    endings.push(postgres.stop)
    const owner = new URL(await postgres.createDatabase(DATABASE))
    const passwords = { edgewise_api: newSecret(), edgewise_auth: newSecret() }
    const neon = await startNeon({
      postgresUrl: owner.href,
      prepare: { module: 'local/database.ts', options: passwords },
    })
    endings.push(neon.stop)
    const client = new pg.Client(owner.href)
    await client.connect()
    // An interrupt reaches Postgres too, maybe before the client.
    client.on('error', () => {})
    endings.push(() => client.end())
    const folder = await mkdtemp(join(tmpdir(), 'edgewise-bench-'))
    endings.push(() => rm(folder, { recursive: true, force: true }))

    const through = (role: string, password: string) =>
      `postgresql://${role}:${password}@localhost:${neon.port}/${DATABASE}`
    return {
      postgres,
      neonPort: neon.port,
      /** The superuser's URL of the database in Postgres itself. */
      databaseUrl: owner.href,
      /** The superuser's own connection to Postgres. */
      client,
      /** Connection strings of the local Neon, by role. */
      urls: {
        owner: through(owner.username, owner.password),
        api: through('edgewise_api', passwords.edgewise_api),
        auth: through('edgewise_auth', passwords.edgewise_auth),
      },
      newFolder: async (name: string) => {
        const path = join(folder, name)
        await mkdir(path)
        return path
      },
      /** To be done, last first, when the stage is struck. */
      onStrike: (end: () => Promise<unknown>) => endings.push(end),
      /** Ends all that was started for it. */
      strike,
    }
  } catch (error) {
    await strike()
    throw error
  }
}

/** Of the base64url alphabet, which connection strings need no escape for. */
export const newSecret = () => randomBytes(32).toString('base64url')

/** Mail settings of a Worker whose mail nobody reads: the provider refuses the connection. */
export const MAIL_TO_NOWHERE = {
  MAIL_FROM: 'edgewise@example.com',
  RESEND_API_KEY: 'none',
  RESEND_URL: 'http://127.0.0.1:9',
}

const DATABASE = 'bench'
