import { base64url, decodeProtectedHeader, errors, jwtVerify } from 'jose'
import type { Principal, SessionId, UserId } from './principal.ts'

/** A token lives this long; its session may end it sooner. */
export const TOKEN_LIFETIME_SECONDS = 15 * 60

/** How far two clocks at the edge may differ. */
const CLOCK_SKEW_SECONDS = 30

/** Why a token was refused: for the log, never for the wire. */
export class TokenRefused extends Error {
  override name = 'TokenRefused'
  readonly reason: string

  constructor(reason: string) {
    super(reason)
    this.reason = reason
  }
}

export interface Expectations {
  /** The issuer and the audience: the deployment's origin. */
  origin: string
  now: Date
  /** The Ed25519 public key of that `kid`, or `undefined` if it is none of ours. */
  findKey: (kid: string) => Promise<CryptoKey | undefined>
}

/** Whom a good token speaks for, and the second from which on it does not. */
export interface VerifiedToken extends Principal {
  expiresAtSeconds: number
}

/**
 * Whom an access token speaks for: a JWT as this deployment mints it, and no other form. Throws
 * `TokenRefused`. Stricter than RFC 7519 asks: one algorithm (RFC 8725, 3.1), no header parameter beyond
 * `alg`, `kid` and `typ`, canonical JSON in it, canonical base64url, whole seconds, one audience.
 */
export const verifyToken = async (
  token: string,
  { origin, now, findKey }: Expectations,
): Promise<VerifiedToken> => {
  if (!isCompactJws(token)) throw new TokenRefused('malformed')
  const kid = kidOf(token)
  const key = await findKey(kid)
  if (!key) throw new TokenRefused('unknown_key')

  const { payload } = await jwtVerify(token, key, {
    algorithms: ['EdDSA'],
    issuer: origin,
    audience: origin,
    currentDate: now,
    requiredClaims: ['iat', 'exp', 'sub', 'sid'],
  }).catch((error: unknown) => {
    throw new TokenRefused(error instanceof errors.JOSEError ? error.code : 'unverifiable')
  })

  const { aud, exp = 0, iat = 0, sub, sid } = payload
  const nowSeconds = Math.floor(now.getTime() / 1000)
  if (aud !== origin) throw new TokenRefused('many_audiences')
  if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp)) throw new TokenRefused('fractional_time')
  if (iat > nowSeconds + CLOCK_SKEW_SECONDS) throw new TokenRefused('issued_in_future')
  if (exp - iat > TOKEN_LIFETIME_SECONDS) throw new TokenRefused('lives_too_long')
  if (!isId(sub) || !isId(sid)) throw new TokenRefused('malformed_subject')
  return { userId: sub as UserId, sessionId: sid as SessionId, expiresAtSeconds: exp }
}

const kidOf = (token: string): string => {
  try {
    const { alg, kid, typ, ...rest } = decodeProtectedHeader(token)
    if (alg !== 'EdDSA') throw new TokenRefused('algorithm')
    if (typeof kid !== 'string') throw new TokenRefused('no_kid')
    if (typ !== undefined && typ !== 'JWT') throw new TokenRefused('type')
    if (Object.keys(rest).length > 0) throw new TokenRefused('header_parameter')
    if (!isCanonicalHeader(token)) throw new TokenRefused('ambiguous_header')
    return kid
  } catch (error) {
    throw error instanceof TokenRefused ? error : new TokenRefused('malformed_header')
  }
}

/** No name twice, no blank, no needless escape: readers of JSON may differ on what such a header says. */
const isCanonicalHeader = (token: string): boolean => {
  const [header = ''] = token.split('.', 1)
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(base64url.decode(header))
  return JSON.stringify(JSON.parse(text)) === text
}

const isCompactJws = (token: string): boolean => {
  const parts = token.split('.')
  return parts.length === 3 && parts.every(isCanonicalBase64Url)
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** One text for one value: the bits that the last character does not need are zero (RFC 4648, 3.5). */
const isCanonicalBase64Url = (text: string): boolean => {
  if (!/^[\w-]+$/.test(text)) return false
  const unusedBits = { 0: 0, 2: 4, 3: 2 }[text.length % 4]
  if (unusedBits === undefined) return false
  return ALPHABET.indexOf(text.slice(-1)) % 2 ** unusedBits === 0
}

const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
