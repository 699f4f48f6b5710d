import { APIError, BASE_ERROR_CODES } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { betterAuth } from 'better-auth/minimal'
import { bearer } from 'better-auth/plugins/bearer'
import { jwt } from 'better-auth/plugins/jwt'
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { accounts, jwks, sessions, users, verifications } from '../db/auth-schema.ts'
import type { DatabaseUnavailable } from '../db/failure.ts'
import { connect } from '../db/neon.ts'
import type { Config } from '../env.ts'
import { mintKeyId } from './key-id.ts'
import { TOKEN_LIFETIME_SECONDS } from './token.ts'

/**
 * Answers one request below `/api/auth` with Better Auth. The instance lives as long as the request, so
 * that nothing of one request's I/O is met by another. Throws `DatabaseUnavailable`, which Better Auth
 * would in places report as a fault of the caller's.
 */
export const answerAuth = async (request: Request, config: Config): Promise<Response> => {
  let unavailable: DatabaseUnavailable | undefined
  const auth = authOf(config, (error) => {
    unavailable ??= error
  })
  const response = await auth.handler(request)
  if (unavailable && response.status >= 400) throw unavailable
  return response
}

const authOf = (config: Config, onUnavailable: (error: DatabaseUnavailable) => void) => {
  const database = connect(config.authDatabaseUrl, {
    deadlineMs: config.databaseDeadlineMs,
    effect: 'by statement',
    onUnavailable,
  })
  const refuseIfDisabled = async (userId: string) => {
    const [user] = await database
      .select({ disabledAt: users.disabledAt })
      .from(users)
      .where(eq(users.id, userId))
    if (user?.disabledAt) throw APIError.from('UNAUTHORIZED', BASE_ERROR_CODES.INVALID_EMAIL_OR_PASSWORD)
  }

  return betterAuth({
    appName: 'Edgewise',
    baseURL: config.baseUrl,
    basePath: '/api/auth',
    secret: config.authSecret,
    database: drizzleAdapter(database, {
      provider: 'pg',
      schema: { user: users, session: sessions, account: accounts, verification: verifications, jwks },
    }),
    // Without a session at sign-up, the answer is the same whether or not the address has an account.
    emailAndPassword: { enabled: true, autoSignIn: false },
    user: {
      additionalFields: { disabledAt: { type: 'date', required: false, input: false, returned: false } },
    },
    databaseHooks: {
      session: { create: { before: (session) => refuseIfDisabled(session.userId) } },
    },
    advanced: {
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: ['cf-connecting-ip'] },
    },
    rateLimit: { enabled: false },
    plugins: [
      bearer(),
      jwt({
        disableSettingJwtHeader: true,
        jwt: {
          issuer: config.baseUrl,
          audience: config.baseUrl,
          expirationTime: `${TOKEN_LIFETIME_SECONDS}s`,
          definePayload: ({ session }) => ({ sid: session.id }),
          getSubject: ({ user }) => user.id,
        },
        adapter: {
          createJwk: async (key, { context }) =>
            context.adapter.create({
              model: 'jwks',
              data: { ...key, id: await mintKeyId(config.authSecret) },
              forceAllowId: true,
            }),
        },
      }),
    ],
    // Its messages can carry SQL with parameter values; the request log says what can be said.
    logger: { disabled: true },
    onAPIError: { throw: true },
    telemetry: { enabled: false },
  })
}
