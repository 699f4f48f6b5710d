import { createRoute, z } from '@hono/zod-openapi'
import { json, jsonBody } from '../http/contract.ts'
import { text } from '../http/text.ts'
import {
  bodyFaults,
  bySession,
  email,
  empty,
  faults,
  foreign,
  ownPassword,
  password,
  refused,
  Session,
  tags,
  User,
  unfit,
} from './shapes.ts'

/** From an account to an access token. */
export const sessionOperations = [
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
] as const
