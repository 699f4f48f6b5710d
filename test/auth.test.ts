import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, it } from 'vitest'
import { sql } from './support/database.ts'
import { accessToken, clientOf, signIn, signUp } from './support/person.ts'
import { env, send } from './support/worker.ts'

const post = (path: string, body: unknown, headers = {}) =>
  send(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

describe('signing up', () => {
  it('answers alike for a new address and one that has an account', async ({ expect }) => {
    const ada = await signUp('ada')
    const bodies = []
    for (const email of [ada.email, `new-${crypto.randomUUID()}@example.com`]) {
      const answer = await post('/sign-up/email', { name: 'Eve', email, password: 'another password' })
      const { token, user } = await answer.json<{ token: null; user: Record<string, unknown> }>()
      bodies.push([answer.status, token, Object.keys(user).toSorted(), [...answer.headers.keys()].toSorted()])
    }
    expect(bodies[0]).toEqual(bodies[1])
    await expect(signIn(ada.email, 'another password')).rejects.toThrow('401')
  })

  it('keeps the password as a hash only', async ({ expect }) => {
    const ada = await signUp('ada')
    const [account] = await sql('select to_jsonb(accounts) as row from accounts where user_id = $1', [ada.id])
    expect(JSON.stringify(account)).not.toContain(ada.password)
  })

  it.for([
    [{ email: 'not an address' }],
    [{ password: 'short' }],
    [{ password: 'x'.repeat(129) }],
    [{ email: undefined }],
    [{ password: undefined }],
  ])('refuses %j', async ([wrong], { expect }) => {
    const right = {
      name: 'Ada',
      email: `ada-${crypto.randomUUID()}@example.com`,
      password: 'correct horse battery',
    }
    const answer = await post('/sign-up/email', { ...right, ...wrong })
    expect(answer.status).toBe(400)
  })
})

describe('signing in', () => {
  it('answers alike for a wrong password and an address without an account', async ({ expect }) => {
    const ada = await signUp('ada')
    const wrong = await post('/sign-in/email', { email: ada.email, password: 'wrong password' })
    const unknown = await post('/sign-in/email', { email: 'nobody@example.com', password: 'wrong password' })
    expect([wrong.status, await wrong.text()]).toEqual([unknown.status, await unknown.text()])
    expect(wrong.status).toBe(401)
  })

  it('sets a cookie that scripts cannot read', async ({ expect }) => {
    const ada = await signUp('ada')
    const answer = await post('/sign-in/email', { email: ada.email, password: ada.password })
    expect(answer.headers.get('set-cookie')).toMatch(/session_token=[^;]+;.*HttpOnly; SameSite=Lax/)
  })

  it.for<[string, Record<string, string>]>([
    ['another origin', { Origin: 'https://evil.example', Cookie: 'better-auth.session_token=x' }],
    ['another origin, without a cookie', { Origin: 'https://evil.example', 'Sec-Fetch-Mode': 'cors' }],
    ['no origin that it tells', { 'Sec-Fetch-Mode': 'cors', 'Sec-Fetch-Site': 'cross-site' }],
    [
      'no origin, which sends the browser here',
      { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Site': 'cross-site' },
    ],
    [
      'an origin that it hides',
      { Origin: 'null', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Site': 'cross-site' },
    ],
    [
      'no origin that it tells, with a cookie',
      { 'Sec-Fetch-Mode': 'cors', Cookie: 'better-auth.session_token=x' },
    ],
  ])('from a page of %s is refused', async ([, headers], { expect }) => {
    const ada = await signUp('ada')
    const answer = await post('/sign-in/email', { email: ada.email, password: ada.password }, headers)
    expect(answer.status).toBe(403)
  })

  it('from a script is taken, also from Node, whose fetch tells its mode only', async ({ expect }) => {
    const ada = await signUp('ada')
    const headers = { 'Sec-Fetch-Mode': 'cors', 'User-Agent': 'node' }
    const answer = await post('/sign-in/email', { email: ada.email, password: ada.password }, headers)
    expect(answer.status).toBe(200)
  })
})

describe('an access token', () => {
  it('says who and until when, and nothing else', async ({ expect }) => {
    const ada = await signUp('ada')
    const [session] = await sql('select id from sessions where user_id = $1', [ada.id])
    const payload = decodeJwt(ada.token)
    expect(payload).toEqual({
      sub: ada.id,
      sid: session?.id,
      iss: env.BASE_URL,
      aud: env.BASE_URL,
      iat: expect.any(Number),
      exp: (payload.iat ?? 0) + 900,
    })
    expect(decodeProtectedHeader(ada.token)).toEqual({ alg: 'EdDSA', kid: expect.any(String) })
  })

  it('can be had with the session cookie, or with the session token as a bearer', async ({ expect }) => {
    const ada = await signUp('ada')
    const signedIn = await post('/sign-in/email', { email: ada.email, password: ada.password })
    const [cookie = ''] = (signedIn.headers.get('set-cookie') ?? '').split(';')
    const answer = await send('/api/auth/token', { headers: { Cookie: cookie } })
    const { token } = await answer.json<{ token: string }>()

    for (const each of [token, ada.token]) {
      expect((await clientOf(each).send('GET', '/v1/me')).status).toBe(200)
    }
    expect((await send('/api/auth/token')).status).toBe(401)
  })

  it('verifies against the published keys, of which only the public half is told', async ({ expect }) => {
    const ada = await signUp('ada')
    const { keys } = await (await send('/api/auth/jwks')).json<{ keys: Record<string, unknown>[] }>()
    expect(keys.map(({ kid }) => kid)).toContain(decodeProtectedHeader(ada.token).kid)
    for (const key of keys) expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'x'])
  })
})

describe('the session', () => {
  it('is told with its user, and null to a stranger', async ({ expect }) => {
    const ada = await signUp('ada')
    const read = async (token: string) =>
      (await send('/api/auth/get-session', { headers: { Authorization: `Bearer ${token}` } })).json()
    expect(await read(ada.sessionToken)).toMatchObject({
      user: { id: ada.id, email: ada.email.toLowerCase() },
    })
    expect(await read('nonsense')).toBeNull()
  })

  it('ends with signing out, and takes no other session along', async ({ expect }) => {
    const ada = await signUp('ada')
    const elsewhere = await signIn(ada.email, ada.password)
    const answer = await post('/sign-out', {}, { Authorization: `Bearer ${ada.sessionToken}` })

    expect(await answer.json()).toEqual({ success: true })
    expect((await ada.send('GET', '/v1/me')).status).toBe(401)
    expect(await accessToken(ada.sessionToken)).toBeUndefined()
    expect((await elsewhere.send('GET', '/v1/me')).status).toBe(200)
  })
})
