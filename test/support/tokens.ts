import { symmetricDecrypt } from 'better-auth/crypto'
import { base64url, decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose'
import * as z from 'zod'
import { mintKeyId } from '../../src/auth/key-id.ts'
import { sql } from './database.ts'
import { env } from './worker.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Makes the signature of `<header>.<payload>`. */
export type Signer = (input: Bytes) => Promise<Bytes>

export interface SigningKey {
  kid: string
  sign: Signer
  /** The public half: base64url of its 32 bytes. */
  x: string
}

const PrivateJwk = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string(),
})

/** The real key that signed this token. */
export const signingKeyOf = async (token: string): Promise<SigningKey> => {
  const { kid = '' } = decodeProtectedHeader(token)
  const [row] = await sql('select private_key from jwks where id = $1', [kid])
  const sealed: string = JSON.parse(String(row?.private_key))
  const jwk = await symmetricDecrypt({ key: env.BETTER_AUTH_SECRET, data: sealed })
  return signingKey(kid, PrivateJwk.parse(JSON.parse(jwk)))
}

/** A key that nobody has published. */
export const strangersKey = async (kid: string): Promise<SigningKey> => {
  const { privateKey } = await ed25519Pair()
  return signingKey(kid, PrivateJwk.parse(await crypto.subtle.exportKey('jwk', privateKey)))
}

/** A key that is published beside the real one; just retired, so that nothing new is signed with it. */
export const publishedKey = async (): Promise<SigningKey> => {
  const key = await strangersKey(await mintKeyId(env.BETTER_AUTH_SECRET))
  const publicJwk = JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: key.x })
  await sql(
    `insert into jwks (id, public_key, private_key, alg, crv, created_at, expires_at)
     values ($1, $2, 'nobody needs it', 'EdDSA', 'Ed25519', '2000-01-01', now())`,
    [key.kid, publicJwk],
  )
  return key
}

const ed25519Pair = async (): Promise<CryptoKeyPair> => {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify'])
  if (!('privateKey' in pair)) throw new Error('Ed25519 keys come in pairs')
  return pair
}

const signingKey = async (kid: string, jwk: z.infer<typeof PrivateJwk>): Promise<SigningKey> => {
  const key = await crypto.subtle.importKey('jwk', jwk, 'Ed25519', false, ['sign'])
  return {
    kid,
    x: jwk.x,
    sign: async (input) => new Uint8Array(await crypto.subtle.sign('Ed25519', key, input)),
  }
}

/** An HMAC with a secret of the attacker's choice, such as a public key. */
export const hmac =
  (secret: string | Uint8Array, hash = 'SHA-256'): Signer =>
  async (input) => {
    const bytes = typeof secret === 'string' ? utf8(secret) : new Uint8Array(secret)
    const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash }, false, ['sign'])
    return new Uint8Array(await crypto.subtle.sign('HMAC', key, input))
  }

/** A compact JWS of exactly this header and payload; a string stands for JSON text, be it JSON or not. */
export const forge = (sign: Signer, header: unknown, payload: unknown): Promise<string> =>
  signText(sign, `${segment(header)}.${segment(payload)}`)

/** The same for text that is encoded already. */
export const signText = async (sign: Signer, input: string): Promise<string> =>
  `${input}.${base64url.encode(await sign(utf8(input)))}`

/** Base64url of a value's JSON, or of text as it is. */
export const segment = (value: unknown): string =>
  base64url.encode(typeof value === 'string' ? value : JSON.stringify(value))

/** The claims of a token, for forgeries that differ from it in one thing. */
export const claimsOf = (
  token: string,
): JWTPayload & { iat: number; exp: number; sub: string; sid: string } => {
  const claims = decodeJwt(token)
  const { iat = 0, exp = 0, sub = '', sid } = claims
  return { ...claims, iat, exp, sub, sid: String(sid) }
}

const utf8 = (text: string): Bytes => new Uint8Array(new TextEncoder().encode(text))
