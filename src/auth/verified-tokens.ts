import type { Principal } from './principal.ts'
import type { VerifiedToken } from './token.ts'

/** About half a MiB of the isolate's 128. */
export const MAX_REMEMBERED_TOKENS = 1_000

/**
 * Remembers, in this isolate, whom its last good tokens speak for, so that a signature is verified once
 * and not with every request. What a token needs beyond its signature is still looked at each time: that it
 * has not expired, here; that its session lives, in the database. Refused tokens are not remembered.
 */
export const rememberVerified = (verify: (token: string, now: Date) => Promise<VerifiedToken>) => {
  const verified = new Map<string, VerifiedToken>()

  return async (token: string, now: Date): Promise<Principal> => {
    const known = verified.get(token)
    if (known && now.getTime() < known.expiresAtSeconds * 1000) return known
    verified.delete(token)

    const fresh = await verify(token, now)
    const [oldest] = verified.keys()
    if (oldest !== undefined && verified.size >= MAX_REMEMBERED_TOKENS) verified.delete(oldest)
    verified.set(token, fresh)
    return fresh
  }
}
