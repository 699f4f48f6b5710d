import { z } from '@hono/zod-openapi'
import { json, problems } from '../http/contract.ts'
import type { ProblemCode } from '../http/problem.ts'
import { text } from '../http/text.ts'

const EXAMPLE_TIME = '2026-11-21T09:30:00.000Z'
const instant = z.iso.datetime().openapi({ example: EXAMPLE_TIME })
const id = z.uuid().openapi({ example: '019aa2f4-8a3c-7d52-9c11-3f0f5a1b2c3d' })
const MAX_ADDRESS_LENGTH = 254 // RFC 5321, 4.5.3.1.3
const address = z.email().max(MAX_ADDRESS_LENGTH).openapi({ example: 'ada@example.com' })
export const email = address.openapi({ 'x-kept': 'in lower case' })
export const password = text({ min: 8, max: 128 }).openapi({
  format: 'password',
  example: 'correct horse battery',
})
/** As it was once taken: not measured by today's rule. */
export const ownPassword = text({ min: 1, max: 128 }).openapi({
  format: 'password',
  example: 'correct horse battery',
})
export const linkToken = text({ min: 1, max: 4096 }).openapi({
  description: 'From the link in the mail',
  example: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln',
})

export const User = z
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

export const Session = z
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
export const foreign = refused('A browser on another origin')
export const empty = { query: z.strictObject({}) }

export const tags = ['Sign-in']
export const bySession = [{ sessionCookie: [] }, { sessionToken: [] }]
export const faults = problems(
  'payload_too_large',
  'request_timeout',
  'too_many_requests',
  'internal_error',
  'unavailable',
  'outcome_unknown',
)
export const bodyFaults = problems('unsupported_media_type')
export const done = json(z.object({ status: z.boolean() }), 'Done')
export const mailed = json(
  z.object({ status: z.boolean(), message: z.string().optional() }),
  'If there is something to send, it is on its way',
)
