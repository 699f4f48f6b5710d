import { decodeProtectedHeader } from 'jose'
import { describe, it, vi } from 'vitest'
import { postAuth, verify } from './support/auth-calls.ts'
import { sql } from './support/database.ts'
import { mailTo, tokenIn } from './support/mail.ts'
import { type OwnWorker, ownWorker } from './support/own-worker.ts'
import { signUp } from './support/person.ts'
import { claimsOf, forge, publishedKey } from './support/tokens.ts'
import { env } from './support/worker.ts'

const SECRET = 'the secret that comes after the one of before'

/** A deployment after the change of the secret; it knows the one from before, or has forgotten it. */
const afterwards = ({ forgetful = false } = {}) =>
  ownWorker({
    bindings: {
      BETTER_AUTH_SECRET: SECRET,
      ...(!forgetful && { BETTER_AUTH_SECRET_FORMER: env.BETTER_AUTH_SECRET }),
    },
  })

const isLive = async (worker: OwnWorker, token: string) =>
  (await worker.as({ token }).send('GET', '/v1/me')).status === 200

const mint = async (worker: OwnWorker, headers: Record<string, string>): Promise<string | undefined> => {
  const answer = await worker.send('/api/auth/token', { headers })
  return answer.ok ? (await answer.json<{ token: string }>()).token : undefined
}

const cookieOf = async (worker: OwnWorker, email: string, password: string) => {
  const answer = await postAuth('/sign-in/email', { email, password }, undefined, worker.send)
  return answer.headers.get('set-cookie')?.split(';')[0] ?? ''
}

describe('after a change of the auth secret', () => {
  it('access tokens from before are good', async ({ expect }) => {
    const ada = await signUp('ada')
    expect(await isLive(afterwards(), ada.token)).toBe(true)
    expect(await isLive(afterwards({ forgetful: true }), ada.token)).toBe(false)
  })

  it('sessions from before go on, by cookie and by either form of the token', async ({ expect }) => {
    const ada = await signUp('ada')
    const cookie = await cookieOf(ownWorker(), ada.email, ada.password)
    const signed = decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1))
    const worker = afterwards()
    for (const headers of [
      { Cookie: cookie },
      { Cookie: `other=1; ${cookie}; another=2` },
      { Authorization: `Bearer ${ada.sessionToken}` },
      { Authorization: `Bearer ${signed}` },
    ]) {
      const token = await mint(worker, headers)
      expect(token && (await isLive(worker, token)), JSON.stringify(Object.keys(headers))).toBe(true)
    }
    expect(await mint(afterwards({ forgetful: true }), { Cookie: cookie })).toBeUndefined()
  })

  it('a cookie that neither secret signed opens nothing', async ({ expect }) => {
    const ada = await signUp('ada')
    const cookie = await cookieOf(
      ownWorker({ bindings: { BETTER_AUTH_SECRET: SECRET } }),
      ada.email,
      ada.password,
    )
    const stranger = { BETTER_AUTH_SECRET: `${SECRET}!`, BETTER_AUTH_SECRET_FORMER: `${SECRET}?` }
    expect(await mint(ownWorker({ bindings: stranger }), { Cookie: cookie })).toBeUndefined()
    for (const broken of [cookie.replace(/.{6}$/, 'AAAA%3D'), cookie.slice(0, -10), `${cookie}%`]) {
      expect(await mint(afterwards(), { Cookie: broken })).toBeUndefined()
    }
  })

  it('links in mails from before work', async ({ expect }) => {
    const email = `ada-${crypto.randomUUID()}@example.com`
    await postAuth('/sign-up/email', { name: 'Ada', email, password: 'correct horse battery' })
    const token = tokenIn(await mailTo(email))
    expect((await verify(token, afterwards({ forgetful: true }).send)).status).toBe(401)
    expect((await verify(token, afterwards().send)).status).toBe(200)

    await postAuth('/request-password-reset', { email })
    const reset = { token: tokenIn(await mailTo(email, 2)), newPassword: 'a quite different password' }
    expect((await postAuth('/reset-password', reset, undefined, afterwards().send)).status).toBe(200)
  })

  it('a link that is too old stays so', async ({ expect }) => {
    const email = `ada-${crypto.randomUUID()}@example.com`
    await postAuth('/sign-up/email', { name: 'Ada', email, password: 'correct horse battery' })
    const token = tokenIn(await mailTo(email))
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61 * 60_000 })
    try {
      expect((await verify(token, afterwards().send)).status).toBe(401)
    } finally {
      vi.useRealTimers()
    }
  })

  it('new access tokens are signed by a key of the new secret, and good where the old one is forgotten', async ({
    expect,
  }) => {
    const ada = await signUp('ada')
    const token = (await mint(afterwards(), { Authorization: `Bearer ${ada.sessionToken}` })) ?? ''
    expect(decodeProtectedHeader(token).kid).not.toBe(decodeProtectedHeader(ada.token).kid)
    expect(await isLive(afterwards({ forgetful: true }), token)).toBe(true)
    await sql('delete from jwks where id = $1', [decodeProtectedHeader(token).kid ?? ''])
  })
})

describe('a token-signing key', () => {
  it('signs for a month; the next token then has a new one, and both are published', async ({ expect }) => {
    const ada = await signUp('ada')
    const worker = ownWorker()
    const { kid = '' } = decodeProtectedHeader(ada.token)
    await sql("update jwks set expires_at = now() - interval '1 second' where id = $1", [kid])
    const token = (await mint(worker, { Authorization: `Bearer ${ada.sessionToken}` })) ?? ''
    const next = decodeProtectedHeader(token).kid ?? ''
    expect(next).not.toBe(kid)
    const [key] = await sql(
      "select expires_at - created_at = interval '30 days' as month from jwks where id = $1",
      [next],
    )
    expect(key).toEqual({ month: true })
    for (const each of [ada.token, token]) expect(await isLive(ownWorker(), each)).toBe(true)
    const { keys } = await (await worker.send('/api/auth/jwks')).json<{ keys: { kid: string }[] }>()
    expect(keys.map((published) => published.kid)).toEqual(expect.arrayContaining([kid, next]))
  })

  it('verifies until the last of its tokens has expired, and not for ever', async ({ expect }) => {
    const ada = await signUp('ada')
    const key = await publishedKey()
    const token = await forge(key.sign, { alg: 'EdDSA', kid: key.kid }, claimsOf(ada.token))
    const retire = (minutesAgo: number) =>
      sql(`update jwks set expires_at = now() - interval '${minutesAgo} minutes' where id = $1`, [key.kid])

    await retire(15)
    expect(await isLive(ownWorker(), token)).toBe(true)
    await retire(17)
    expect(await isLive(ownWorker(), token)).toBe(false)
  })

  it('that is retired is forgotten by an isolate that knows it', async ({ expect }) => {
    const ada = await signUp('ada')
    const key = await publishedKey()
    await sql("update jwks set expires_at = now() - interval '10 minutes' where id = $1", [key.kid])
    const claims = claimsOf(ada.token)
    const sign = (iat: number) =>
      forge(key.sign, { alg: 'EdDSA', kid: key.kid }, { ...claims, iat, exp: iat + 900 })
    const worker = ownWorker()
    expect(await isLive(worker, await sign(claims.iat))).toBe(true)
    vi.useFakeTimers({ toFake: ['Date'], now: (claims.iat + 7 * 60) * 1000 })
    try {
      expect(await isLive(worker, await sign(claims.iat + 7 * 60))).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })
})
