import { mintKeyId } from '../../../src/auth/key-id.ts'
import { claimsOf, forge, strangersKey } from '../tokens.ts'
import { env } from '../worker.ts'
import { type BadTokens, type Ingredients, settled } from './ingredients.ts'

/** Signed by the real key, but with a header that is not ours. */
export const badHeaders = async ({ token, key, otherKey }: Ingredients): BadTokens => {
  const claims = claimsOf(token)
  const good = { alg: 'EdDSA', kid: key.kid }
  const signed = (header: unknown) => forge(key.sign, header, claims)
  const but = (patch: object) => signed({ ...good, ...patch })
  const strangers = await strangersKey(key.kid)
  const theirs = { kty: 'OKP', crv: 'Ed25519', x: strangers.x }
  const foreignKid = await mintKeyId('the secret of some other deployment, long enough')

  const bad: [string, Promise<string>][] = [
    ...[
      'none',
      'None',
      'nOnE',
      'NONE',
      'eddsa',
      'EDDSA',
      'Ed25519',
      'Ed448',
      'ES256',
      'RS256',
      '',
      ' EdDSA',
    ].map((alg): [string, Promise<string>] => [`alg ${JSON.stringify(alg)}, signed`, but({ alg })]),
    ['no alg', but({ alg: undefined })],
    ['a numeric alg', but({ alg: 1 })],
    ['alg in an array', but({ alg: ['EdDSA'] })],
    ['alg null', but({ alg: null })],
    ['an embedded jwk of ours', but({ jwk: { ...theirs, x: key.x } })],
    ['an embedded jwk of a stranger', forge(strangers.sign, { ...good, jwk: theirs }, claims)],
    ['a jku', but({ jku: `${env.BASE_URL}/api/auth/jwks` })],
    ['an x5u', but({ x5u: 'https://example.com/chain.pem' })],
    ['an x5c', but({ x5c: ['MIIB'] })],
    ['an x5t', but({ x5t: 'AAAA' })],
    ['no kid', but({ kid: undefined })],
    ['an empty kid', but({ kid: '' })],
    ['a numeric kid', but({ kid: 7 })],
    ['a kid in an array', but({ kid: [key.kid] })],
    ['a kid in an object', but({ kid: { toString: key.kid } })],
    ['kid null', but({ kid: null })],
    ['an unknown kid', but({ kid: 'unknown' })],
    ["a kid of another deployment's", but({ kid: foreignKid })],
    ["another key's kid", but({ kid: otherKey.kid })],
    ['a kid in other letter case', but({ kid: key.kid.toUpperCase() })],
    ['half a kid', but({ kid: key.kid.slice(0, 21) })],
    ['a kid with padding', but({ kid: `${key.kid}=` })],
    ['a kid with a blank', but({ kid: `${key.kid} ` })],
    ['a kid with NUL', but({ kid: `${key.kid}\0` })],
    ['a path for a kid', but({ kid: '../../../../dev/null' })],
    ['SQL for a kid', but({ kid: "' or '1'='1" })],
    ['a prototype for a kid', but({ kid: '__proto__' })],
    ['a very long kid', but({ kid: 'k'.repeat(10_000) })],
    ['a crit', but({ crit: ['exp'] })],
    ['an empty crit', but({ crit: [] })],
    ['b64 true', but({ b64: true })],
    ['b64 false, critical', but({ b64: false, crit: ['b64'] })],
    ['a zip', but({ zip: 'DEF' })],
    ['a cty', but({ cty: 'JWT' })],
    ['an enc', but({ enc: 'A256GCM' })],
    ['a claim in the header', but({ sub: claims.sub })],
    ['a typ of another token kind', but({ typ: 'at+jwt' })],
    ['a typ in other letter case', but({ typ: 'jwt' })],
    ['a typ null', but({ typ: null })],
    ['a prototype in the header', signed(`{"alg":"EdDSA","kid":"${key.kid}","__proto__":{}}`)],
    ['alg twice', signed(`{"alg":"none","alg":"EdDSA","kid":"${key.kid}"}`)],
    ['kid twice', signed(`{"alg":"EdDSA","kid":"${otherKey.kid}","kid":"${key.kid}"}`)],
    ['blanks in the header', signed(`{"alg": "EdDSA", "kid": "${key.kid}"}`)],
    ['a header with escapes', signed(`{"alg":"Ed\\u0044SA","kid":"${key.kid}"}`)],
    ['a byte order mark', signed(`\ufeff{"alg":"EdDSA","kid":"${key.kid}"}`)],
    ['a deep header', but({ deep: JSON.parse(`${'['.repeat(2_000)}${']'.repeat(2_000)}`) })],
    ['an array for a header', signed([good])],
    ['a string for a header', signed('"EdDSA"')],
    ['null for a header', signed('null')],
    ['an empty object for a header', signed('{}')],
    ['a header that is not JSON', signed('alg=EdDSA')],
  ]
  return settled(bad)
}
