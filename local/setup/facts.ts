import type { ClientBase } from 'pg'
import { applyMigrations } from '../database.ts'
import { pgliteBackend } from '../neon/pglite.ts'

/** One thing that is true of a database's walls, in words that can be compared from database to database. */
export interface Fact {
  /** What to call it in a message. */
  subject: string
  /** The rest of it, such as a definition. */
  detail: string
  /** Whether a database that the migrations made must have it. */
  required: boolean
  /** Whether only the migrations may bring it about. */
  exclusive: boolean
}

/** The facts of a database that has been migrated from empty and touched by nobody: what all others are held to. */
export const intendedFacts = async (): Promise<Fact[]> => {
  const empty = await pgliteBackend(undefined)
  try {
    return await empty.asSuperuser(async (client) => {
      await applyMigrations(client)
      return factsOf(client)
    })
  } finally {
    await empty.close()
  }
}

/** The facts of this database: rights, policies, functions, triggers and constraints, of what is not Postgres's own. */
export const factsOf = async (client: ClientBase): Promise<Fact[]> => {
  await client.query('begin read only')
  try {
    // Names are then written in full, whatever this session's path is.
    await client.query('set local search_path = pg_catalog')
    return (await client.query<Fact>(FACTS)).rows
  } finally {
    await client.query('rollback')
  }
}

/** The facts that are missing from `actual` or have changed, and those that no migration brought about. */
export const differences = (intended: Fact[], actual: Fact[]): { missing: string[]; foreign: string[] } => {
  const missing = subjectsOf(intended.filter(({ required }) => required).filter(notIn(actual)))
  const foreign = subjectsOf(actual.filter(({ exclusive }) => exclusive).filter(notIn(intended)))
  return { missing, foreign: foreign.filter((subject) => !missing.includes(subject)) }
}

const notIn = (facts: Fact[]) => {
  const known = new Set(facts.map(identity))
  return (fact: Fact) => !known.has(identity(fact))
}

const identity = ({ subject, detail }: Fact) => JSON.stringify([subject, detail])

const subjectsOf = (facts: Fact[]) => [...new Set(facts.map(({ subject }) => subject))]

const FACTS = `
with grantees (id, name) as (
  select 0::oid, 'PUBLIC'
  union all
  select oid, rolname::text from pg_roles where rolname in ('edgewise_api', 'edgewise_auth')
),
schemas as (
  select * from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
),
relations as (
  select pg_class.* from pg_class
  join schemas on schemas.oid = relnamespace
  where relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    and not exists (
      select from pg_depend where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e'
    )
),
functions as (
  select pg_proc.*, nspname = 'edgewise' as of_edgewise from pg_proc
  join schemas on schemas.oid = pronamespace
  where not exists (
    select from pg_depend where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e'
  )
),
grants (grantee, privilege, object, grantable) as (
  select grantee, privilege_type, oid::regclass::text, is_grantable from relations, aclexplode(relacl)
  union all
  select grantee, format('%s (%s)', privilege_type, attname), relations.oid::regclass::text, is_grantable
  from relations
  join pg_attribute on attrelid = relations.oid, aclexplode(attacl)
  where not attisdropped
  union all
  select grantee, privilege_type, oid::regprocedure::text, is_grantable
  from functions, aclexplode(coalesce(proacl, acldefault('f', proowner)))
  where of_edgewise or prosecdef or grantee <> 0
  union all
  select grantee, privilege_type, 'schema ' || nspname, is_grantable
  from schemas, aclexplode(nspacl)
  where grantee <> 0 or privilege_type <> 'USAGE'
  union all
  select grantee, privilege_type, 'the database', is_grantable
  from pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
  where datname = current_database() and privilege_type <> 'CONNECT'
  union all
  select grantee, privilege_type, 'whatever is made later', is_grantable
  from pg_default_acl, aclexplode(defaclacl)
  where defaclnamespace <> 0 or grantee <> 0
),
touched as (
  select distinct relations.* from relations
  join grantees on id <> 0 and (
    has_any_column_privilege(id, relations.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
    or has_table_privilege(id, relations.oid, 'DELETE, TRUNCATE, TRIGGER')
  )
  where relkind <> 'S'
)
select name || ': ' || privilege || ' on ' || object as subject,
  case when grantable then 'with grant option' else '' end as detail,
  name <> 'PUBLIC' as required,
  true as exclusive
from grants join grantees on id = grantee
union all
select 'row-level security on ' || oid::regclass, '', true, false from relations where relrowsecurity
union all
select 'row-level security on ' || oid::regclass || ' for its owner too', '', true, false
from relations where relforcerowsecurity
union all
select format('policy %s on %s', polname, polrelid::regclass),
  concat_ws(' | ', polcmd, polpermissive, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid),
    (select string_agg(case when role = relowner then 'its owner' else coalesce(rolname, 'PUBLIC') end, ', ' order by rolname)
     from unnest(polroles) role left join pg_roles on pg_roles.oid = role)),
  true, true
from pg_policy join touched on touched.oid = polrelid
union all
select format('trigger %s on %s', tgname, tgrelid::regclass), tgenabled::text || pg_get_triggerdef(pg_trigger.oid), true, true
from pg_trigger join touched on touched.oid = tgrelid
where not tgisinternal
union all
select format('constraint %s on %s', conname, conrelid::regclass), pg_get_constraintdef(pg_constraint.oid), true, false
from pg_constraint join relations on relations.oid = conrelid
where contype in ('p', 'u', 'f', 'c') and convalidated
union all
select 'function ' || functions.oid::regprocedure,
  concat_ws(' | ', lanname, provolatile, prosecdef, proconfig, pg_get_function_result(functions.oid), prosrc,
    regexp_replace(pg_get_function_sqlbody(functions.oid), '\\s+', ' ', 'g')),
  true, true
from functions join pg_language on pg_language.oid = prolang
where of_edgewise`
