import type { PublicKeyRow } from '../auth/key-cache.ts'
import { jwks } from './auth-schema.ts'
import type { Database } from './neon.ts'

/** The public halves of the token-signing keys: all that the data role may read of `jwks`. */
export const publicKeys = (database: Database): Promise<PublicKeyRow[]> =>
  database.select({ id: jwks.id, publicKey: jwks.publicKey, expiresAt: jwks.expiresAt }).from(jwks)
