import { createRoute, z } from '@hono/zod-openapi'
import { json, jsonBody, problems } from '../http/contract.ts'

const EXAMPLE_TIME = '2026-11-21T09:30:00.000Z'
const instant = z.iso.datetime().openapi({ example: EXAMPLE_TIME })
const id = z.uuid().openapi({ example: '019aa2f4-8a3c-7d52-9c11-3f0f5a1b2c3d' })
const email = z.email().openapi({ example: 'ada@example.com' })
const password = z.string().openapi({ format: 'password', example: 'correct horse battery' })

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

const refused = (description: string) => ({
  description,
  content: { 'application/json': { schema: AuthError } },
})

const tags = ['Sign-in']
const bySession = [{ sessionCookie: [] }, { sessionToken: [] }]
const faults = problems('internal_error', 'unavailable', 'outcome_unknown')
const bodyFaults = problems('payload_too_large')

/** What Edgewise offers of Better Auth, which answers these itself; nothing else below `/api/auth` exists. */
export const authOperations = [
  createRoute({
    operationId: 'signUpWithEmail',
    summary: 'Create an account',
    description: 'The answer is the same whether or not the address has an account already.',
    tags,
    method: 'post',
    path: '/sign-up/email',
    security: [],
    request: { body: jsonBody(z.object({ name: z.string().openapi({ example: 'Ada' }), email, password })) },
    responses: {
      200: json(z.object({ token: z.null(), user: User }), 'Now sign in'),
      400: refused('Malformed, or the password is shorter than 8 or longer than 128 characters'),
      403: refused('A browser on another origin'),
      415: refused('Body not JSON'),
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
    request: { body: jsonBody(z.object({ email, password, rememberMe: z.boolean().optional() })) },
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
      400: refused('Malformed'),
      401: refused('No account has this address and password'),
      403: refused('A browser on another origin'),
      415: refused('Body not JSON'),
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
    responses: {
      200: json(z.object({ success: z.boolean() }), 'Signed out, or was not signed in'),
      403: refused('A browser on another origin'),
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
    responses: {
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
    responses: {
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
    responses: {
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
] as const
