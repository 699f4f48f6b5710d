import { randomBytes } from 'node:crypto'
import type { ClientBase } from 'pg'
import { type RolePasswords, setPassword, WORKER_ROLES } from '../database.ts'
import { postgresErrorIn, SetupFailure } from './failure.ts'

/**
 * The Worker waits a minute at most, whatever its deadline: a statement that runs longer runs for nobody.
 * A net, not a wall, as a session may set it anew.
 */
const STATEMENT_TIMEOUT_SECONDS = 60

/**
 * Throws a sentence if one of the Worker's roles has more power than a role that CREATE ROLE makes, so that
 * row-level security or grants would not bind it. Such power is not taken away here: somebody gave it.
 */
export const assertRestricted = async (owner: ClientBase): Promise<void> => {
  const { rows } = await owner.query<RolePowers>(POWERS, [WORKER_ROLES])
  for (const { name, attributes, memberships, possessions } of rows) {
    const powers = [
      attributes.length > 0 && `has ${attributes.join(', ')}`,
      memberships.length > 0 && `is a member of ${memberships.join(', ')}`,
      possessions > 0 && `owns ${possessions} thing${possessions > 1 ? 's' : ''} in this server`,
    ].filter((power) => power !== false)
    if (powers.length > 0) throw new SetupFailure(`${name} ${powers.join(' and ')}. ${remedyFor(name)}`)
  }
}

/** Lets both roles log in, with new random passwords; the former ones stop working. */
export const rotatePasswords = async (owner: ClientBase): Promise<RolePasswords> => {
  const passwords: RolePasswords = { edgewise_api: randomPassword(), edgewise_auth: randomPassword() }
  await owner.query('begin')
  try {
    for (const role of WORKER_ROLES) {
      await owner.query(`alter role ${role} noinherit`)
      await owner.query(`alter role ${role} reset all`)
      await owner.query(`alter role ${role} set statement_timeout = '${STATEMENT_TIMEOUT_SECONDS}s'`)
      await setPassword(owner, role, passwords[role])
    }
    await owner.query('commit')
    return passwords
  } catch (error) {
    await owner.query('rollback')
    const { code, message } = postgresErrorIn(error) ?? { code: '', message: 'for an unknown reason' }
    throw new SetupFailure(
      code === '42704'
        ? `A role of the Worker's was dropped after the migrations had given it its rights (${message}); set up a new database, or go back to a branch that has it.`
        : `The passwords cannot be changed (${message}); only the role that created edgewise_api and edgewise_auth, or one that administers them, may.`,
      { cause: error },
    )
  }
}

const randomPassword = (): string => randomBytes(32).toString('base64url')

const remedyFor = (name: string): string =>
  `Roles made in the Neon console come like that: if this one was, drop it there, or with DROP ROLE ${name}, and run this again; it is made here, without such power. If Edgewise was set up already, take that power away instead, since its rights would go with the role.`

interface RolePowers {
  name: string
  attributes: string[]
  memberships: string[]
  possessions: number
}

const POWERS = `
select rolname::text as name,
  array_remove(array[
    case when rolsuper then 'SUPERUSER' end,
    case when rolbypassrls then 'BYPASSRLS' end,
    case when rolcreaterole then 'CREATEROLE' end,
    case when rolcreatedb then 'CREATEDB' end,
    case when rolreplication then 'REPLICATION' end
  ], null) as attributes,
  array(
    select roleid::regrole::text from pg_auth_members where member = pg_roles.oid order by 1
  ) as memberships,
  (
    select count(*)::int from pg_shdepend
    where refclassid = 'pg_authid'::regclass and refobjid = pg_roles.oid and deptype = 'o'
  ) as possessions
from pg_roles where rolname = any ($1)`
