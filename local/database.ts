import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type { Client, ClientBase } from 'pg'

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../drizzle', import.meta.url))

/** The two roles that the Worker logs in as; the migrations create them without a password. */
export const WORKER_ROLES = ['edgewise_api', 'edgewise_auth'] as const

export type WorkerRole = (typeof WORKER_ROLES)[number]

export type RolePasswords = Record<WorkerRole, string>

/** Brings the database up to date and gives both roles their passwords. Harmless to run again. */
export const prepareDatabase = async (owner: ClientBase, passwords: RolePasswords): Promise<void> => {
  await applyMigrations(owner)
  for (const role of WORKER_ROLES) await setPassword(owner, role, passwords[role])
}

/** Applies the migrations that the database does not have yet, in one transaction. */
export const applyMigrations = (owner: ClientBase): Promise<void> =>
  migrate(drizzle(owner as Client), { migrationsFolder: MIGRATIONS_FOLDER })

/** Lets a role log in with `password`, which is of the base64url alphabet: ALTER ROLE takes no parameters. */
export const setPassword = async (owner: ClientBase, role: WorkerRole, password: string): Promise<void> => {
  if (!/^[\w-]{8,}$/.test(password))
    throw new Error('a role password must be base64url of at least 8 characters')
  await owner.query(`alter role ${role} login password '${password}'`)
}
