import { afterEach, describe, it, vi } from 'vitest'
import { enrol, openBrowser, signInWithProvider, visitProvider } from './support/browser.ts'
import { sql } from './support/database.ts'
import type { Mischief } from './support/identity.ts'
import { ownWorker } from './support/own-worker.ts'
import { clientOf } from './support/person.ts'
import { env, send } from './support/worker.ts'

const newAddress = () => `ada-${crypto.randomUUID()}@example.com`
const errorOf = (landed: string) => new URL(landed, env.BASE_URL).searchParams.get('error')
/** Twice what one call to a provider may take. */
const PATIENCE_MS = 10_000

const WITHOUT_OIDC = {
  OIDC_ISSUER: undefined,
  OIDC_CLIENT_ID: undefined,
  OIDC_CLIENT_SECRET: undefined,
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a provider that does it wrong', () => {
  const WRONGS: [Mischief, string][] = [
    ['another audience', 'provider_refused'],
    ['several audiences', 'provider_refused'],
    ['another issuer', 'provider_refused'],
    ['bad signature', 'provider_refused'],
    ['wrong nonce', 'provider_refused'],
    ['no nonce', 'provider_refused'],
    ['expired', 'provider_refused'],
    ['without expiry', 'provider_refused'],
    ['issued long ago', 'provider_refused'],
    ['signed with the client secret', 'provider_refused'],
    ['unsigned', 'provider_refused'],
    ['userinfo about somebody else', 'provider_refused'],
    ['no id token', 'provider_unavailable'],
    ['broken', 'provider_unavailable'],
    ['silent', 'provider_unavailable'],
  ]

  it.for(WRONGS)('(%s) lets nobody in', async ([mischief, error], { expect }) => {
    const email = newAddress()
    const subject = await enrol({ claims: { email, email_verified: true }, mischief })
    const { landed, browser } = await signInWithProvider(subject)
    expect(errorOf(landed)).toBe(error)
    expect(await browser.token()).toBeUndefined()
    expect(await sql('select 1 from users where email = $1', [email])).toEqual([])

    await enrol({ claims: { email, email_verified: true } }, subject)
    expect((await signInWithProvider(subject)).landed).toBe('/inbox')
  })
})

describe('a provider that cannot be reached', () => {
  it.for([
    ['is down', 'http://localhost:1', 'discovery_failed'],
    ['does not answer', `${env.OIDC_ISSUER}/silent`, 'discovery_timeout'],
    ['has no discovery document', `${env.OIDC_ISSUER}/nothing`, 'discovery_404'],
    ['says that it is another one', `${env.OIDC_ISSUER}/liar`, 'discovery_issuer'],
  ])('because it %s, is 503, and the log says why', async ([, issuer = '', reason], { expect }) => {
    const log = vi.spyOn(console, 'log')
    const worker = ownWorker({ bindings: { OIDC_ISSUER: issuer } })
    const asked = worker.send('/api/auth/sign-in/social', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ provider: 'oidc' }),
    })
    const answer = await Promise.race([asked, scheduler.wait(PATIENCE_MS)])
    expect([answer?.status, answer?.headers.get('Retry-After')]).toEqual([503, '5'])
    expect(await answer?.json()).toMatchObject({ code: 'provider_unavailable' })
    expect(JSON.stringify(log.mock.calls)).toContain(reason)
  })

  it.for(['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'])(
    'in safety, since its %s is not https, is 503',
    async (unsafe, { expect }) => {
      const issuer = 'https://identity.example'
      answering({
        [`${issuer}/.well-known/openid-configuration`]: {
          issuer,
          authorization_endpoint: `${issuer}/auth`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          userinfo_endpoint: `${issuer}/me`,
          [unsafe]: 'http://identity.example/unsafe',
        },
      })
      const log = vi.spyOn(console, 'log')
      const answer = await ownWorker({ bindings: { OIDC_ISSUER: issuer } }).send('/api/auth/sign-in/social', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ provider: 'oidc' }),
      })
      expect(answer.status).toBe(503)
      expect(JSON.stringify(log.mock.calls)).toContain('discovery_insecure')
    },
  )

  it('while the person was there, leads to the page with a code', async ({ expect }) => {
    const subject = await enrol({ claims: { email: newAddress(), email_verified: true } })
    const browser = openBrowser()
    const callback = await visitProvider(await browser.begin(), subject)
    const { pathname, search } = new URL(callback)
    const worker = ownWorker({ bindings: { OIDC_ISSUER: 'http://localhost:1' } })
    const url = new URL(`${pathname}${search}`, env.BASE_URL)
    url.searchParams.delete('iss')
    const answer = await worker.send(`${url.pathname}${url.search}`, { headers: browser.cookies.added() })
    expect(errorOf(answer.headers.get('Location') ?? '')).toBe('provider_unavailable')
  })
})

describe('what a deployment offers', () => {
  const pathsOf = async (through = send) => {
    const { paths } = await (await through('/openapi.json')).json<{ paths: object }>()
    return Object.keys(paths).filter((path) => /providers|social|callback/.test(path))
  }

  it('is told to pages and in the contract', async ({ expect }) => {
    const { providers } = await (await send('/api/auth/providers')).json<{ providers: object[] }>()
    expect(providers).toEqual([{ id: 'oidc', name: 'Example' }])
    expect(await pathsOf()).toEqual([
      '/api/auth/providers',
      '/api/auth/sign-in/social',
      '/api/auth/callback/{id}',
    ])
  })

  it('is nothing where no provider is set up', async ({ expect }) => {
    const worker = ownWorker({ bindings: WITHOUT_OIDC })
    expect(await (await worker.send('/api/auth/providers')).json()).toEqual({ providers: [] })
    expect(await pathsOf(worker.send)).toEqual(['/api/auth/providers'])
    expect((await worker.send('/api/auth/callback/oidc')).status).toBe(404)
    expect((await worker.send('/api/auth/sign-in/social', { method: 'POST' })).status).toBe(404)
  })
})

describe('Google', () => {
  it('is an OpenID Connect provider like any other', async ({ expect }) => {
    answering({
      'https://accounts.google.com/.well-known/openid-configuration': {
        issuer: 'https://accounts.google.com',
        authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
        token_endpoint: 'https://oauth2.googleapis.com/token',
        jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
        userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
        token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      },
    })
    const { send } = ownWorker({
      bindings: { ...WITHOUT_OIDC, GOOGLE_CLIENT_ID: 'an-id', GOOGLE_CLIENT_SECRET: 'a-secret' },
    })
    const url = new URL(await openBrowser(send).begin({ provider: 'google' }))
    expect(`${url.origin}${url.pathname}`).toBe('https://accounts.google.com/o/oauth2/v2/auth')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'an-id',
      redirect_uri: `${env.BASE_URL}/api/auth/callback/google`,
      scope: 'openid email profile',
      code_challenge_method: 'S256',
    })
  })
})

describe('GitHub', () => {
  const GITHUB = { GITHUB_CLIENT_ID: 'an-id', GITHUB_CLIENT_SECRET: 'a-secret' }

  /** GitHub as it would answer for a person with these addresses; gives where the sign-in lands. */
  const signInWithGithub = async (emails: object[], answers: Record<string, unknown> = {}) => {
    answering({
      'https://github.com/login/oauth/access_token': { access_token: 'gho_1', token_type: 'bearer' },
      'https://api.github.com/user': { id: Math.floor(Math.random() * 1e9) + 1, login: 'ada', name: null },
      'https://api.github.com/user/emails': emails,
      ...answers,
    })
    const browser = openBrowser(ownWorker({ bindings: GITHUB }).send)
    const url = new URL(await browser.begin({ provider: 'github' }))
    const query = new URLSearchParams({ code: 'a-code', state: url.searchParams.get('state') ?? '' })
    const landed = await browser.land(`${env.BASE_URL}/api/auth/callback/github?${query}`)
    return { url, landed, browser }
  }

  it('is asked for the address, with PKCE', async ({ expect }) => {
    const { url } = await signInWithGithub([])
    expect(`${url.origin}${url.pathname}`).toBe('https://github.com/login/oauth/authorize')
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: 'an-id',
      redirect_uri: `${env.BASE_URL}/api/auth/callback/github`,
      scope: 'read:user user:email',
      code_challenge_method: 'S256',
    })
  })

  it('lets in whose primary address it has verified', async ({ expect }) => {
    const email = newAddress()
    const { landed, browser } = await signInWithGithub([
      { email: newAddress(), primary: false, verified: true },
      { email, primary: true, verified: true },
    ])
    expect(landed).toBe('/')
    const me = await clientOf((await browser.token()) ?? '').send('GET', '/v1/me')
    expect(await me.json()).toMatchObject({ email, name: 'ada' })
  })

  it('lets nobody in whose primary address it has not verified, whatever others it has', async ({
    expect,
  }) => {
    const { landed, browser } = await signInWithGithub([
      { email: newAddress(), primary: true, verified: false },
      { email: newAddress(), primary: false, verified: true },
    ])
    expect(errorOf(landed)).toBe('email_not_verified')
    expect(await browser.token()).toBeUndefined()
  })

  it.for([
    [
      'refuses the code',
      { 'https://github.com/login/oauth/access_token': { error: 'bad_verification_code' } },
      'provider_refused',
    ],
    [
      'tells no addresses',
      { 'https://api.github.com/user/emails': { message: 'Not Found' } },
      'provider_unavailable',
    ],
    ['fails', { 'https://api.github.com/user': undefined }, 'provider_unavailable'],
  ] as const)('that %s lets nobody in', async ([, answers, error], { expect }) => {
    const { landed } = await signInWithGithub(
      [{ email: newAddress(), primary: true, verified: true }],
      answers,
    )
    expect(errorOf(landed)).toBe(error)
  })

  it('is never given what another provider said', async ({ expect }) => {
    const browser = openBrowser(ownWorker({ bindings: GITHUB }).send)
    const subject = await enrol({ claims: { email: newAddress(), email_verified: true } })
    const callback = await visitProvider(await browser.begin(), subject)
    const asked = answering({})
    const landed = await browser.land(callback.replace('/callback/oidc', '/callback/github'))
    expect(errorOf(landed)).toBe('provider_refused')
    expect(asked.mock.calls.filter(([url]) => String(url).includes('github.com'))).toEqual([])
  })
})

/** Lets these addresses answer so, instead of whoever is there; `undefined` is a fault of theirs. */
const answering = (answers: Record<string, unknown>) => {
  const { fetch } = globalThis
  return vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    if (!(url in answers)) return fetch(input, init)
    return answers[url] === undefined ? new Response('', { status: 502 }) : Response.json(answers[url])
  })
}
