import * as z from 'zod'
import { type ProviderSettings, providerBindings, providersIn } from './auth/providers/settings.ts'
import type { MailSettings, SendEmailBinding } from './email/mailer.ts'
import type { RateLimiter } from './limits/limits.ts'

const connectionString = z
  .string()
  .regex(
    /^postgres(ql)?:\/\/[^:@/]+:[^@/]+@[^/]+\/.+$/,
    'must look like postgresql://role:password@host/database',
  )

const secret = z.string().min(32, 'must have at least 32 characters')
const url = (protocol: RegExp, error: string) => z.url({ protocol, error })

/** Whether that is an origin as browsers send it; plain http only for a developer's own machine. */
const isOrigin = (text: string): boolean => {
  const url = URL.parse(text)
  if (url?.origin !== text || text.includes('*')) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL_HOSTS.includes(url.hostname))
}

const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]']

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')

/** As mail shows it: `tasks@example.com` or `Edgewise <tasks@example.com>`. */
const sender = z
  .string()
  .regex(
    /^([^<>\r\n]{1,100} <[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/,
    'must be an address that mail can come from',
  )
const rateLimiter = z.custom<RateLimiter>(
  (binding) => typeof (binding as Partial<RateLimiter> | null | undefined)?.limit === 'function',
  'must be a rate-limit binding',
)

const Bindings = z.object({
  DATABASE_URL: connectionString,
  AUTH_DATABASE_URL: connectionString,
  BETTER_AUTH_SECRET: secret,
  BETTER_AUTH_SECRET_FORMER: secret.optional(),
  BASE_URL: url(/^https?$/, 'must be the http(s) address that people open'),
  AUTH_LIMIT: rateLimiter,
  DATA_LIMIT: rateLimiter,
  DATABASE_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  BODY_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000).default(10_000),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform(listed)
    .refine(
      (origins) => origins.every(isOrigin),
      'must list exact origins like https://app.example.com or http://localhost:5173, with commas between, and not *',
    ),
  EVEN_TIME_MS: z.coerce.number().int().min(0).max(5_000).default(500),
  MAIL_FROM: sender,
  EMAIL: z.custom<SendEmailBinding>((binding) => binding !== undefined).optional(),
  RESEND_API_KEY: z.string().optional(),
  RESEND_URL: url(/^https?$/, 'must be an http(s) address').default('https://api.resend.com'),
  ...providerBindings,
})

/** What the Worker needs to know of its deployment, checked once. */
export interface Config {
  /** Connection string of the data role, `edgewise_api`. */
  databaseUrl: string
  /** Connection string of the sign-in role, `edgewise_auth`. */
  authDatabaseUrl: string
  /** At least 32 characters; signs sessions and encrypts token-signing keys. */
  authSecret: string
  /** The auth secret before this one, for as long as what it signed is to be taken. */
  formerAuthSecret: string | undefined
  /** The deployment's own origin, without a trailing slash; issuer and audience of every token. */
  baseUrl: string
  /** Counts what one address asks of `/api/auth`. */
  authLimiter: RateLimiter
  /** Counts what one user asks of `/v1`. */
  dataLimiter: RateLimiter
  /** The longest that one call to the database may take, repeats included. */
  databaseDeadlineMs: number
  /** The longest that a request may take to send its body. */
  bodyDeadlineMs: number
  /** Other origins whose pages may call `/v1` with tokens. */
  corsOrigins: readonly string[]
  /** Answers that could tell by their time whether an address has an account come at multiples of this. */
  evenTimeMs: number
  mail: MailSettings
  /** The providers that people can sign in with. */
  providers: ProviderSettings[]
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
    formerAuthSecret: data.BETTER_AUTH_SECRET_FORMER,
    baseUrl: new URL(data.BASE_URL).origin,
    authLimiter: data.AUTH_LIMIT,
    dataLimiter: data.DATA_LIMIT,
    databaseDeadlineMs: data.DATABASE_DEADLINE_MS,
    bodyDeadlineMs: data.BODY_DEADLINE_MS,
    corsOrigins: data.CORS_ORIGINS,
    evenTimeMs: data.EVEN_TIME_MS,
    mail: mailSettingsOf(data),
    providers: providersIn(data),
  }
}

/** Resend where it has a key, otherwise Cloudflare's binding. */
const mailSettingsOf = (data: z.output<typeof Bindings>): MailSettings => {
  const { MAIL_FROM: from, RESEND_API_KEY: apiKey, RESEND_URL, EMAIL: binding } = data
  if (apiKey) return { from, by: 'resend', apiKey, url: new URL(RESEND_URL).origin }
  if (binding) return { from, by: 'cloudflare', binding }
  throw new Error(
    'Edgewise cannot start: to send mail it needs the send_email binding EMAIL, or RESEND_API_KEY.',
  )
}
