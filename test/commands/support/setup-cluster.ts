import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { RolePasswords } from '../../../local/database.ts'
import { type EmbeddedPostgres, startPostgres } from '../../../local/embedded-postgres.ts'

const COMMAND = fileURLToPath(new URL('../../../local/db-setup.ts', import.meta.url))
export const OWNER_PASSWORD = 'owner-password-0123456789'

export interface Outcome {
  code: number
  stdout: string
  stderr: string
}

/** Runs the real command in a process of its own; a URL in `environment` goes by OWNER_DATABASE_URL. */
export const runSetup = (args: string[], environment?: string): Promise<Outcome> =>
  new Promise((resolve) => {
    const env = { PATH: process.env.PATH, OWNER_DATABASE_URL: environment }
    execFile(process.execPath, [COMMAND, ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    )
  })

/** The connection strings that the command printed, and the passwords in them. */
export const secretsIn = (stdout: string) => {
  const urlIn = (name: string) =>
    stdout.match(new RegExp(`printf %s '([^']+)' \\| npx wrangler secret put ${name}\n`))?.[1] ?? ''
  const urls = { edgewise_api: urlIn('DATABASE_URL'), edgewise_auth: urlIn('AUTH_DATABASE_URL') }
  const passwords: RolePasswords = {
    edgewise_api: passwordIn(urls.edgewise_api),
    edgewise_auth: passwordIn(urls.edgewise_auth),
  }
  return { urls, passwords }
}

const passwordIn = (url: string) => url.match(/:([\w-]+)@/)?.[1] ?? ''

/** A Postgres whose databases belong, as Neon's do, to a role that may create roles but is no superuser. */
export const cluster = () => {
  let postgres: EmbeddedPostgres | undefined

  const server = (): EmbeddedPostgres => {
    if (!postgres) throw new Error('Postgres has not been started')
    return postgres
  }
  const urlOf = (database: string, user?: string, password?: string) => {
    const url = new URL(server().url)
    url.pathname = database
    if (user) url.username = user
    if (password) url.password = password
    return url.href
  }
  const within = async <T>(url: string, work: (client: pg.Client) => Promise<T>) => {
    const client = new pg.Client(url)
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.end()
    }
  }
  const superuser = (sql: string, database = 'postgres') =>
    within(urlOf(database), (client) => client.query(sql))
  const ownerUrl = (database: string) => urlOf(database, 'owner', OWNER_PASSWORD)

  return {
    start: async () => {
      postgres = await startPostgres()
      await superuser(
        `create role neon_superuser nologin bypassrls;
         create role owner login createrole password '${OWNER_PASSWORD}';`,
      )
    },
    stop: () => postgres?.stop(),
    server,
    superuser,
    /** Creates a database of the owner's and returns the owner's URL of it. */
    createDatabase: async (name: string, template = 'template1') => {
      await superuser(`create database ${name} owner owner template ${template}`)
      // What the database itself grants is no part of a copy.
      if (template !== 'template1') await superuser(`revoke temporary on database ${name} from public`)
      return ownerUrl(name)
    },
    /** Runs `work` as the owner of that database. */
    asOwner: <T>(database: string, work: (owner: pg.Client) => Promise<T>) =>
      within(ownerUrl(database), work),
    /** Runs `work` as that role. */
    as: <T>(database: string, user: string, password: string, work: (client: pg.Client) => Promise<T>) =>
      within(urlOf(database, user, password), work),
  }
}
