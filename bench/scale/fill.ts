import { readFile } from 'node:fs/promises'
import type pg from 'pg'
import { WORDS } from './words.ts'

export interface World {
  users: number
  tasks: number
  /** How many of them are the first user's. */
  bigTasks: number
  /** When all of it has happened. */
  moment: Date
}

/** Fills a migrated database with that world, or with what these of its users, by number, have of it. */
export const fill = async (client: pg.Client, world: World, only: number[] = []) => {
  const settings = {
    users: world.users,
    tasks: world.tasks,
    big_tasks: world.bigTasks,
    moment: world.moment.toISOString(),
    only: `{${only}}`,
    words: `{${WORDS}}`,
  }
  for (const [name, value] of Object.entries(settings)) {
    await client.query('select set_config($1, $2, false)', [`fill.${name}`, String(value)])
  }
  const rebuild = await withoutIndexes(client)
  await client.query(await readFile(FILL, 'utf8'))
  await rebuild()
  await client.query('vacuum analyze')
}

const FILL = new URL('./fill.sql', import.meta.url)

/** Drops what is quicker to build at once: every index that is not also a constraint. */
const withoutIndexes = async (client: pg.Client) => {
  const { rows } = await client.query<{ name: string; definition: string }>(`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid in (select attrelid from pg_attribute where attname = 'user_id')
      and indexrelid not in (select conindid from pg_constraint)
      and (select relnamespace::regnamespace::text in ('public', 'edgewise') from pg_class where oid = indexrelid)`)
  for (const { name } of rows) await client.query(`drop index ${name}`)
  return async () => {
    await client.query("set maintenance_work_mem = '512MB'")
    for (const { definition } of rows) await client.query(definition)
    await client.query('reset maintenance_work_mem')
  }
}
