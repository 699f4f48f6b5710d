import { createMiddleware } from 'hono/factory'
import type { Databases, ScopeOptions } from '../db/transactions.ts'
import { userScope } from '../db/user-scope.ts'
import { oneTimeKey } from '../db/write.ts'
import type { AppEnv } from '../http/context.ts'
import { problem } from '../http/problem.ts'
import { withinLimit } from '../limits/bound-limit.ts'
import { DATA_LIMIT, type RateLimiter } from '../limits/limits.ts'
import { type Expectations, TokenRefused, verifyToken } from './token.ts'
import { rememberVerified } from './verified-tokens.ts'

interface GateOptions extends Pick<Expectations, 'origin' | 'findKey'>, Pick<ScopeOptions, 'workOut'> {
  /** The databases for a request that has spent so long: the first in an isolate waits for the keys. */
  databasesAfter: (spentMs: number) => Databases
  limiter: RateLimiter
}

/**
 * Lets a request pass with a valid access token and nothing else, and gives it the scope of the token's
 * user. Every refusal is the same answer and costs no call to the database; the reason goes to the log.
 * A user who asks too much is told so, at no call either.
 */
export const gate = ({ origin, findKey, databasesAfter, limiter, workOut }: GateOptions) => {
  const principalOf = rememberVerified((token, now) => verifyToken(token, { origin, findKey, now }))

  return createMiddleware<AppEnv>(async function gate(c, next) {
    const { timings } = c.var
    const startedAt = performance.now()
    try {
      const token = bearerIn(c.req.header('authorization'))
      const principal = await principalOf(token, new Date())
      await withinLimit(c, limiter, DATA_LIMIT, principal.userId)
      const databases = databasesAfter(performance.now() - startedAt)
      const onCall = (durationMs: number) => {
        timings.database = (timings.database ?? 0) + durationMs
      }
      const writeKey = () => c.var.writeKey ?? oneTimeKey()
      c.set('scope', userScope(databases, principal, { onCall, writeKey, workOut }))
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error
      c.set('refusal', error.reason)
      throw problem('unauthorized')
    } finally {
      timings.auth = performance.now() - startedAt
    }
    await next()
  })
}

/** The token of `Authorization: Bearer …` (RFC 6750, 2.1); the scheme's case does not matter. */
const bearerIn = (authorization: string | undefined): string => {
  if (authorization === undefined) throw new TokenRefused('no_token')
  const [, token] = /^bearer ([^ ]+)$/i.exec(authorization) ?? []
  if (token === undefined) throw new TokenRefused('not_bearer')
  return token
}
