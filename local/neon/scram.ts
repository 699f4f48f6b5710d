import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(pbkdf2)

/**
 * Tells whether `password` belongs to a `SCRAM-SHA-256$…` verifier, as pg_authid holds it.
 * Passwords are taken as they are, without SASLprep. @see RFC 5802, section 3
 */
export const matchesVerifier = async (password: string, verifier: string): Promise<boolean> => {
  const parts = VERIFIER.exec(verifier)?.groups
  if (!parts) return false
  const { iterations = '', salt = '', storedKey = '' } = parts
  const salted = await derive(password, Buffer.from(salt, 'base64'), Number(iterations), 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  const expected = Buffer.from(storedKey, 'base64')
  const actual = createHash('sha256').update(clientKey).digest()
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

const VERIFIER = /^SCRAM-SHA-256\$(?<iterations>\d+):(?<salt>[^$]+)\$(?<storedKey>[^:]+):/
