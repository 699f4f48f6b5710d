import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { CANARY } from './oracle.ts'
import { callOf, goodParts } from './places.ts'
import type { World } from './world.ts'

export type Witness = Awaited<ReturnType<typeof bringWitness>>

/**
 * Somebody who takes no part, and the database's own form. `isAsBefore` throws unless both are as they were
 * when this was called.
 */
export const bringWitness = async (world: World) => {
  const { database, contract, send } = world
  const person = await world.newPerson()
  const ids: string[] = []
  const makers = contract.operations.filter(
    ({ responses }) => responses[201]?.headers?.Location !== undefined,
  )
  for (const maker of makers) {
    const good = goodParts(contract, maker, person, {})
    const marked = { ...good, body: withCanary(good.body) }
    for (let n = 0; n < 3; n += 1) {
      const { headers } = await send(callOf(maker, person, marked), maker.id)
      ids.push(String(headers.location).split('/').at(-1) ?? '')
    }
  }
  const [rows, form] = [await rowsOf(database, person.id), await formOf(database)]
  if (!JSON.stringify(rows).includes(CANARY)) throw new Error('the witness owns nothing to recognise it by')
  return {
    /** Of things that nobody else may reach. */
    ids,
    isAsBefore: async () => {
      if (!isDeepStrictEqual(await formOf(database), form)) throw new Error("The database's form has changed")
      if (!isDeepStrictEqual(await rowsOf(database, person.id), rows))
        throw new Error("The witness's rows have changed")
    },
  }
}

/** With a mark that an answer can be searched for. */
const withCanary = (body = {}): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, name === 'title' || name === 'name' ? CANARY : value]),
  )

/** Everything of that person's, in every table. */
const rowsOf = async (database: pg.Pool, userId: string) => {
  const { rows: owned } = await database.query<{ name: string; owner: string }>(
    `select table_name as name, column_name as owner from information_schema.columns
     where table_schema = 'public' and (column_name = 'user_id' or table_name = 'users' and column_name = 'id')
     order by 1`,
  )
  const tables = owned.map(
    ({ name, owner }) =>
      `select '${name}' as in_table, to_jsonb(t) as row from ${name} t where ${owner} = $1`,
  )
  return (await database.query(`${tables.join(' union all ')} order by 1, 2`, [userId])).rows
}

/** Tables, columns, policies, functions, grants and roles. */
const formOf = async (database: pg.Pool) =>
  (
    await database.query(`
      select 'column' as kind, format('%s.%s.%s %s', table_schema, table_name, column_name, data_type) as what
        from information_schema.columns where table_schema in ('public', 'edgewise')
      union all select 'policy', format('%s %s %s', tablename, policyname, qual) from pg_policies
      union all select 'table', format('%s %s %s %s', oid::regclass, relrowsecurity, relforcerowsecurity, relacl)
        from pg_class where relnamespace in ('public'::regnamespace, to_regnamespace('edgewise'))
      union all select 'function', format('%s %s', oid::regprocedure, proacl)
        from pg_proc where pronamespace in ('public'::regnamespace, to_regnamespace('edgewise'))
      union all select 'role', format('%s %s %s', rolname, rolsuper, rolbypassrls) from pg_roles
      order by 1, 2`)
  ).rows
