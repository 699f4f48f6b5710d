import { importJWK } from 'jose'
import * as z from 'zod'
import { TOKEN_LIFETIME_SECONDS } from './token.ts'

/** A row of `jwks`, as far as the data role may read it. */
export interface PublicKeyRow {
  id: string
  publicKey: string
  /** From when on it signs no more tokens. */
  expiresAt: Date | null
}

export interface KeySource {
  /** Reads all public keys: one round trip. */
  load: () => Promise<PublicKeyRow[]>
  /** Whether a key of that name can exist at all. */
  couldExist: (kid: string) => Promise<boolean>
}

const RELOAD_COOLDOWN_SECONDS = 60

/** A key that signs no more verifies for as long as the last token it signed may live, and clocks may differ. */
export const RETIREMENT_SECONDS = TOKEN_LIFETIME_SECONDS + 60

const Ed25519PublicKey = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() })

/**
 * The isolate's public keys. It keeps values only, never a promise or a connection: each of many
 * concurrent first requests loads for itself, so that none waits on another's I/O, which Workers forbid.
 * A key that could exist but does not (a retired one) is looked for once a minute at the most.
 */
export const keyCache = ({ load, couldExist }: KeySource) => {
  const keys = new Map<string, { key: CryptoKey; usableUntil: number }>()
  const missingSince = new Map<string, number>()

  return async (kid: string): Promise<CryptoKey | undefined> => {
    const known = keys.get(kid)
    if (known) return Date.now() < known.usableUntil ? known.key : undefined
    const missedAt = missingSince.get(kid)
    if (missedAt !== undefined && Date.now() - missedAt < RELOAD_COOLDOWN_SECONDS * 1000) return undefined
    if (!(await couldExist(kid))) return undefined

    for (const { id, publicKey, expiresAt } of await load()) {
      const usableUntil = expiresAt
        ? expiresAt.getTime() + RETIREMENT_SECONDS * 1000
        : Number.POSITIVE_INFINITY
      if (Date.now() < usableUntil) keys.set(id, { key: await imported(publicKey), usableUntil })
    }
    if (!keys.has(kid)) missingSince.set(kid, Date.now())
    return keys.get(kid)?.key
  }
}

const imported = async (publicKey: string): Promise<CryptoKey> => {
  const key = await importJWK(Ed25519PublicKey.parse(JSON.parse(publicKey)), 'EdDSA')
  if (!(key instanceof CryptoKey)) throw new Error('a signing key is not an asymmetric key')
  return key
}
