import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RolePasswords } from '../database.ts'
import type { Settings } from './settings.ts'

/** The embedded database, as far as the Worker must know it. */
export interface Embedded {
  port: number
  passwords: RolePasswords
}

/** Writes what the Worker is to be told into a file that only this user can read, in a folder of its own. */
export const writeBindings = async (settings: Settings, embedded: Embedded | undefined) => {
  const folder = await mkdtemp(join(tmpdir(), 'edgewise-dev-'))
  const file = join(folder, 'bindings.env')
  const lines = Object.entries({
    BASE_URL: settings.baseUrl,
    MAIL_FROM: 'Edgewise <edgewise@localhost>',
    ...settings.devVars,
    BETTER_AUTH_SECRET: settings.authSecret,
    ...(embedded && {
      DATABASE_URL: urlOf('edgewise_api', embedded),
      AUTH_DATABASE_URL: urlOf('edgewise_auth', embedded),
    }),
  }).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  await writeFile(file, lines.join('\n'), { mode: 0o600 })
  return { file, folder }
}

const urlOf = (role: keyof RolePasswords, { port, passwords }: Embedded): string =>
  `postgresql://${role}:${passwords[role]}@localhost:${port}/postgres`
