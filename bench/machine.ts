import { cpus } from 'node:os'
import type pg from 'pg'
import { workerd } from './workerd.ts'

/** The machine and the versions that figures are of, in one line that begins with the day. */
export const describeMachine = async (client: pg.Client): Promise<string> => {
  const { rows } = await client.query<{ server_version: string }>('show server_version')
  const cores = cpus()
  return [
    new Date().toISOString().slice(0, 10),
    `${cores.length} cores (${cores[0]?.model.trim() || process.arch})`,
    `Node ${process.versions.node}`,
    `workerd ${workerd.version}`,
    `Postgres ${rows[0]?.server_version.split(' ', 1)[0]}`,
  ].join(', ')
}
