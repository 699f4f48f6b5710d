import * as z from 'zod'

const connectionString = z
  .string()
  .regex(
    /^postgres(ql)?:\/\/[^:@/]+:[^@/]+@[^/]+\/.+$/,
    'must look like postgresql://role:password@host/database',
  )

const Bindings = z.object({
  DATABASE_URL: connectionString,
  AUTH_DATABASE_URL: connectionString,
  BETTER_AUTH_SECRET: z.string().min(32, 'must have at least 32 characters'),
  BASE_URL: z.url({ protocol: /^https?$/, error: 'must be the http(s) address that people open' }),
  DATABASE_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
})

/** What the Worker needs to know of its deployment, checked once. */
export interface Config {
  /** Connection string of the data role, `edgewise_api`. */
  databaseUrl: string
  /** Connection string of the sign-in role, `edgewise_auth`. */
  authDatabaseUrl: string
  /** At least 32 characters; signs sessions and encrypts token-signing keys. */
  authSecret: string
  /** The deployment's own origin, without a trailing slash; issuer and audience of every token. */
  baseUrl: string
  /** The longest that one call to the database may take, repeats included. */
  databaseDeadlineMs: number
}

/**
 * Reads the Worker's bindings. Throws one sentence that names every missing or unusable binding, and no
 * value: without them the Worker does not start, so a broken deployment fails when it is made.
 */
export const readConfig = (bindings: object): Config => {
  const { data, error } = Bindings.safeParse(bindings)
  if (!data) {
    const faults = error.issues.map(({ path: [name = ''], message }) => {
      const isSet = name in bindings && bindings[name as keyof typeof bindings] !== undefined
      return `${String(name)} ${isSet ? message : 'is not set'}`
    })
    throw new Error(`Edgewise cannot start: ${faults.join('; ')}.`)
  }
  return {
    databaseUrl: data.DATABASE_URL,
    authDatabaseUrl: data.AUTH_DATABASE_URL,
    authSecret: data.BETTER_AUTH_SECRET,
    baseUrl: new URL(data.BASE_URL).origin,
    databaseDeadlineMs: data.DATABASE_DEADLINE_MS,
  }
}
