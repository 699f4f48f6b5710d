import type { Context } from 'hono'
import type { Count, CountAttempt } from '../db/attempts.ts'
import type { AppEnv } from '../http/context.ts'
import { clientAddress } from './client-address.ts'
import { counterKey } from './counter-key.ts'
import { LIMITS, type Limit } from './limits.ts'
import { type Quota, rateLimitFields, tooManyRequests } from './rate-limit-fields.ts'
import { sessionTokensIn } from './session-tokens.ts'

export type LimitAttempts = ReturnType<typeof limitAttempts>

interface AttemptOptions {
  count: CountAttempt
  /** Keys the hashes under which attempts are counted. */
  secret: string
}

/**
 * Counts an attempt at the operation of that path, which is to be done before anything else is done for it.
 * Throws `too_many_requests` once a limit is reached; what cannot be counted throws too. Otherwise it gives
 * what adds to the answer how the limits stand.
 */
export const limitAttempts =
  ({ count, secret }: AttemptOptions) =>
  (path: string) =>
  async (c: Context<AppEnv>, body: unknown): Promise<(answer: Response) => Response> => {
    const limit = LIMITS[path]
    if (!limit) return (answer) => answer
    const policies = policiesOf(limit, clientAddress(c.req.header('cf-connecting-ip')), emailIn(body))
    const counts = await count({
      counters: await Promise.all(
        policies.map(async (policy) => ({ limit: policy.limit, key: await counterKey(secret, policy) })),
      ),
      windowSeconds: limit.windowSeconds,
      ...(limit.account?.by === 'session' && {
        session: {
          operation: limit.name,
          tokens: sessionTokensIn(c.req.raw.headers),
          limit: limit.account.total,
          markUsed: limit.account.marksSessionUsed ?? false,
        },
      }),
    })

    const quotas = quotasOf(limit, policies, counts)
    const reached = quotas.find((_, position) => !counts[position]?.allowed)
    if (reached) {
      c.set('refusal', `limit_${reached.name}`)
      throw tooManyRequests(reached)
    }
    return (answer) => {
      const fields = rateLimitFields(quotas.filter(isOwn))
      for (const [name, value] of Object.entries(fields)) answer.headers.set(name, value)
      return answer
    }
  }

interface Policy {
  name: string
  limit: number
  subject: string
}

/** What is counted by what the request says; a session's user only the database knows. */
const policiesOf = (
  { name, perAddress, account }: Limit,
  address: string,
  email: string | undefined,
): Policy[] => {
  const byAddress = { name: `${name}-address`, limit: perAddress, subject: address }
  if (account?.by !== 'email' || email === undefined) return [byAddress]
  return [
    byAddress,
    { name: `${name}-pair`, limit: account.perAddress, subject: `${address} ${email}` },
    { name: `${name}-account`, limit: account.total, subject: email },
  ]
}

/** The email that the body names, in the form in which Better Auth looks it up. */
const emailIn = (body: unknown): string | undefined => {
  const email = body !== null && typeof body === 'object' && 'email' in body ? body.email : undefined
  return typeof email === 'string' ? email.trim().toLowerCase() : undefined
}

const quotasOf = ({ name, windowSeconds, account }: Limit, policies: Policy[], counts: Count[]): Quota[] =>
  counts.map(({ remaining, resetsInSeconds }, position) => {
    const policy = policies[position] ?? { name: `${name}-user`, limit: account?.total ?? 0 }
    return { name: policy.name, limit: policy.limit, windowSeconds, remaining, resetsInSeconds }
  })

/** Not what others may have used up too: how an account stands would tell a stranger that it is in use. */
const isOwn = ({ name }: Quota): boolean => !name.endsWith('-account')
