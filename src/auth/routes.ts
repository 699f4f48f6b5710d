import type { RouteConfig } from '@hono/zod-openapi'
import type { Config } from '../env.ts'
import { createRouter } from '../http/router.ts'
import type { LimitAttempts } from '../limits/attempts.ts'
import { authOperations } from './contract.ts'
import { untilEvenTime } from './even-time.ts'
import { resigned } from './former-secret.ts'
import { listProviders, providerOperations } from './providers/contract.ts'
import { forBetterAuth } from './request.ts'

/**
 * Sign-in, by Better Auth. It is loaded when it is called for, so that the data path never pays for it;
 * and only for the operations in the contract, so that it opens nothing by default that nobody asked for;
 * and only within their limits, so that no flood reaches a password's hash.
 */
export const authRoutes = (config: Config, limitAttempts: LimitAttempts) => {
  const router = createRouter()
  router.openapi(listProviders, (c) =>
    c.json({ providers: config.providers.map(({ id, name }) => ({ id, name })) }, 200),
  )
  const operations: readonly RouteConfig[] = [...authOperations, ...providerOperations(config.providers)]
  for (const operation of operations) {
    const { operationId = '', request } = operation
    const limited = limitAttempts(operation.path)
    router.openapi(operation, async (c) => {
      const startedAt = performance.now()
      let answer: Response | undefined
      try {
        const body: unknown = request?.body ? c.req.valid('json' as never) : undefined
        const withFields = await limited(c, body)
        const { answerAuth } = await import('./better-auth.ts')
        answer = await answerAuth(await resigned(forBetterAuth(c, body), config), config, {
          onDatabaseError: (sqlState) => c.set('sqlState', sqlState),
          onProviderFailure: (reason) => c.set('refusal', reason),
        })
        if (answer.status >= 400) c.set('refusal', await refusalIn(answer))
        return withFields(answer)
      } finally {
        // Whoever got in knows already that there is an account.
        const hasEntered = answer?.headers.has('Set-Auth-Token')
        if (TELLTALE.has(operationId) && !hasEntered) await untilEvenTime(startedAt, config.evenTimeMs)
      }
    })
  }
  return router
}

/** Where it makes a difference whether an address has an account, of which the caller must learn nothing. */
const TELLTALE = new Set([
  'signUpWithEmail',
  'signInWithEmail',
  'requestPasswordReset',
  'sendVerificationEmail',
  'finishSignInWithProvider',
])

/** The `code` of Better Auth's error: one of its constants, and nothing else that an answer may hold. */
const refusalIn = async (answer: Response): Promise<string> => {
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => undefined)
  const code = body && typeof body === 'object' && 'code' in body ? body.code : undefined
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{0,63}$/.test(code) ? code : `status_${answer.status}`
}
