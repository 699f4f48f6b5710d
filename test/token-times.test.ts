import { describe, it, vi } from 'vitest'
import type { SessionId, UserId } from '../src/auth/principal.ts'
import { TOKEN_LIFETIME_SECONDS, TokenRefused, verifyToken } from '../src/auth/token.ts'
import { MAX_REMEMBERED_TOKENS, rememberVerified } from '../src/auth/verified-tokens.ts'
import { forge, strangersKey } from './support/tokens.ts'

const ORIGIN = 'https://tasks.example.com'
const NOW_SECONDS = 1_800_000_000
const USER_ID = '019aa2f4-8a3c-7d52-9c11-3f0f5a1b2c3d'
const SESSION_ID = '019aa2f4-8a3c-7d52-9c11-3f0f5a1b2c3e'

/** Verifies, at `NOW_SECONDS`, a token with those claims. */
const verify = async (times: { iat: number; exp: number; nbf?: number }, nowMs = NOW_SECONDS * 1000) => {
  const { sign, x } = await strangersKey('a')
  const publicJwk = { kty: 'OKP', crv: 'Ed25519', x }
  const key = await crypto.subtle.importKey('jwk', publicJwk, 'Ed25519', true, ['verify'])
  const claims = { sub: USER_ID, sid: SESSION_ID, iss: ORIGIN, aud: ORIGIN, ...times }
  const token = await forge(sign, { alg: 'EdDSA', kid: 'a' }, claims)
  return verifyToken(token, { origin: ORIGIN, now: new Date(nowMs), findKey: async () => key })
}

const at = (seconds: number) => NOW_SECONDS + seconds

describe("a token's times", () => {
  it.for<[string, { iat: number; exp: number; nbf?: number }]>([
    ['issued now', { iat: at(0), exp: at(TOKEN_LIFETIME_SECONDS) }],
    ['in its last second', { iat: at(1 - TOKEN_LIFETIME_SECONDS), exp: at(1) }],
    ['issued by a clock that is half a minute fast', { iat: at(30), exp: at(30 + TOKEN_LIFETIME_SECONDS) }],
    ['valid from now on', { iat: at(0), exp: at(900), nbf: at(0) }],
    ['shorter-lived than it might be', { iat: at(0), exp: at(1) }],
  ])('are accepted: %s', async ([, times], { expect }) => {
    expect(await verify(times)).toEqual({
      userId: USER_ID,
      sessionId: SESSION_ID,
      expiresAtSeconds: times.exp,
    })
  })

  it.for<[string, { iat: number; exp: number; nbf?: number }]>([
    ['expired this very second', { iat: at(-TOKEN_LIFETIME_SECONDS), exp: at(0) }],
    ['expired long ago', { iat: at(-10_000), exp: at(-10_000 + TOKEN_LIFETIME_SECONDS) }],
    ['issued by a clock that is too fast', { iat: at(31), exp: at(31 + TOKEN_LIFETIME_SECONDS) }],
    ['living a second too long', { iat: at(0), exp: at(TOKEN_LIFETIME_SECONDS + 1) }],
    ['living too long, and nearly over', { iat: at(-TOKEN_LIFETIME_SECONDS), exp: at(1) }],
    ['valid from the next second on', { iat: at(0), exp: at(900), nbf: at(1) }],
    ['between two seconds', { iat: at(0), exp: at(899.5) }],
  ])('are refused: %s', async ([, times], { expect }) => {
    await expect(verify(times)).rejects.toThrow(TokenRefused)
  })

  it('are compared with the time given, to the second', async ({ expect }) => {
    const times = { iat: at(0), exp: at(10) }
    await expect(verify(times, at(10) * 1000 - 1)).resolves.toBeDefined()
    await expect(verify(times, at(10) * 1000)).rejects.toThrow(TokenRefused)
  })
})

describe('a verified token', () => {
  const token = 'a good token'
  const verified = { userId: USER_ID as UserId, sessionId: SESSION_ID as SessionId, expiresAtSeconds: at(10) }

  it('is verified once, until it expires', async ({ expect }) => {
    const verify = vi.fn(async () => verified)
    const remembered = rememberVerified(verify)
    const ask = (ms: number) => remembered(token, new Date(NOW_SECONDS * 1000 + ms))

    for (const ms of [0, 5_000, 9_999]) expect(await ask(ms)).toEqual(verified)
    expect(verify).toHaveBeenCalledTimes(1)

    verify.mockRejectedValue(new TokenRefused('ERR_JWT_EXPIRED'))
    await expect(ask(10_000)).rejects.toThrow(TokenRefused)
    await expect(ask(9_999)).rejects.toThrow(TokenRefused)
  })

  it('is told from any other, and what was refused is verified again', async ({ expect }) => {
    const verify = vi.fn(async (given: string) => {
      if (given !== token) throw new TokenRefused('unknown_key')
      return verified
    })
    const remembered = rememberVerified(verify)
    const now = new Date(NOW_SECONDS * 1000)
    await remembered(token, now)
    for (const other of [`${token} `, token.slice(1), token.toUpperCase()]) {
      await expect(remembered(other, now)).rejects.toThrow(TokenRefused)
      await expect(remembered(other, now)).rejects.toThrow(TokenRefused)
    }
    expect(verify).toHaveBeenCalledTimes(7)
  })

  it('is forgotten, the oldest first, when there are too many', async ({ expect }) => {
    const verify = vi.fn(async () => verified)
    const remembered = rememberVerified(verify)
    const now = new Date(NOW_SECONDS * 1000)
    for (let i = 0; i <= MAX_REMEMBERED_TOKENS; i++) await remembered(String(i), now)
    await remembered(String(MAX_REMEMBERED_TOKENS), now)
    expect(verify).toHaveBeenCalledTimes(MAX_REMEMBERED_TOKENS + 1)
    await remembered('0', now)
    expect(verify).toHaveBeenCalledTimes(MAX_REMEMBERED_TOKENS + 2)
  })
})
