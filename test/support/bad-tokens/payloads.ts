import { claimsOf, forge } from '../tokens.ts'
import { env } from '../worker.ts'
import { type BadTokens, type Ingredients, settled } from './ingredients.ts'

/** Signed by the real key, but with claims that are not ours. */
export const badPayloads = async ({ token, key }: Ingredients): BadTokens => {
  const claims = claimsOf(token)
  const { iat, exp, sub, sid } = claims
  const origin = env.BASE_URL
  const signed = (payload: unknown) => forge(key.sign, { alg: 'EdDSA', kid: key.kid }, payload)
  const but = (patch: object) => signed({ ...claims, ...patch })
  const notIds: Record<string, unknown> = {
    missing: undefined,
    null: null,
    empty: '',
    'a word': 'ada',
    'in capitals': sub.toUpperCase().replace(/[0-9]/, 'A'),
    'in braces': `{${sub}}`,
    'with a blank': `${sub} `,
    'behind a blank': ` ${sub}`,
    'with a newline': `${sub}\n`,
    'without hyphens': sub.replaceAll('-', ''),
    SQL: `${sub}' or true --`,
    'an array': [sub],
    'an object': { id: sub },
    'a number': 1,
    true: true,
  }
  const bad: [string, Promise<string>][] = [
    ...['sub', 'sid'].flatMap((claim) =>
      Object.entries(notIds).map(([name, value]): [string, Promise<string>] => [
        `${claim} ${name}`,
        but({ [claim]: value }),
      ]),
    ),
    ...['iss', 'aud'].flatMap((claim): [string, Promise<string>][] => [
      [`no ${claim}`, but({ [claim]: undefined })],
      [`${claim} null`, but({ [claim]: null })],
      [`another ${claim}`, but({ [claim]: 'https://example.com' })],
      [`${claim} with a slash`, but({ [claim]: `${origin}/` })],
      [`${claim} in capitals`, but({ [claim]: origin.toUpperCase() })],
      [`${claim} that begins alike`, but({ [claim]: `${origin}.example.com` })],
      [`${claim} in an array`, but({ [claim]: [origin] })],
      [`${claim} empty`, but({ [claim]: '' })],
    ]),
    ['two audiences', but({ aud: [origin, 'https://example.com'] })],
    ['no audience in an array', but({ aud: [] })],
    ...['iat', 'exp', 'nbf'].flatMap((claim): [string, Promise<string>][] => [
      [`${claim} null`, but({ [claim]: null })],
      [`${claim} a string`, but({ [claim]: String(exp) })],
      [`${claim} an array`, but({ [claim]: [exp] })],
      [`${claim} true`, but({ [claim]: true })],
    ]),
    ['no exp', but({ exp: undefined })],
    ['no iat', but({ iat: undefined })],
    ['a fraction for exp', but({ exp: exp - 0.5 })],
    ['a fraction for iat', but({ iat: iat + 0.5 })],
    ['exp 0', but({ exp: 0 })],
    ['exp negative', but({ exp: -exp })],
    ['exp huge', but({ exp: Number.MAX_SAFE_INTEGER })],
    ['exp in milliseconds', but({ exp: exp * 1000 })],
    ['exp infinite', signed(JSON.stringify(claims).replace(`"exp":${exp}`, '"exp":1e999'))],
    ['expired', but({ iat: iat - 3600, exp: exp - 3600 })],
    ['expired before it was issued', but({ exp: iat - 1 })],
    ['a second too long', but({ exp: exp + 1 })],
    ['a year too long', but({ exp: exp + 365 * 24 * 3600 })],
    ['issued at the beginning of time', but({ iat: 0 })],
    ['issued in an hour', but({ iat: iat + 3600, exp: exp + 3600 })],
    ['not valid for an hour', but({ nbf: iat + 3600 })],
    [
      'sub and sid exchanged for names',
      signed({ ...claims, sub: undefined, sid: undefined, user: sub, session: sid }),
    ],
    ['an array for a payload', signed([claims])],
    ['a string for a payload', signed('"ada"')],
    ['a number for a payload', signed('1')],
    ['null for a payload', signed('null')],
    ['true for a payload', signed('true')],
    ['an empty object for a payload', signed('{}')],
    ['a payload that is not JSON', signed(`sub=${sub}`)],
    ['a payload that is cut off', signed(JSON.stringify(claims).slice(0, -1))],
  ]
  return settled(bad)
}
