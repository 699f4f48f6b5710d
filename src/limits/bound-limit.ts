import type { Context } from 'hono'
import type { AppEnv } from '../http/context.ts'
import type { BoundLimit, RateLimiter } from './limits.ts'
import { tooManyRequests } from './rate-limit-fields.ts'

/**
 * Throws `too_many_requests` if `key` has used up what the binding grants it. It does not say since when, so
 * the caller is told to wait for a whole window. A binding that fails lets pass: what must hold is counted in
 * the database.
 */
export const withinLimit = async (
  c: Context<AppEnv>,
  limiter: RateLimiter,
  { name, quota, windowSeconds }: BoundLimit,
  key: string,
): Promise<void> => {
  const { success } = await limiter.limit({ key }).catch(() => ({ success: true }))
  if (success) return
  c.set('refusal', `limit_${name}`)
  throw tooManyRequests({ name, limit: quota, windowSeconds, remaining: 0, resetsInSeconds: windowSeconds })
}
