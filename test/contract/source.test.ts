import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'vitest'
import { readConfig } from '../../src/env.ts'
import { AUTH_LIMIT, DATA_LIMIT, LIMITS } from '../../src/limits/limits.ts'

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/^(docs|pages)\//.test(name))
  .map((name) => ({ name, code: readFileSync(`src/${name}`, 'utf8') }))

const filesWith = (pattern: RegExp) =>
  sources.filter(({ code }) => pattern.test(code)).map(({ name }) => name)

describe('the source', () => {
  // Each of these was read for what its SQL can reach. A new one needs the same: see docs/security.md.
  it('uses raw SQL on user data only where it was audited', ({ expect }) => {
    expect(filesWith(/\.raw(Read|Change)\(/)).toEqual([
      'export/pages.ts',
      'import/repository.ts',
      'me/repository.ts',
      'quick/repository.ts',
      'sessions/repository.ts',
      'sync/repository.ts',
      'trash/repository.ts',
    ])
  })

  it('connects to the database in two places', ({ expect }) => {
    expect(filesWith(/\bconnect\(/).toSorted()).toEqual(['app.ts', 'auth/better-auth.ts'])
  })

  it('makes a user id only out of a verified token', ({ expect }) => {
    expect(filesWith(/\bas (UserId|SessionId)\b/)).toEqual(['auth/token.ts'])
  })

  it('loads what tells devices from agents only when it is called for', ({ expect }) => {
    expect(filesWith(/from 'bowser'/)).toEqual([])
    expect(filesWith(/import\('bowser'\)/)).toEqual(['sessions/device.ts'])
  })

  it('loads what knows dates and recurrence only when it is called for', ({ expect }) => {
    expect(filesWith(/import (?!type)[^\n]* from '(chrono-node|rrule-temporal)/)).toEqual([])
    expect(filesWith(/import\('chrono-node\/en'\)/)).toEqual(['quick/dates.ts'])
  })

  it('loads what reads and writes files only when it is called for', ({ expect }) => {
    expect(filesWith(/import (?!type)[^\n]* from '(ical.js|csv-)/)).toEqual([])
    expect(filesWith(/import\('(ical.js|csv-parse\/sync|csv-stringify\/sync)'\)/).toSorted()).toEqual([
      'export/csv.ts',
      'export/icalendar.ts',
      'import/icalendar.ts',
      'import/todoist-rows.ts',
    ])
  })

  it('loads Better Auth only when it is called for', ({ expect }) => {
    expect(filesWith(/from '(better-auth|@better-auth)/).toSorted()).toEqual([
      'auth/access-tokens.ts',
      'auth/better-auth.ts',
      'auth/providers/github.ts',
      'auth/providers/openid-connect.ts',
      'auth/providers/plugin.ts',
    ])
    expect(filesWith(/from '[./]+better-auth.ts'/)).toEqual([])
    expect(filesWith(/from '[./]+access-tokens.ts'/)).toEqual(['auth/better-auth.ts'])
    expect(filesWith(/import [^;]*? from '[./]+(providers\/)?(github|openid-connect).ts'/)).toEqual([
      'auth/providers/plugin.ts',
    ])
    expect(filesWith(/import (?!type)[^\n]* from '[./]+(providers\/)?plugin.ts'/)).toEqual([
      'auth/better-auth.ts',
    ])
  })
})

describe('the configuration', () => {
  const bindings = {
    DATABASE_URL: 'postgresql://edgewise_api:pw@ep-1.neon.tech/neondb?sslmode=require',
    AUTH_DATABASE_URL: 'postgresql://edgewise_auth:pw@ep-1.neon.tech/neondb?sslmode=require',
    BETTER_AUTH_SECRET: 'a secret of at least 32 characters',
    BASE_URL: 'https://edgewise.test/',
    MAIL_FROM: 'Edgewise <edgewise@example.com>',
    RESEND_API_KEY: 're_123',
    AUTH_LIMIT: { limit: async () => ({ success: true }) },
    DATA_LIMIT: { limit: async () => ({ success: true }) },
  }
  const OIDC = { OIDC_ISSUER: 'https://id.test/', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'r' }

  it('is read with its defaults', ({ expect }) => {
    expect(readConfig(bindings)).toEqual({
      databaseUrl: bindings.DATABASE_URL,
      authDatabaseUrl: bindings.AUTH_DATABASE_URL,
      authSecret: bindings.BETTER_AUTH_SECRET,
      baseUrl: 'https://edgewise.test',
      authLimiter: bindings.AUTH_LIMIT,
      dataLimiter: bindings.DATA_LIMIT,
      databaseDeadlineMs: 10_000,
      bodyDeadlineMs: 10_000,
      corsOrigins: [],
      evenTimeMs: 500,
      mail: { from: bindings.MAIL_FROM, by: 'resend', apiKey: 're_123', url: 'https://api.resend.com' },
      providers: [],
    })
  })

  it('switches providers on', ({ expect }) => {
    const on = { ...bindings, ...OIDC, GOOGLE_CLIENT_ID: 'b', GOOGLE_CLIENT_SECRET: 's' }
    expect(readConfig({ ...on, GITHUB_CLIENT_ID: 'c', GITHUB_CLIENT_SECRET: 't' }).providers).toEqual([
      { id: 'oidc', name: 'OpenID Connect', issuer: 'https://id.test/', clientId: 'a', clientSecret: 'r' },
      {
        id: 'google',
        name: 'Google',
        issuer: 'https://accounts.google.com',
        clientId: 'b',
        clientSecret: 's',
      },
      { id: 'github', name: 'GitHub', clientId: 'c', clientSecret: 't' },
    ])
  })

  it.for([
    'http://id.test',
    'id.test',
    'https://id.test/?a=b',
    'https://id.test/#a',
    'http://localhost.evil.test',
  ])('takes no issuer like %s', (issuer, { expect }) => {
    expect(() => readConfig({ ...bindings, ...OIDC, OIDC_ISSUER: issuer })).toThrow(
      'Edgewise cannot start: OIDC_ISSUER must be the https address of an OpenID Connect issuer.',
    )
  })

  it.for([
    [{ DATABASE_URL: undefined }, 'Edgewise cannot start: DATABASE_URL is not set.'],
    [
      { BETTER_AUTH_SECRET: 'short', BASE_URL: undefined },
      'Edgewise cannot start: BETTER_AUTH_SECRET must have at least 32 characters; BASE_URL is not set.',
    ],
    [
      { BASE_URL: 'edgewise.test' },
      'Edgewise cannot start: BASE_URL must be the http(s) address that people open.',
    ],
    [
      { MAIL_FROM: 'Edgewise' },
      'Edgewise cannot start: MAIL_FROM must be an address that mail can come from.',
    ],
    [
      { RESEND_API_KEY: undefined },
      'Edgewise cannot start: to send mail it needs the send_email binding EMAIL, or RESEND_API_KEY.',
    ],
    [{ DATA_LIMIT: undefined }, 'Edgewise cannot start: DATA_LIMIT is not set.'],
    [{ AUTH_LIMIT: '300' }, 'Edgewise cannot start: AUTH_LIMIT must be a rate-limit binding.'],
    [
      { OIDC_ISSUER: 'https://id.test' },
      'Edgewise cannot start: OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET belong together; OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are not set.',
    ],
    [
      { GITHUB_CLIENT_SECRET: 'a' },
      'Edgewise cannot start: GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET belong together; GITHUB_CLIENT_ID is not set.',
    ],
    [{ GOOGLE_CLIENT_ID: '' }, 'Edgewise cannot start: GOOGLE_CLIENT_ID must not be empty.'],
    [{ DATABASE_DEADLINE_MS: '5' }, /^Edgewise cannot start: DATABASE_DEADLINE_MS .*\.$/],
    [{ DATABASE_DEADLINE_MS: '99' }, /^Edgewise cannot start: DATABASE_DEADLINE_MS .*\.$/],
    [{ DATABASE_DEADLINE_MS: '60001' }, /^Edgewise cannot start: DATABASE_DEADLINE_MS .*\.$/],
    [{ BODY_DEADLINE_MS: '99' }, /^Edgewise cannot start: BODY_DEADLINE_MS .*\.$/],
    [{ BODY_DEADLINE_MS: '60001' }, /^Edgewise cannot start: BODY_DEADLINE_MS .*\.$/],
    [
      { BETTER_AUTH_SECRET: 'x'.repeat(31) },
      'Edgewise cannot start: BETTER_AUTH_SECRET must have at least 32 characters.',
    ],
    [
      { BETTER_AUTH_SECRET_FORMER: 'x'.repeat(31) },
      'Edgewise cannot start: BETTER_AUTH_SECRET_FORMER must have at least 32 characters.',
    ],
    [
      { BASE_URL: 'ftp://edgewise.test' },
      'Edgewise cannot start: BASE_URL must be the http(s) address that people open.',
    ],
    [{ BODY_DEADLINE_MS: 'soon' }, /^Edgewise cannot start: BODY_DEADLINE_MS .*\.$/],
  ] as const)('that is wrong is one sentence: %j', ([wrong, sentence], { expect }) => {
    expect(() => readConfig({ ...bindings, ...wrong })).toThrow(sentence)
  })

  it('takes exact origins as CORS_ORIGINS', ({ expect }) => {
    const origins = ['https://app.example.com', 'https://app.example.com:8443', 'http://localhost:5173']
    expect(readConfig({ ...bindings, CORS_ORIGINS: ` ${origins.join(' , ')},` }).corsOrigins).toEqual(origins)
    expect(readConfig({ ...bindings, CORS_ORIGINS: '' }).corsOrigins).toEqual([])
  })

  it.for([
    '*',
    'https://*.example.com',
    'https://app.example.com/',
    'https://app.example.com/path',
    'https://App.example.com',
    'https://app.example.com:443',
    'http://app.example.com',
    'http://localhost.example.com',
    'app.example.com',
    'null',
    'file://',
    'chrome-extension://abcdef',
    'https://user@app.example.com',
  ])('refuses %s among CORS_ORIGINS', (origin, { expect }) => {
    expect(() => readConfig({ ...bindings, CORS_ORIGINS: `https://app.example.com,${origin}` })).toThrow(
      /^Edgewise cannot start: CORS_ORIGINS must list exact origins like [^;]*\.$/,
    )
  })

  it('never repeats a value', ({ expect }) => {
    const secret = 'mysql://user:hunter2@host/db'
    expect(() => readConfig({ ...bindings, DATABASE_URL: secret })).toThrow(/^(?!.*hunter2)/)
  })
})

describe('the limits', () => {
  const settings = readFileSync('wrangler.toml', 'utf8')

  it.for([
    ['AUTH_LIMIT', AUTH_LIMIT],
    ['DATA_LIMIT', DATA_LIMIT],
  ] as const)('say of %s what wrangler.toml tells the binding', ([name, limit], { expect }) => {
    const { quota, windowSeconds } = limit
    expect(settings).toMatch(
      new RegExp(
        `name = "${name}"\nnamespace_id = "\\d+"\nsimple = { limit = ${quota}, period = ${windowSeconds} }`,
      ),
    )
  })

  it('leave the owner of an account more than one address can use up', ({ expect }) => {
    for (const { name, account } of Object.values(LIMITS)) {
      if (account?.by !== 'email') continue
      expect(account.perAddress, name).toBeLessThanOrEqual(account.total / 2)
    }
  })
})
