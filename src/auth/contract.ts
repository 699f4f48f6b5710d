import { createRoute, z } from '@hono/zod-openapi'
import { json, jsonBody, problems } from '../http/contract.ts'
import type { ProblemCode } from '../http/problem.ts'
import { text } from '../http/text.ts'

const EXAMPLE_TIME = '2026-11-21T09:30:00.000Z'
const instant = z.iso.datetime().openapi({ example: EXAMPLE_TIME })
const id = z.uuid().openapi({ example: '019aa2f4-8a3c-7d52-9c11-3f0f5a1b2c3d' })
const MAX_ADDRESS_LENGTH = 254 // RFC 5321, 4.5.3.1.3
const address = z.email().max(MAX_ADDRESS_LENGTH).openapi({ example: 'ada@example.com' })
const email = address.openapi({ 'x-kept': 'in lower case' })
const password = text({ min: 8, max: 128 }).openapi({
  format: 'password',
  example: 'correct horse battery',
})
/** As it was once taken: not measured by today's rule. */
const ownPassword = text({ min: 1, max: 128 }).openapi({
  format: 'password',
  example: 'correct horse battery',
})
const linkToken = text({ min: 1, max: 4096 }).openapi({
  description: 'From the link in the mail',
  example: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln',
})

const User = z
  .object({
    id,
    name: z.string().openapi({ example: 'Ada' }),
    email,
    emailVerified: z.boolean(),
    image: z.string().nullable().optional(),
    createdAt: instant,
    updatedAt: instant,
  })
  .openapi('User')

const Session = z
  .object({
    id,
    userId: id,
    token: z.string().openapi({ description: 'The session token', example: 'Zk3vX0cJqf0cN2b6' }),
    expiresAt: instant,
    createdAt: instant,
    updatedAt: instant,
    ipAddress: z.string().nullable().optional(),
    userAgent: z.string().nullable().optional(),
  })
  .openapi('Session')

const AuthError = z
  .object({
    code: z.string().optional().openapi({ example: 'INVALID_EMAIL_OR_PASSWORD' }),
    message: z.string().optional().openapi({ example: 'Invalid email or password' }),
  })
  .openapi('AuthError', { description: "An error of Better Auth's" })

/** A refusal of Better Auth's or, with `codes`, of ours under the same status. */
export const refused = (description: string, ...codes: ProblemCode[]) => {
  const [ours] = Object.values(problems(...codes))
  return { ...ours, description, content: { ...ours?.content, 'application/json': { schema: AuthError } } }
}

export const unfit = (description: string) => refused(description, 'invalid_request', 'malformed_json')
const foreign = refused('A browser on another origin')
const empty = { query: z.strictObject({}) }

const tags = ['Sign-in']
const bySession = [{ sessionCookie: [] }, { sessionToken: [] }]
export const faults = problems(
  'payload_too_large',
  'request_timeout',
  'too_many_requests',
  'internal_error',
  'unavailable',
  'outcome_unknown',
)
export const bodyFaults = problems('unsupported_media_type')
const done = json(z.object({ status: z.boolean() }), 'Done')
const mailed = json(
  z.object({ status: z.boolean(), message: z.string().optional() }),
  'If there is something to send, it is on its way',
)

/** What Edgewise offers of Better Auth, which answers these itself; nothing else below `/api/auth` exists. */
export const authOperations = [
  createRoute({
    operationId: 'signUpWithEmail',
    summary: 'Create an account',
    description:
      'The address gets a mail to confirm it with; until then nobody can sign in. The answer is the same whether or not the address has an account already; if it has, the mail says so.',
    tags,
    method: 'post',
    path: '/sign-up/email',
    security: [],
    request: {
      ...empty,
      body: jsonBody(
        z.strictObject({
          name: text({ min: 1, max: 200, trim: true }).openapi({ example: 'Ada' }),
          email,
          password,
        }),
      ),
    },
    responses: {
      200: json(z.object({ token: z.null(), user: User }), 'Now look into your mail'),
      400: unfit('Malformed, or the password is shorter than 8 or longer than 128 characters'),
      403: foreign,
      422: refused('The account could not be created'),
      ...bodyFaults,
      ...faults,
    },
  }),
  createRoute({
    operationId: 'signInWithEmail',
    summary: 'Sign in: begins a session',
    description:
      'Browsers keep the session cookie; scripts keep `token` and send it as `Authorization: Bearer`.',
    tags,
    method: 'post',
    path: '/sign-in/email',
    security: [],
    request: {
      ...empty,
      body: jsonBody(z.strictObject({ email, password: ownPassword, rememberMe: z.boolean().optional() })),
    },
    responses: {
      200: json(
        z.object({
          redirect: z.boolean(),
          token: z.string().openapi({ example: 'Zk3vX0cJqf0cN2b6' }),
          user: User,
        }),
        'The session has begun',
        { 'Set-Cookie': 'The session cookie' },
      ),
      400: unfit('Malformed'),
      401: refused('No account has this address and password, or the address is not confirmed yet'),
      403: foreign,
      ...bodyFaults,
      ...faults,
    },
  }),
  createRoute({
    operationId: 'signOut',
    summary: 'Sign out: ends the session, and with it every access token of it, at once',
    tags,
    method: 'post',
    path: '/sign-out',
    security: bySession,
    request: empty,
    responses: {
      200: json(z.object({ success: z.boolean() }), 'Signed out, or was not signed in'),
      400: unfit('Malformed'),
      403: foreign,
      ...bodyFaults,
      ...faults,
    },
  }),
  createRoute({
    operationId: 'getSession',
    summary: 'Read the session and its user',
    tags,
    method: 'get',
    path: '/get-session',
    security: bySession,
    request: empty,
    responses: {
      400: unfit('Malformed'),
      200: json(z.object({ session: Session, user: User }).nullable(), 'The session, or null without one'),
      ...faults,
    },
  }),
  createRoute({
    operationId: 'getToken',
    summary: 'Get an access token for the data API',
    description: 'It lives for 15 minutes, or until the session ends if that comes first.',
    tags,
    method: 'get',
    path: '/token',
    security: bySession,
    request: empty,
    responses: {
      400: unfit('Malformed'),
      200: json(
        z.object({ token: z.string().openapi({ example: 'eyJhbGciOiJFZERTQSJ9.e30.c2ln' }) }),
        'The token',
      ),
      401: refused('No session'),
      ...faults,
    },
  }),
  createRoute({
    operationId: 'getPublicKeys',
    summary: 'Read the public keys that verify access tokens',
    tags,
    method: 'get',
    path: '/jwks',
    security: [],
    request: empty,
    responses: {
      400: unfit('Malformed'),
      200: json(
        z.object({
          keys: z.array(
            z.object({
              kid: z.string().openapi({ example: 'q1vN2m' }),
              kty: z.literal('OKP'),
              crv: z.literal('Ed25519'),
              alg: z.literal('EdDSA'),
              x: z.string().openapi({ example: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }),
            }),
          ),
        }),
        'A JSON Web Key Set (RFC 7517)',
      ),
      ...faults,
    },
  }),
  createRoute({
    operationId: 'sendVerificationEmail',
    summary: 'Ask for the mail that confirms an address again',
    tags,
    method: 'post',
    path: '/send-verification-email',
    security: [],
    request: { ...empty, body: jsonBody(z.strictObject({ email })) },
    responses: {
      200: mailed,
      400: unfit('Malformed'),
      403: foreign,
      ...bodyFaults,
      ...faults,
    },
  }),
  createRoute({
    operationId: 'verifyEmail',
    summary: 'Confirm an address with the token of a mail',
    description:
      'For a new account, it may now sign in. For a change of address, the old address agrees first, and then the new one is confirmed.',
    tags,
    method: 'get',
    path: '/verify-email',
    security: [],
    request: { query: z.strictObject({ token: linkToken }) },
    responses: {
      200: json(z.object({ status: z.boolean(), user: User.nullable().optional() }), 'Confirmed'),
      400: unfit('Malformed'),
      401: refused('The link is not ours, is too old, or has been overtaken'),
      409: refused('Another account has this address by now'),
      ...faults,
    },
  }),
  createRoute({
    operationId: 'requestPasswordReset',
    summary: 'Ask for a mail with which to choose a new password',
    description: 'The answer is the same whether or not the address has an account.',
    tags,
    method: 'post',
    path: '/request-password-reset',
    security: [],
    request: { ...empty, body: jsonBody(z.strictObject({ email })) },
    responses: {
      200: mailed,
      400: unfit('Malformed'),
      403: foreign,
      ...bodyFaults,
      ...faults,
    },
  }),
  createRoute({
    operationId: 'resetPassword',
    summary: 'Choose a new password with the token of a mail: ends every session',
    description: 'The token works once. It confirms the address as well.',
    tags,
    method: 'post',
    path: '/reset-password',
    security: [],
    request: { ...empty, body: jsonBody(z.strictObject({ newPassword: password, token: linkToken })) },
    responses: {
      200: done,
      400: unfit('Malformed, or the token is not ours, is too old, or has been used'),
      403: foreign,
      ...bodyFaults,
      ...faults,
    },
  }),
  createRoute({
    operationId: 'changePassword',
    summary: 'Change the password: ends every session and begins a new one for the caller',
    tags,
    method: 'post',
    path: '/change-password',
    security: bySession,
    request: {
      ...empty,
      body: jsonBody(
        z
          .strictObject({ currentPassword: ownPassword, newPassword: password })
          .transform((passwords) => ({ ...passwords, revokeOtherSessions: true })),
      ),
    },
    responses: {
      200: json(
        z.object({ token: z.string().openapi({ example: 'Zk3vX0cJqf0cN2b6' }), user: User }),
        'Changed; `token` is the new session token',
        { 'Set-Cookie': 'The new session cookie' },
      ),
      400: unfit('Malformed, or the current password is wrong'),
      401: refused('No session'),
      403: foreign,
      ...bodyFaults,
      ...faults,
    },
  }),
  createRoute({
    operationId: 'changeEmail',
    summary: 'Change the address: the old one gets a mail to agree with, then the new one a mail to confirm',
    description: 'The answer is the same whether or not the new address has an account.',
    tags,
    method: 'post',
    path: '/change-email',
    security: bySession,
    request: { ...empty, body: jsonBody(z.strictObject({ newEmail: email })) },
    responses: {
      200: mailed,
      400: unfit('Malformed, or the address is the same'),
      401: refused('No session'),
      403: foreign,
      ...bodyFaults,
      ...faults,
    },
  }),
  createRoute({
    operationId: 'deleteAccount',
    summary: 'Delete the account and everything in it, at once and for good',
    description: 'Asks for the password, or for a session that began within the last 15 minutes.',
    tags,
    method: 'post',
    path: '/delete-user',
    security: bySession,
    request: {
      ...empty,
      body: jsonBody(z.strictObject({ password: ownPassword.optional() })),
    },
    responses: {
      200: json(z.object({ success: z.boolean(), message: z.string() }), 'Gone'),
      400: unfit('Malformed, the password is wrong, or the session is too old'),
      401: refused('No session'),
      403: foreign,
      ...bodyFaults,
      ...faults,
    },
  }),
] as const
