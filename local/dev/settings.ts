import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

const DEFAULT_PORT = 8787
const DEFAULT_DATA = '.edgewise'
const DEV_VARS = '.dev.vars'
const NEEDED_WITH_NEON = ['DATABASE_URL', 'AUTH_DATABASE_URL', 'BETTER_AUTH_SECRET'] as const

export interface Settings {
  port: number
  /** The Worker's own address. */
  baseUrl: string
  /** `neon`: as .dev.vars says; `memory`: embedded, kept nowhere; otherwise embedded, in that folder. */
  database: 'neon' | 'memory' | { folder: string }
  /** The bindings that .dev.vars gives, by name. */
  devVars: Record<string, string>
  authSecret: string
}

/** Reads PORT, EDGEWISE_DATA and .dev.vars. Throws a sentence for a value that cannot work. */
export const readSettings = (): Settings => {
  const port = portIn(process.env.PORT)
  const devVars = existsSync(DEV_VARS) ? definedOf(parseEnv(readFileSync(DEV_VARS, 'utf8'))) : {}
  const database = databaseIn(devVars, process.env.EDGEWISE_DATA || DEFAULT_DATA)
  const authSecret = devVars.BETTER_AUTH_SECRET ?? secretFor(database)
  return { port, baseUrl: `http://localhost:${port}`, database, devVars, authSecret }
}

/** Throws a sentence if something listens on that port already. */
export const assertPortIsFree = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', () =>
      reject(new Error(`Port ${port} is in use; choose another one: PORT=${port + 1} npm run dev`)),
    )
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })

const portIn = (text = String(DEFAULT_PORT)): number => {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`PORT must be a number from 1 to 65535, not "${text}".`)
  }
  return port
}

const databaseIn = (devVars: Record<string, string>, data: string): Settings['database'] => {
  if (devVars.DATABASE_URL || devVars.AUTH_DATABASE_URL) {
    const missing = NEEDED_WITH_NEON.filter((name) => !devVars[name])
    if (missing.length > 0) {
      throw new Error(
        `${DEV_VARS} names a Neon database but not ${missing.join(' and ')}; see .dev.vars.example.`,
      )
    }
    return 'neon'
  }
  return data === 'memory' ? 'memory' : { folder: data }
}

/** The embedded database's own secret; it lives beside the data, whose signing keys it encrypts. */
const secretFor = (database: Settings['database']): string => {
  const fresh = randomBytes(32).toString('base64url')
  if (typeof database === 'string') return fresh
  const file = join(database.folder, 'auth-secret')
  try {
    if (existsSync(file)) return readFileSync(file, 'utf8').trim()
    mkdirSync(database.folder, { recursive: true, mode: 0o700 })
    writeFileSync(file, `${fresh}\n`, { mode: 0o600 })
    return fresh
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? error.code : 'unknown reason'
    throw new Error(
      `The data folder ${database.folder} cannot be used (${reason}); set EDGEWISE_DATA to another one.`,
    )
  }
}

const definedOf = (entries: NodeJS.Dict<string>): Record<string, string> =>
  Object.fromEntries(Object.entries(entries).flatMap(([name, value]) => (value ? [[name, value]] : [])))
