import { base64url } from 'jose'
import { describe, it } from 'vitest'
import { TokenRefused, verifyToken } from '../src/auth/token.ts'
import { seen } from './support/attack.ts'
import { badCredentials } from './support/bad-tokens/bad-credentials.ts'
import { callsFor, sendWith, warmWorker } from './support/calls.ts'
import { type Person, signUp } from './support/person.ts'
import { claimsOf, forge, publishedKey, signingKeyOf } from './support/tokens.ts'
import { env, send } from './support/worker.ts'

const cookieOf = async ({ email, password }: Person): Promise<string> => {
  const answer = await send('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  return answer.headers.get('Set-Cookie')?.split(';')[0] ?? ''
}

describe('a bad access token', () => {
  it('is answered alike in every operation, whatever is wrong with it, and costs no call', async ({
    expect,
  }) => {
    const bob = await signUp('bob')
    const otherKey = await publishedKey()
    const { worker, ada } = await warmWorker()
    const credentials = await badCredentials({
      token: ada.token,
      key: await signingKeyOf(ada.token),
      otherKey,
      othersToken: bob.token,
      session: { sessionToken: ada.sessionToken, cookie: await cookieOf(ada) },
    })
    const calls = await callsFor(ada)
    const refusal = await seen(await worker.send('/v1/me'))
    expect(refusal).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } })
    expect(calls.length).toBeGreaterThan(0)
    expect(new Set(credentials.map(([name]) => name)).size).toBeGreaterThanOrEqual(200)

    const { calls: databaseCalls, result: others } = await worker.counting(async () => {
      const told: string[] = []
      for (const [name, given] of credentials) {
        const { headers = [], search = '' } =
          typeof given === 'string'
            ? { headers: [['Authorization', given]] satisfies [string, string][] }
            : given
        for (const call of calls) {
          const answer = await seen(await sendWith(worker, call, headers, search))
          if (JSON.stringify(answer) !== JSON.stringify(refusal))
            told.push(`${name}: ${call.operation} ${answer.status}`)
        }
      }
      return told
    })
    expect(others).toEqual([])
    expect(databaseCalls).toBe(0)
  })

  it('is any that differs from a good one in a single bit', async ({ expect }) => {
    const { worker, ada } = await warmWorker()
    const calls = await callsFor(ada)
    const refusal = JSON.stringify(await seen(await worker.send('/v1/me')))
    const flips = flipsOf(ada.token, [0, 1, 2, 3, 4, 5, 6]).map((token) => `Bearer ${token}`)
    const carried = flips.filter(canBeSent)
    const notCarried = flips.filter((header) => !canBeSent(header))
    // A header cannot carry NUL, CR or LF at all (RFC 9110, 5.5).
    expect(notCarried.every((header) => /[\0\r\n]/.test(header))).toBe(true)
    expect(carried.length).toBeGreaterThan(6 * ada.token.length)

    const { calls: databaseCalls, result: others } = await worker.counting(async () => {
      const told: string[] = []
      for (const [i, header] of carried.entries()) {
        const call = calls[i % calls.length]
        if (!call) continue
        const answer = await seen(await sendWith(worker, call, [['Authorization', header]]))
        if (JSON.stringify(answer) !== refusal) told.push(`${header}: ${call.operation} ${answer.status}`)
      }
      return told
    })
    expect(others).toEqual([])
    expect(databaseCalls).toBe(0)
  })

  // The test's own Headers would write these in UTF-8; a real client's bytes reach the gate as such letters.
  it('is any with a letter outside ASCII', async ({ expect }) => {
    const ada = await signUp('ada')
    const { kid, x } = await signingKeyOf(ada.token)
    const publicKey = await crypto.subtle.importKey('raw', base64url.decode(x), 'Ed25519', true, ['verify'])
    const findKey = async (name: string) => (name === kid ? publicKey : undefined)
    const verify = (token: string) =>
      verifyToken(token, { origin: env.BASE_URL, now: new Date(claimsOf(ada.token).iat * 1000), findKey })
    await expect(verify(ada.token)).resolves.toMatchObject({ userId: ada.id })

    const homoglyph = ada.token.replace('e', '\u0435')
    const blank = ada.token.replace('.', '.\u00a0')
    for (const token of [...flipsOf(ada.token, [7]), homoglyph, blank]) {
      await expect(verify(token)).rejects.toThrow(TokenRefused)
    }
  })

  it('is one in the body', async ({ expect }) => {
    const { worker, ada } = await warmWorker()
    const refusal = await seen(await worker.send('/v1/me'))
    const answer = await worker.send('/v1/tasks', {
      method: 'POST',
      body: new URLSearchParams({ access_token: ada.token, title: 'buy milk' }),
    })
    expect(await seen(answer)).toEqual(refusal)
  })
})

/** The text with one of those bits changed in one of its characters, in every way there is. */
const flipsOf = (text: string, bits: number[]): string[] =>
  [...text].flatMap((character, at) =>
    bits.map((bit) => {
      const flipped = String.fromCharCode(character.charCodeAt(0) ^ (1 << bit))
      return `${text.slice(0, at)}${flipped}${text.slice(at + 1)}`
    }),
  )

const canBeSent = (value: string): boolean => {
  try {
    return new Headers({ Authorization: value }).get('Authorization') === value
  } catch {
    return false
  }
}

describe('a forged access token', () => {
  it('is accepted with nothing wrong with it, in every operation: the forgeries fail for their one fault', async ({
    expect,
  }) => {
    const { worker, ada } = await warmWorker()
    const key = await signingKeyOf(ada.token)
    const forged = await forge(key.sign, { alg: 'EdDSA', kid: key.kid }, claimsOf(ada.token))
    expect(forged).toBe(ada.token)
    const typed = await forge(key.sign, { alg: 'EdDSA', kid: key.kid, typ: 'JWT' }, claimsOf(ada.token))
    for (const token of [forged, typed]) {
      for (const call of await callsFor(ada)) {
        const answer = await sendWith(worker, call, [['Authorization', `Bearer ${token}`]])
        expect([call.operation, answer.ok]).toEqual([call.operation, true])
      }
    }
  })

  it.for(['bearer', 'BEARER', 'bEaReR'])('may be announced as %s', async (scheme, { expect }) => {
    const { worker, ada } = await warmWorker()
    const answer = await worker.send('/v1/me', { headers: { Authorization: `${scheme} ${ada.token}` } })
    expect(answer.status).toBe(200)
  })
})
