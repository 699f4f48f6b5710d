import type { ClientBase } from 'pg'
import { WORKER_ROLES } from '../database.ts'
import { postgresErrorIn, SetupFailure } from './failure.ts'
import type { Address } from './owner-url.ts'

/** The first whose CREATE on schema public is not everybody's; Neon offers none that is older. */
const OLDEST_POSTGRES = 15
/** Any number that nothing else in the database locks. */
const LOCK_KEY = 3_349_180_614
const LOCK_DEADLINE_SECONDS = 60

/** Says what was connected to. Throws a sentence if that server, or the owner's role in it, will not do. */
export const connectedTo = async (owner: ClientBase, { host, database }: Address): Promise<string> => {
  const { rows } = await owner.query<Server>(SERVER)
  const [server] = rows
  if (!server) throw new SetupFailure(`${host} did not answer as Postgres does.`)
  const { role, version, major, may_create_roles } = server
  if (major < OLDEST_POSTGRES) {
    throw new SetupFailure(`${host} runs Postgres ${version}; Edgewise needs ${OLDEST_POSTGRES} or later.`)
  }
  if (WORKER_ROLES.some((name) => name === role)) {
    throw new SetupFailure(`${role} is a role of the Worker's; the owner's connection string is needed.`)
  }
  if (!may_create_roles) {
    throw new SetupFailure(`${role} may not create roles; use the role that owns the database.`)
  }
  return `Connected to ${database} at ${host} as ${role} (Postgres ${version}).`
}

/** Waits for another run on this database to end; the lock goes with the session. Throws if it takes too long. */
export const lock = async (owner: ClientBase): Promise<void> => {
  try {
    await owner.query(`set lock_timeout = '${LOCK_DEADLINE_SECONDS}s'`)
    await owner.query('select pg_advisory_lock($1)', [LOCK_KEY])
  } catch (error) {
    if (postgresErrorIn(error)?.code !== '55P03') throw error
    throw new SetupFailure('Another run of this command on the same database has not ended; try again later.')
  }
}

interface Server {
  role: string
  version: string
  major: number
  may_create_roles: boolean
}

const SERVER = `
select current_user::text as role,
  split_part(current_setting('server_version'), ' ', 1) as version,
  current_setting('server_version_num')::int / 10000 as major,
  rolsuper or rolcreaterole as may_create_roles
from pg_roles where rolname = current_user`
