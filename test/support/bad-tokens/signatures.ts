import { base64url } from 'jose'
import { claimsOf, forge, hmac, segment, strangersKey } from '../tokens.ts'
import { type BadTokens, type Ingredients, settled } from './ingredients.ts'

/** Right in all they say, but not signed by the key that they name. */
export const badSignatures = async ({ token, key, otherKey, othersToken }: Ingredients): BadTokens => {
  const claims = claimsOf(token)
  const header = { alg: 'EdDSA', kid: key.kid }
  const [h = '', p = '', s = ''] = token.split('.')
  const [, othersPayload, othersSignature] = othersToken.split('.')
  const x = base64url.decode(key.x)
  const publicJwk = JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: key.x })
  const spki = new Uint8Array([...base64url.decode('MCowBQYDK2VwAyEA'), ...x])
  const pem = `-----BEGIN PUBLIC KEY-----\n${btoa(String.fromCharCode(...spki))}\n-----END PUBLIC KEY-----\n`
  const strangers = await strangersKey(key.kid)
  const bytes = base64url.decode(s)

  const bad: [string, string | Promise<string>][] = [
    ...Object.entries({
      bytes: x,
      text: key.x,
      jwk: publicJwk,
      spki,
      pem,
      'trimmed pem': pem.trim(),
    }).flatMap(([name, secret]): [string, Promise<string>][] => [
      [`HS256 by the public key (${name})`, forge(hmac(secret), { ...header, alg: 'HS256' }, claims)],
      [`an HMAC by the public key (${name})`, forge(hmac(secret), header, claims)],
    ]),
    ['HS512 by the public key', forge(hmac(x, 'SHA-512'), { ...header, alg: 'HS512' }, claims)],
    ['HS256 by an empty key', forge(hmac('\0'), { ...header, alg: 'HS256' }, claims)],
    ["a stranger's signature", forge(strangers.sign, header, claims)],
    ["another key's signature", forge(otherKey.sign, header, claims)],
    ['ES256 by a stranger', forge(ecdsa, { ...header, alg: 'ES256' }, claims)],
    ['RS256 by a stranger', forge(rsa, { ...header, alg: 'RS256' }, claims)],
    ['a signature of Ed448 length', `${h}.${p}.${base64url.encode(new Uint8Array(114).fill(7))}`],
    ["another token's signature", `${h}.${p}.${othersSignature}`],
    ["another token's payload", `${h}.${othersPayload}.${s}`],
    ['alg none without a signature', `${segment({ alg: 'none', kid: key.kid })}.${p}.`],
    ['alg none with the old signature', `${segment({ alg: 'none', kid: key.kid })}.${p}.${s}`],
    ['no signature', `${h}.${p}.`],
    ['half a signature', `${h}.${p}.${base64url.encode(bytes.subarray(0, 32))}`],
    ['a longer signature', `${h}.${p}.${base64url.encode(new Uint8Array([...bytes, 0]))}`],
    ['a signature of zeros', `${h}.${p}.${base64url.encode(new Uint8Array(64))}`],
    ['a signature of ones', `${h}.${p}.${base64url.encode(new Uint8Array(64).fill(255))}`],
    ['a signature plus the group order', `${h}.${p}.${base64url.encode(plusGroupOrder(bytes))}`],
    ['a changed subject', `${h}.${segment({ ...claims, sub: crypto.randomUUID() })}.${s}`],
  ]
  return settled(bad)
}

const ecdsa = async (input: Uint8Array<ArrayBuffer>) => {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
    'verify',
  ])
  return signedBy(pair, { name: 'ECDSA', hash: 'SHA-256' }, input)
}

const rsa = async (input: Uint8Array<ArrayBuffer>) => {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  const size = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
  return signedBy(
    await crypto.subtle.generateKey({ ...algorithm, ...size }, false, ['sign', 'verify']),
    algorithm,
    input,
  )
}

const signedBy = async (
  pair: CryptoKey | CryptoKeyPair,
  algorithm: object,
  input: Uint8Array<ArrayBuffer>,
) => {
  if (!('privateKey' in pair)) throw new Error('not a pair of keys')
  return new Uint8Array(await crypto.subtle.sign({ name: '', ...algorithm }, pair.privateKey, input))
}

/** The order of Ed25519's group (RFC 8032, 5.1): a verifier that forgets to reduce takes S + L for S. */
const GROUP_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

const plusGroupOrder = (signature: Uint8Array): Uint8Array => {
  const s = signature.subarray(32).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + GROUP_ORDER
  const high = Array.from({ length: 32 }, (_, i) => Number((s >> BigInt(8 * i)) & 255n))
  return new Uint8Array([...signature.subarray(0, 32), ...high])
}
