import type { ClientBase } from 'pg'
import { differences, type Fact, factsOf } from './facts.ts'
import { SetupFailure } from './failure.ts'

/** Throws a sentence if one of the Worker's roles reaches what no such role may, whatever the migrations say. */
export const assertNoBreaches = async (owner: ClientBase): Promise<void> => {
  const { rows } = await owner.query<{ breach: string }>(BREACHES, [NOBODYS_TABLES, AUTH_TABLES])
  if (rows.length > 0)
    throw new SetupFailure(`The walls have gaps: ${listed(rows.map(({ breach }) => breach))}.`)
}

/** Throws a sentence if the database is not, in rights, policies and functions, what its migrations make. */
export const assertAsIntended = async (owner: ClientBase, intended: Fact[]): Promise<void> => {
  const { missing, foreign } = differences(intended, await factsOf(owner))
  const complaints = [
    missing.length > 0 && `missing or altered: ${listed(missing)}`,
    foreign.length > 0 && `added: ${listed(foreign)}`,
  ].filter((complaint) => complaint !== false)
  if (complaints.length > 0) {
    throw new SetupFailure(`The database is not as its migrations make it (${complaints.join('; ')}).`)
  }
}

/** What the data role may reach though its rows belong to no user. */
const NOBODYS_TABLES = ['jwks']
/** All that the sign-in role may reach. */
const AUTH_TABLES = ['users', 'sessions', 'accounts', 'verifications', 'jwks']

const LONGEST_LIST = 6

const listed = (subjects: string[]): string => {
  const more = subjects.length - LONGEST_LIST
  return subjects.slice(0, LONGEST_LIST).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

/** A migration can be wrong too. What belongs to an extension is the extension's to guard. */
const BREACHES = `
with reach as (
  select pg_class.*, rolname as reached_by, relname = any ($1) as nobodys, owner.attnum as owner_column,
    relnamespace = 'public'::regnamespace and relname = any ($2) as of_auth
  from pg_class
  join pg_roles on rolname in ('edgewise_api', 'edgewise_auth')
  left join pg_attribute owner on attrelid = pg_class.oid and attname = 'user_id' and not attisdropped
  where relkind in ('r', 'p', 'v', 'm', 'f')
    and relnamespace not in ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
    and not exists (
      select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e'
    )
    and (
      has_any_column_privilege(pg_roles.oid, pg_class.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
      or has_table_privilege(pg_roles.oid, pg_class.oid, 'DELETE, TRUNCATE, TRIGGER')
    )
),
owned as (
  select * from reach where reached_by = 'edgewise_api' and owner_column is not null
)
select format('edgewise_auth can reach %s', oid::regclass) as breach
from reach where reached_by = 'edgewise_auth' and not of_auth
union all
select format('edgewise_api can reach %s, whose rows belong to no user', oid::regclass)
from reach where reached_by = 'edgewise_api' and owner_column is null and not nobodys
union all
select format('edgewise_api can reach %s, which is no table and has no row-level security', oid::regclass)
from owned where relkind not in ('r', 'p')
union all
select format('row-level security is off on %s, which edgewise_api can reach', oid::regclass)
from owned where relkind in ('r', 'p') and not relrowsecurity
union all
select format('row-level security is not forced on %s', oid::regclass)
from owned where relrowsecurity and not relforcerowsecurity
union all
select format('%s has no row-level-security policy for edgewise_api', oid::regclass)
from owned where relrowsecurity and not exists (
  select from pg_policy where polrelid = owned.oid and 'edgewise_api'::regrole = any (polroles)
)
union all
select format('edgewise_api can give rows of %s to another user', oid::regclass)
from owned where has_column_privilege('edgewise_api', oid, owner_column, 'UPDATE')
union all
select format('%s may create things in schema %I', rolname, nspname)
from pg_roles, pg_namespace
where rolname in ('edgewise_api', 'edgewise_auth') and has_schema_privilege(pg_roles.oid, pg_namespace.oid, 'CREATE')
union all
select format('%s may create schemas or temporary tables in this database', rolname)
from pg_roles
where rolname in ('edgewise_api', 'edgewise_auth')
  and has_database_privilege(oid, current_database(), 'CREATE, TEMPORARY')`
