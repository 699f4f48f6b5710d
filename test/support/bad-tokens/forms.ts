import { claimsOf, forge, segment, signText } from '../tokens.ts'
import { type BadTokens, type Ingredients, settled } from './ingredients.ts'

/** Not a compact JWS, or not the one way to write it. */
export const badForms = async ({ token, key, session }: Ingredients): BadTokens => {
  const [h = '', p = '', s = ''] = token.split('.')
  const claims = claimsOf(token)
  const header = JSON.stringify({ alg: 'EdDSA', kid: key.kid })
  const spilled = await untilSpilling((n) =>
    forge(key.sign, { alg: 'EdDSA', kid: key.kid }, { ...claims, n }),
  )
  const [h2 = '', p2 = '', s2 = ''] = spilled.split('.')
  const standard = (text: string) => text.replaceAll('-', '+').replaceAll('_', '/')
  const spare = await untilSpare((n) => segment({ ...claims, n: 'n'.repeat(n) }))

  const bad: [string, string | Promise<string>][] = [
    ['one segment', h],
    ['two segments', `${h}.${p}`],
    ['four segments', `${token}.${s}`],
    ['five segments', `${h}.${p}.${s}.${p}.${s}`],
    [
      'a JWE',
      `${segment({ alg: 'dir', enc: 'A256GCM', kid: key.kid })}..${s.slice(0, 16)}.${p}.${s.slice(0, 22)}`,
    ],
    ['a trailing dot', `${token}.`],
    ['a leading dot', `.${token}`],
    ['two dots', `${h}..${p}.${s}`],
    ['only dots', '..'],
    ['no header', `.${p}.${s}`],
    ['no payload', `${h}..${s}`],
    ['an empty payload, signed', signText(key.sign, `${h}.`)],
    ['header and payload swapped', `${p}.${h}.${s}`],
    ['payload and signature swapped', `${h}.${s}.${p}`],
    ['padding after the header', signText(key.sign, `${h}=.${p}`)],
    ['padding after the payload', signText(key.sign, `${h}.${p}=`)],
    ['padding after the signature', `${token}==`],
    ['standard base64 in the signature', `${h2}.${p2}.${standard(s2)}`],
    ['percent-encoded dots', token.replaceAll('.', '%2E')],
    ['a spare bit set in the payload', signText(key.sign, `${h}.${withSpareBit(spare)}`)],
    ['a spare bit set in the signature', `${h}.${p}.${withSpareBit(s)}`],
    ['base64 of base64', `${segment(h)}.${p}.${s}`],
    ['the header not encoded', signText(key.sign, `${header}.${p}`)],
    ['the JSON serialisation', JSON.stringify({ protected: h, payload: p, signature: s })],
    ['a blank inside', `${h}. ${p}.${s}`],
    ['a tab inside', `${h}.\t${p}.${s}`],
    ['junk before it', `x${token}`],
    ['junk after it', `${token}x`],
    ['a comma after it', `${token},`],
    ['a semicolon after it', `${token};`],
    ['quotes around it', `"${token}"`],
    ['angle brackets around it', `<${token}>`],
    ['itself twice', `${token}${token}`],
    ['in other letter case', token.toLowerCase()],
    ['reversed', [...token].reverse().join('')],
    ['60,000 letters', 'a'.repeat(60_000)],
    ['60,000 dots', '.'.repeat(60_000)],
    ['a 60,000-letter signature', `${h}.${p}.${'a'.repeat(60_000)}`],
    ['the word null', 'null'],
    ['the word undefined', 'undefined'],
    ['an asterisk', '*'],
    ['the session token', session.sessionToken],
    ['the signed session token', session.cookie.replace(/^[^=]*=/, '')],
    ['the signed session token, decoded', decodeURIComponent(session.cookie.replace(/^[^=]*=/, ''))],
  ]
  return settled(bad)
}

const untilSpilling = async (make: (n: number) => Promise<string>): Promise<string> => {
  for (let n = 0; ; n += 1) {
    const token = await make(n)
    if (/[-_]/.test(token.split('.')[2] ?? '')) return token
  }
}

const untilSpare = async (make: (n: number) => string): Promise<string> => {
  for (let n = 0; ; n += 1) if (make(n).length % 4 !== 0) return make(n)
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The same bytes, spelt otherwise. */
const withSpareBit = (text: string): string =>
  text.slice(0, -1) + ALPHABET.charAt(ALPHABET.indexOf(text.slice(-1)) + 1)
