import type { ClientBase } from 'pg'
import { prepareDatabase as prepare } from '../../local/database.ts'

export interface PrepareOptions {
  /** Of the two Worker roles and of the superuser. */
  password: string
  /** Takes the second wall away, so that the scope alone must hold. */
  withoutRls: boolean
}

/** Prepares a database for tests: as for development, and with a superuser that they can log in as. */
export const prepareDatabase = async (superuser: ClientBase, options: PrepareOptions): Promise<void> => {
  const { password, withoutRls } = options
  await prepare(superuser, { edgewise_api: password, edgewise_auth: password })
  await superuser.query(`alter role postgres password '${password}'`)
  if (!withoutRls) return
  const { rows } = await superuser.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class where relrowsecurity`,
  )
  for (const { name } of rows) {
    await superuser.query(`alter table ${name} disable row level security, no force row level security`)
  }
}
