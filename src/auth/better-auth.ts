import { APIError, BASE_ERROR_CODES } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { createAuthMiddleware } from 'better-auth/api'
import { betterAuth } from 'better-auth/minimal'
import { bearer } from 'better-auth/plugins/bearer'
import { and, eq, ne } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { accounts, jwks, sessions, users, verifications } from '../db/auth-schema.ts'
import { type CallPolicy, connect } from '../db/neon.ts'
import { databaseErrorIn } from '../db/session-ended.ts'
import { watchCalls } from '../db/watched-calls.ts'
import * as letters from '../email/messages.ts'
import { sendLater } from '../email/outbox.ts'
import type { Config } from '../env.ts'
import { accessTokens } from './access-tokens.ts'
import { landing } from './providers/landing.ts'
import { type Attempt, identityProviders } from './providers/plugin.ts'
import './quiet-console.ts'

/** How long the links in mails work. */
const LINK_LIFETIME_SECONDS = 60 * 60

/** A session this young may delete its account without a password. */
const FRESH_SESSION_SECONDS = 15 * 60

/**
 * Answers one request below `/api/auth` with Better Auth. The instance lives as long as the request, so
 * that nothing of one request's I/O is met by another. Throws `DatabaseUnavailable`, which Better Auth
 * would in places report as a fault of the caller's; `notes` are told what its answers hide.
 */
export const answerAuth = async (request: Request, config: Config, notes: Notes): Promise<Response> => {
  const watch = watchCalls(config.databaseDeadlineMs)
  const attempt: Attempt = {}
  const auth = authOf(config, attempt, { ...watch.policy, onDatabaseError: notes.onDatabaseError })
  const again = request.clone()
  const ask = async (what: Request) => {
    const answer = await auth.handler(what).catch((error: unknown) => {
      watch.throwIfUnavailable()
      return conflict(error)
    })
    if (answer.status >= 400) watch.throwIfUnavailable()
    return answer
  }
  let response = await ask(request)

  const code = await errorCodeOf(response)
  // Somebody else made an account with this address in the same moment: now it has one.
  if (code === BASE_ERROR_CODES.FAILED_TO_CREATE_USER.code) response = await ask(again)
  // A password that is right must not tell that there is an account, before its address is confirmed.
  if (code === BASE_ERROR_CODES.EMAIL_NOT_VERIFIED.code) return wrongPassword(response.headers)
  const landed = landing(response, { attempt, baseUrl: config.baseUrl, isDatabaseDown: watch.hasFailed() })
  const reason = attempt.fault?.reason ?? attempt.error
  if (reason) notes.onProviderFailure(reason)
  return landed
}

/** For the log. */
interface Notes {
  onDatabaseError: (sqlState: string) => void
  /** Why a sign-in with a provider came to nothing. */
  onProviderFailure: (reason: string) => void
}

/** The one thing that is unique and that callers choose is an address. */
const conflict = (error: unknown): Response => {
  if (!(error instanceof Error) || databaseErrorIn(error).code !== UNIQUE_VIOLATION) throw error
  return Response.json(
    { message: 'Another account has this address', code: 'ADDRESS_TAKEN' },
    { status: 409 },
  )
}

const UNIQUE_VIOLATION = '23505'

const errorCodeOf = async (response: Response): Promise<unknown> => {
  if (
    response.status < 400 ||
    response.status >= 500 ||
    !response.headers.get('Content-Type')?.includes('json')
  )
    return
  const body: unknown = await response.clone().json()
  return typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined
}

const wrongPassword = (headers: Headers): Response => {
  const { code, message } = BASE_ERROR_CODES.INVALID_EMAIL_OR_PASSWORD
  return new Response(JSON.stringify({ message, code }), { status: 401, headers })
}

const authOf = (config: Config, attempt: Attempt, policy: CallPolicy) => {
  const database = connect(config.authDatabaseUrl, policy)
  /** Whichever way in. */
  const refuseUnlessWelcome = async (userId: string) => {
    const [user] = await database
      .select({ disabledAt: users.disabledAt, emailVerified: users.emailVerified })
      .from(users)
      .where(eq(users.id, userId))
    if (user?.disabledAt) throw APIError.from('UNAUTHORIZED', BASE_ERROR_CODES.INVALID_EMAIL_OR_PASSWORD)
    if (!user?.emailVerified) throw APIError.from('FORBIDDEN', BASE_ERROR_CODES.EMAIL_NOT_VERIFIED)
  }
  const mail = (to: string, letter: letters.Letter) => sendLater(config.mail, letters.messageTo(to, letter))
  const page = (path: string, token: string) => `${config.baseUrl}${path}?token=${token}`
  let resetLetter = letters.resetPassword

  const auth = betterAuth({
    appName: 'Edgewise',
    baseURL: config.baseUrl,
    basePath: '/api/auth',
    secret: config.authSecret,
    database: drizzleAdapter(database, {
      provider: 'pg',
      schema: { user: users, session: sessions, account: accounts, verification: verifications, jwks },
    }),
    emailAndPassword: {
      enabled: true,
      // It counts UTF-16 code units, the contract characters: 128, which may take two units each.
      maxPasswordLength: 256,
      // Without a session at sign-up, too, so that its answer does not tell whether the address has an account.
      requireEmailVerification: true,
      resetPasswordTokenExpiresIn: LINK_LIFETIME_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) =>
        mail(user.email, resetLetter(page('/reset-password', token))),
      // The link chooses the password anew: the one from before may be that of somebody else who signed up
      // with this address and could not confirm it.
      onExistingUserSignUp: async ({ user: { email } }) => {
        resetLetter = letters.accountExists
        await auth.api.requestPasswordReset({ body: { email } })
      },
      // Whoever has the link reads the address's mail. Who made the account with a provider before that was
      // proven may be somebody else.
      onPasswordReset: async ({ user }) => {
        if (!user.emailVerified) {
          const isProviders = and(eq(accounts.userId, user.id), ne(accounts.providerId, 'credential'))
          await database.delete(accounts).where(isProviders)
        }
        await database.update(users).set({ emailVerified: true }).where(eq(users.id, user.id))
        mail(user.email, letters.passwordChanged(`${config.baseUrl}/reset-password`))
      },
    },
    emailVerification: {
      sendOnSignUp: true,
      sendOnSignIn: true,
      expiresIn: LINK_LIFETIME_SECONDS,
      sendVerificationEmail: async ({ user, token }, request) => {
        const letter = isNewAddress(request) ? letters.verifyNewAddress : letters.verifyAddress
        mail(user.email, letter(page('/verify-email', token)))
      },
    },
    user: {
      additionalFields: { disabledAt: { type: 'date', required: false, input: false, returned: false } },
      changeEmail: {
        enabled: true,
        sendChangeEmailConfirmation: async ({ user, newEmail, token }) =>
          mail(user.email, letters.confirmNewAddress(newEmail, page('/verify-email', token))),
      },
      deleteUser: {
        enabled: true,
        // Everything of theirs goes in this one statement; Better Auth's own, which follow, find nothing.
        beforeDelete: async ({ id }) => {
          await database.delete(users).where(eq(users.id, id))
        },
        afterDelete: async ({ email }) => mail(email, letters.accountDeleted()),
      },
    },
    session: { freshAge: FRESH_SESSION_SECONDS },
    verification: { storeIdentifier: 'hashed' },
    // Better Auth's default, said here because everything hangs on it: an account is linked only if both the
    // provider and we have verified its address.
    account: { accountLinking: { requireLocalEmailVerified: true, trustedProviders: [] } },
    databaseHooks: {
      account: {
        create: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) },
        update: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) },
      },
      session: { create: { before: (session) => refuseUnlessWelcome(session.userId) } },
    },
    hooks: {
      after: createAuthMiddleware(async ({ path, context: { returned, session } }) => {
        if (path !== '/change-password' || returned instanceof APIError || !session) return
        mail(session.user.email, letters.passwordChanged(`${config.baseUrl}/reset-password`))
      }),
    },
    advanced: {
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: ['cf-connecting-ip'] },
    },
    rateLimit: { enabled: false },
    plugins: [bearer(), accessTokens(config), identityProviders(config.providers, attempt)],
    // Its messages can carry SQL with parameter values; the request log says what can be said.
    logger: { disabled: true },
    onAPIError: { throw: true, errorURL: `${config.baseUrl}/sign-in` },
    telemetry: { enabled: false },
  })
  return auth
}

/** What a provider lets its bearer do is of no use here: we keep none of it. */
const NO_TOKENS = { accessToken: null, refreshToken: null, idToken: null, scope: null }

/** Confirming a change at the old address sends a mail to the new one. */
const isNewAddress = (request: Request | undefined) =>
  request !== undefined && new URL(request.url).pathname.endsWith('/verify-email')
