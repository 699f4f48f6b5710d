import { describe, it, vi } from 'vitest'
import { postAuth } from './support/auth-calls.ts'
import { enrol, openBrowser, signInWithProvider, visitProvider } from './support/browser.ts'
import { sql } from './support/database.ts'
import { mailTo, tokenIn } from './support/mail.ts'
import { ownWorker } from './support/own-worker.ts'
import { clientOf, signIn } from './support/person.ts'
import { env, send } from './support/worker.ts'

const newAddress = () => `ada-${crypto.randomUUID()}@example.com`
const enrolAda = (email = newAddress()) => enrol({ claims: { email, email_verified: true, name: 'Ada' } })
const errorOf = (landed: string) => new URL(landed, env.BASE_URL).searchParams.get('error')

/** Who the session of that browser is. */
const whoIs = async ({ token }: ReturnType<typeof openBrowser>) => {
  const answer = await clientOf((await token()) ?? '').send('GET', '/v1/me')
  return answer.json<{ id: string; email: string }>()
}

describe('signing in with a provider', () => {
  it('makes an account and a session', async ({ expect }) => {
    const email = newAddress()
    const { landed, browser } = await signInWithProvider(await enrolAda(email))
    expect(landed).toBe('/inbox')
    expect(await whoIs(browser)).toMatchObject({ name: 'Ada', email, emailVerified: true })
  })

  it('again comes to the same account, also after the address has changed there', async ({ expect }) => {
    const email = newAddress()
    const subject = await enrolAda(email)
    const first = await whoIs((await signInWithProvider(subject)).browser)
    await enrol({ claims: { email: newAddress(), email_verified: true } }, subject)
    const second = await whoIs((await signInWithProvider(subject)).browser)
    expect(second).toEqual(first)
    await enrol({ claims: { email, email_verified: false } }, subject)
    expect(await whoIs((await signInWithProvider(subject)).browser)).toEqual(first)
  })

  it('knows a person by issuer and subject: the same subject of another issuer is somebody else', async ({
    expect,
  }) => {
    const subject = await enrolAda()
    const { id } = await whoIs((await signInWithProvider(subject)).browser)
    await sql(
      "update accounts set account_id = replace(account_id, 'localhost', 'other') where user_id = $1",
      [id],
    )
    await enrol({ claims: { email: newAddress(), email_verified: true } }, subject)
    expect((await whoIs((await signInWithProvider(subject)).browser)).id).not.toBe(id)
  })

  it("keeps nothing of the provider's but who it is", async ({ expect }) => {
    const subject = await enrolAda()
    const { id } = await whoIs((await signInWithProvider(subject)).browser)
    await signInWithProvider(subject)
    const accounts = await sql(
      `select provider_id, account_id, access_token, refresh_token, id_token, scope, password,
       access_token_expires_at, refresh_token_expires_at from accounts where user_id = $1`,
      [id],
    )
    expect(accounts).toEqual([
      {
        provider_id: 'oidc',
        account_id: `${env.OIDC_ISSUER} ${subject}`,
        access_token: null,
        refresh_token: null,
        id_token: null,
        scope: null,
        password: null,
        access_token_expires_at: null,
        refresh_token_expires_at: null,
      },
    ])
  })

  it('asks for openid, email and profile, with state, nonce and a PKCE challenge', async ({ expect }) => {
    const url = new URL(await openBrowser().begin())
    const { state, nonce, code_challenge, ...rest } = Object.fromEntries(url.searchParams)
    expect([state, nonce, code_challenge]).toEqual(Array(3).fill(expect.stringMatching(/^[\w-]{32,}$/)))
    expect(rest).toEqual({
      response_type: 'code',
      client_id: 'edgewise',
      scope: 'openid email profile',
      redirect_uri: `${env.BASE_URL}/api/auth/callback/oidc`,
      code_challenge_method: 'S256',
    })
  })

  it('leaves a name that nobody could sign up with out of it', async ({ expect }) => {
    const name = `\0\ud800${'x'.repeat(300)}`
    const subject = await enrol({ claims: { email: newAddress(), email_verified: true, name } })
    const me = await whoIs((await signInWithProvider(subject)).browser)
    expect(me).toMatchObject({ name: `\ufffd${'x'.repeat(199)}` })
  })

  it.for([undefined, 'nonsense', `${'a'.repeat(250)}@example.com`, 'a\0b@example.com'])(
    'is refused without an address that mail can go to: %j',
    async (email, { expect }) => {
      const subject = await enrol({ claims: { email_verified: true, ...(email && { email }) } })
      const { landed, browser } = await signInWithProvider(subject)
      expect(errorOf(landed)).toBe('email_not_found')
      expect(await browser.token()).toBeUndefined()
    },
  )

  it('is refused to a disabled user', async ({ expect }) => {
    const email = newAddress()
    const subject = await enrolAda(email)
    await signInWithProvider(subject)
    await sql('update users set disabled_at = now() where email = $1', [email])
    const { landed, browser } = await signInWithProvider(subject)
    expect(errorOf(landed)).toBe('account_disabled')
    expect(await browser.token()).toBeUndefined()
  })

  it('ends where it began, with a code, if the person says no', async ({ expect }) => {
    const { landed } = await signInWithProvider('no thanks')
    expect(landed).toBe(`${env.BASE_URL}/oops?error=access_denied`)
  })

  it('passes no words of anybody on to the page', async ({ expect }) => {
    const browser = openBrowser()
    const { searchParams } = new URL(await browser.begin())
    const words = { state: searchParams.get('state') ?? '', error: 'call 555', error_description: 'now' }
    const landed = await browser.land(`${env.BASE_URL}/api/auth/callback/oidc?${new URLSearchParams(words)}`)
    expect(landed).toBe(`${env.BASE_URL}/sign-in?error=provider_refused`)
  })

  it('leaves no code, token, cookie, nonce or secret in the log', async ({ expect }) => {
    const log = vi.spyOn(console, 'log')
    const others = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'info')]
    const browser = openBrowser(ownWorker().send)
    const url = await browser.begin()
    const callback = await visitProvider(url, await enrolAda())
    await browser.land(callback)
    await browser.land(callback)
    const lines = JSON.stringify(log.mock.calls)
    expect(log).toHaveBeenCalled()
    for (const other of others) expect(other).not.toHaveBeenCalled()
    const secrets = [...new URL(url).searchParams, ...new URL(callback).searchParams]
      .filter(([name]) => ['state', 'nonce', 'code', 'code_challenge'].includes(name))
      .map(([, value]) => value)
    for (const secret of [...secrets, ...browser.cookies.all.values(), env.OIDC_CLIENT_SECRET])
      expect(lines).not.toContain(secret)
    expect(lines).toContain('state_mismatch')
  })
})

describe('an account without a password', () => {
  const withoutPassword = async () => {
    const email = newAddress()
    const { browser } = await signInWithProvider(await enrolAda(email))
    return { email, browser }
  }

  it('gets one by mail, and keeps its provider', async ({ expect }) => {
    const email = newAddress()
    const subject = await enrolAda(email)
    const { id } = await whoIs((await signInWithProvider(subject)).browser)
    await postAuth('/request-password-reset', { email })
    const token = tokenIn(await mailTo(email))
    const newPassword = 'correct horse battery staple'
    expect((await postAuth('/reset-password', { token, newPassword })).status).toBe(200)
    expect((await signIn(email, newPassword)).id).toBe(id)
    expect((await whoIs((await signInWithProvider(subject)).browser)).id).toBe(id)
  })

  it('has none to sign in with or to change', async ({ expect }) => {
    const { email, browser } = await withoutPassword()
    expect((await postAuth('/sign-in/email', { email, password: 'a wrong password' })).status).toBe(401)
    const changed = await browser.get('/api/auth/change-password', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: env.BASE_URL },
      body: JSON.stringify({ currentPassword: 'any at all', newPassword: 'correct horse battery staple' }),
    })
    expect([changed.status, await changed.json()]).toEqual([
      400,
      expect.objectContaining({ code: 'CREDENTIAL_ACCOUNT_NOT_FOUND' }),
    ])
  })

  it('is deleted by a session that has just begun', async ({ expect }) => {
    const { email, browser } = await withoutPassword()
    const deleted = await browser.get('/api/auth/delete-user', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: env.BASE_URL },
      body: '{}',
    })
    expect(deleted.status).toBe(200)
    expect(await sql('select 1 from users where email = $1', [email])).toEqual([])
  })
})

describe('a callback', () => {
  const ready = async () => {
    const browser = openBrowser()
    const callback = await visitProvider(await browser.begin({ errorCallbackURL: '/oops' }), await enrolAda())
    return { browser, callback }
  }

  it('is refused to a browser that did not begin it, and to none it is lost', async ({ expect }) => {
    const { browser, callback } = await ready()
    const [stranger, begun] = [openBrowser(), openBrowser()]
    await begun.begin()
    for (const other of [stranger, begun]) {
      expect(errorOf(await other.land(callback))).toBe('state_mismatch')
      expect(await other.token()).toBeUndefined()
    }
    expect(await browser.land(callback)).toBe('/')
    expect(await browser.token()).toBeDefined()
  })

  it('works once', async ({ expect }) => {
    const { browser, callback } = await ready()
    const cookies = new Map(browser.cookies.all)
    await browser.land(callback)
    const again = openBrowser()
    for (const [name, value] of cookies) again.cookies.all.set(name, value)
    expect(await again.land(callback)).toBe(`${env.BASE_URL}/sign-in?error=state_mismatch`)
    expect(await again.token()).toBeUndefined()
  })

  it('has at most one winner of many that come at once', async ({ expect }) => {
    const { browser, callback } = await ready()
    const { pathname, search } = new URL(callback)
    const headers = browser.cookies.added()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => send(`${pathname}${search}`, { headers, redirect: 'manual' })),
    )
    const entered = answers.filter(({ headers }) => headers.has('set-auth-token'))
    expect(entered.length).toBeLessThanOrEqual(1)
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 302))
  })

  it.for([
    ['with another state', (query: URLSearchParams) => query.set('state', 'a'.repeat(32)), 'state_mismatch'],
    ['without a state', (query: URLSearchParams) => query.delete('state'), 'state_mismatch'],
    ['with another code', (query: URLSearchParams) => query.set('code', 'a'.repeat(43)), 'provider_refused'],
    ['without a code', (query: URLSearchParams) => query.delete('code'), 'provider_refused'],
    [
      'of another issuer',
      (query: URLSearchParams) => query.set('iss', 'https://evil.test'),
      'provider_refused',
    ],
  ] as const)('%s is refused', async ([, spoil, error], { expect }) => {
    const { browser, callback } = await ready()
    const url = new URL(callback)
    spoil(url.searchParams)
    expect(errorOf(await browser.land(url.href))).toBe(error)
    expect(await browser.token()).toBeUndefined()
  })

  it('with a parameter twice is malformed', async ({ expect }) => {
    const { browser, callback } = await ready()
    const { pathname, search } = new URL(callback)
    expect((await browser.get(`${pathname}${search}&code=another`)).status).toBe(400)
    expect((await browser.get(`/api/auth/callback/oidc?code=${'a'.repeat(5000)}`)).status).toBe(400)
  })

  it('that is too late is refused', async ({ expect }) => {
    const { browser, callback } = await ready()
    const state = new URL(callback).searchParams.get('state') ?? ''
    const late = await sql(
      `update verifications set value = jsonb_set(value::jsonb, '{expiresAt}', '1')::text
       where value like $1 returning 1`,
      [`%${state}%`],
    )
    expect(late).toHaveLength(1)
    expect(errorOf(await browser.land(callback))).toBe('state_mismatch')
  })

  it('of a provider that nobody set up does not exist', async ({ expect }) => {
    expect((await send('/api/auth/callback/google?code=a&state=b')).status).toBe(404)
    expect((await postAuth('/sign-in/social', { provider: 'google' })).status).toBe(400)
  })
})

describe('the page to land on', () => {
  const begin = (landing: object) => postAuth('/sign-in/social', { provider: 'oidc', ...landing })

  it.for(['/', '/inbox', '/lists/7?sort=due&next=https://example.com#top', '/a//b'])(
    'may be %s',
    async (path, { expect }) => {
      expect((await begin({ callbackURL: path, errorCallbackURL: path })).status).toBe(200)
    },
  )

  it.for([
    '',
    'inbox',
    '//evil.test',
    '///evil.test',
    '/\\evil.test',
    '\\\\evil.test',
    '\\/evil.test',
    '/\t/evil.test',
    '/\n/evil.test',
    '\t//evil.test',
    ' //evil.test',
    '/..//evil.test',
    '/.//evil.test',
    '/a/..//evil.test',
    '/%2e%2e//evil.test',
    '/%2Fevil.test',
    '/%5Cevil.test',
    'https:evil.test',
    'https://evil.test',
    'https:///evil.test',
    'javascript:alert(1)',
    'data:text/html,hello',
    'http://edgewise.test@evil.test/',
    'http://edgewise.test.evil.test/',
    `/${'a'.repeat(2_000)}`,
  ])('must be of this site, which %j is not', async (path, { expect }) => {
    expect((await begin({ callbackURL: path })).status).toBe(400)
    expect((await begin({ errorCallbackURL: path })).status).toBe(400)
  })

  it.for([
    ['an id token', { idToken: { token: 'e30.e30.e30' } }],
    ['scopes', { scopes: ['admin'] }],
    ['a login hint', { loginHint: 'ada' }],
    ['parameters', { additionalParams: { prompt: 'none' } }],
    ['data', { additionalData: { serverContext: { provider: 'github' } } }],
    ['a page for newcomers', { newUserCallbackURL: '/welcome' }],
  ] as const)('comes alone: %s is not taken', async ([, extra], { expect }) => {
    expect((await begin(extra)).status).toBe(400)
  })

  it('is asked for by pages of this origin only', async ({ expect }) => {
    const answer = await send('/api/auth/sign-in/social', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: 'https://evil.test', Cookie: 'a=b' },
      body: JSON.stringify({ provider: 'oidc' }),
    })
    expect(answer.status).toBe(403)
  })
})
