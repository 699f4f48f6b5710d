import { describe, it } from 'vitest'
import { clientAddress } from '../src/limits/client-address.ts'
import { counterKey } from '../src/limits/counter-key.ts'
import { LIMITS } from '../src/limits/limits.ts'
import {
  endOf,
  endWindow,
  flood,
  postFrom,
  signInWrongly,
  someEmail,
  statusesOf,
  tally,
  usedOf,
  useUp,
} from './support/attempts.ts'
import { sql } from './support/database.ts'
import { ownWorker } from './support/own-worker.ts'
import { signUpThemselves } from './support/person.ts'
import { send, someAddress } from './support/worker.ts'

/** Of `/sign-in/email`. */
const [OF_ADDRESS, OF_PAIR, OF_ACCOUNT] = [60, 10, 20]

const signInRightly = ({ email, password }: { email: string; password: string }) =>
  postFrom(someAddress(), '/sign-in/email', { email, password })

describe('500 wrong sign-ins for one account at once, from as many addresses, in five isolates', {
  timeout: 120_000,
}, () => {
  it('reach the hash as often as the limit allows, and cost one call each otherwise', async ({ expect }) => {
    const [ada, bob, worker] = [await signUpThemselves('ada'), await signUpThemselves('bob'), ownWorker()]
    const alone = await worker.counting(() => signInWrongly(bob.email, someAddress(), {}, worker))
    const callsBeyondCounting = alone.calls - 1
    expect([alone.result.status, callsBeyondCounting]).toEqual([401, expect.any(Number)])
    expect(callsBeyondCounting).toBeGreaterThan(0)

    // Signing ada up took one of what her account may be signed in with.
    const allowed = OF_ACCOUNT - 1
    const { answers, calls, attempts } = await flood(ada.email)
    expect(answers).toEqual({ 401: allowed, 429: attempts - allowed })
    expect(calls).toBe(attempts + allowed * callsBeyondCounting)
  })
})

describe('an account that has been signed in to too often', () => {
  it('is closed to the right password too, and to nothing else', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    await useUp({ name: 'sign-in-account', subject: ada.email }, OF_ACCOUNT)
    expect((await signInRightly(ada)).status).toBe(429)

    expect((await ada.send('GET', '/v1/me')).status).toBe(200)
    const headers = { Authorization: `Bearer ${ada.sessionToken}` }
    expect((await send('/api/auth/token', { headers })).status).toBe(200)
    expect((await signInWrongly(someEmail())).status).toBe(401)
  })

  it('is told so as a problem, with the time to wait', async ({ expect }) => {
    const email = someEmail()
    await useUp({ name: 'sign-in-account', subject: email }, OF_ACCOUNT)
    const answer = await signInWrongly(email)
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    expect(await answer.json()).toEqual({
      type: 'about:blank',
      title: 'Too many requests; wait before the next one',
      status: 429,
      code: 'too_many_requests',
    })
    const seconds = Number(answer.headers.get('Retry-After'))
    expect(seconds).toBeGreaterThan(3_500)
    expect(seconds).toBeLessThanOrEqual(3_600)
    expect(answer.headers.get('RateLimit')).toBe(`"sign-in-account";r=0;t=${seconds}`)
    expect(answer.headers.get('RateLimit-Policy')).toBe('"sign-in-account";q=20;w=900')
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
  })

  it('is open again when the window ends, for as many attempts', async ({ expect }) => {
    const counter = { name: 'sign-in-account', subject: someEmail() }
    await useUp(counter, OF_ACCOUNT)
    expect((await signInWrongly(counter.subject)).status).toBe(429)
    await endWindow(counter)
    expect((await signInWrongly(counter.subject)).status).toBe(401)
    expect(await usedOf(counter)).toBe(1)
    await useUp(counter, OF_ACCOUNT, 1)
    expect(await statusesOf(2, () => signInWrongly(counter.subject))).toEqual([401, 429])
  })

  it('is not closed for longer by being tried', async ({ expect }) => {
    const counter = { name: 'sign-in-account', subject: someEmail() }
    await useUp(counter, OF_ACCOUNT, 1)
    const end = await endOf(counter)
    expect(await statusesOf(3, () => signInWrongly(counter.subject))).toEqual([401, 429, 429])
    expect(end).toBeDefined()
    expect(await endOf(counter)).toBe(end)
  })

  it('is the same when it is written in capitals', async ({ expect }) => {
    const email = someEmail()
    await useUp({ name: 'sign-in-account', subject: email }, OF_ACCOUNT)
    expect((await signInWrongly(email.toUpperCase())).status).toBe(429)
  })
})

describe('one address', () => {
  it('cannot use up what an account has', async ({ expect }) => {
    const [ada, address] = [await signUpThemselves('ada'), someAddress()]
    const statuses = await statusesOf(OF_PAIR + 3, () => signInWrongly(ada.email, address))
    expect(tally(statuses)).toEqual({ 401: OF_PAIR, 429: 3 })
    // One for the sign-in after her sign-up.
    expect(await usedOf({ name: 'sign-in-account', subject: ada.email })).toBe(1 + OF_PAIR)
    expect((await signInRightly(ada)).status).toBe(200)
  })

  it('that is at its own limit counts for no account any more', async ({ expect }) => {
    const [address, email] = [someAddress(), someEmail()]
    await useUp({ name: 'sign-in-address', subject: clientAddress(address) }, OF_ADDRESS, 1)
    const answers = [await signInWrongly(email, address), await signInWrongly(email, address)]
    expect(answers.map(({ status }) => status)).toEqual([401, 429])
    expect(answers[1]?.headers.get('RateLimit-Policy')).toBe('"sign-in-address";q=60;w=900')
    expect(await usedOf({ name: 'sign-in-account', subject: email })).toBe(1)
  })

  it('is the one that Cloudflare names, and no other header', async ({ expect }) => {
    const [email, address] = [someEmail(), someAddress()]
    await useUp({ name: 'sign-in-pair', subject: `${clientAddress(address)} ${email}` }, OF_PAIR)
    for (const header of ['X-Forwarded-For', 'X-Real-IP', 'True-Client-IP', 'Forwarded', 'X-Client-IP']) {
      expect((await signInWrongly(email, address, { [header]: '192.0.2.1' })).status, header).toBe(429)
      expect((await signInWrongly(someEmail(), someAddress(), { [header]: address })).status).toBe(401)
    }
    expect((await signInWrongly(email, someAddress(), { 'X-Forwarded-For': address })).status).toBe(401)
  })

  it('is a whole /64 of IPv6, and no more', async ({ expect }) => {
    const email = someEmail()
    const network = someAddress().split(':').slice(0, 3).join(':')
    await useUp({ name: 'sign-in-pair', subject: `${network}:1::/64 ${email}` }, OF_PAIR)
    expect((await signInWrongly(email, `${network}:1::1`)).status).toBe(429)
    expect((await signInWrongly(email, `${network}:1:ffff:ffff:ffff:ffff`)).status).toBe(429)
    expect((await signInWrongly(email, `${network}:2::1`)).status).toBe(401)
  })

  it.for([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    [undefined, 'unknown'],
    ['', 'unknown'],
    ['nonsense', 'unknown'],
    ['192.0.2.7, 192.0.2.8', 'unknown'],
    ['192.0.2.7:443', 'unknown'],
  ] as const)('written %s is counted as %s', ([written, counted], { expect }) => {
    expect(clientAddress(written)).toBe(counted)
  })
})

const PASSWORD = 'correct horse battery staple'

/** What each operation is asked with, to get as far as its limits: one that is missing here fails. */
const BODIES: Record<string, (email: string) => object | undefined> = {
  '/sign-up/email': (email) => ({ name: 'Ada', email, password: PASSWORD }),
  '/sign-in/email': (email) => ({ email, password: PASSWORD }),
  '/request-password-reset': (email) => ({ email }),
  '/reset-password': () => ({ newPassword: PASSWORD, token: 'x'.repeat(24) }),
  '/send-verification-email': (email) => ({ email }),
  '/token': () => undefined,
  '/change-password': () => ({ currentPassword: PASSWORD, newPassword: PASSWORD }),
  '/change-email': () => ({ newEmail: someEmail() }),
  '/delete-user': () => ({ password: PASSWORD }),
  '/sign-in/social': () => ({ provider: 'oidc' }),
  '/callback/{id}': () => undefined,
}

const attempt = (
  path: string,
  email: string,
  { headers = {}, address = someAddress(), worker = ownWorker() } = {},
) => {
  const body = BODIES[path]?.(email)
  const place = path.replace('{id}', 'oidc')
  return worker.counting(() =>
    body
      ? postFrom(address, place, body, headers, worker)
      : worker.send(`/api/auth${place}`, { headers: { 'cf-connecting-ip': address, ...headers } }),
  )
}

describe.for(Object.entries(LIMITS))('%s', ([path, limit]) => {
  it('has a limit for each address, and asks once to know it', async ({ expect }) => {
    const address = someAddress()
    const name = `${limit.name}-address`
    await useUp({ name, subject: clientAddress(address) }, limit.perAddress)
    const { calls, result } = await attempt(path, someEmail(), { address })
    expect([result.status, calls]).toEqual([429, 1])
    expect(result.headers.get('RateLimit-Policy')).toBe(
      `"${name}";q=${limit.perAddress};w=${limit.windowSeconds}`,
    )
  })

  it('does nothing that was not counted', async ({ expect }) => {
    const worker = ownWorker()
    await worker.play([{ when: 'after', answer: { status: 507, body: 'the result is too large' } }])
    const { calls, result } = await attempt(path, someEmail(), { worker })
    expect([result.status, calls]).toEqual([503, 1])
    expect(await result.json()).toMatchObject({ code: 'unavailable' })
  })
})

const ACCOUNT_LIMITS = Object.entries(LIMITS).flatMap(([path, { name, windowSeconds, account }]) =>
  account ? [{ path, name, windowSeconds, account }] : [],
)

describe('an account', () => {
  it.for(ACCOUNT_LIMITS)(
    'has a limit of its own, which one call finds reached: $path',
    async ({ path, name: limit, windowSeconds, account: { by, total } }, { expect }) => {
      const ada = await signUpThemselves('ada')
      const [name, subject, headers] =
        by === 'session'
          ? [`${limit}-user`, ada.id, { Authorization: `Bearer ${ada.sessionToken}` }]
          : [`${limit}-account`, ada.email, {}]
      await useUp({ name, subject }, total)
      const { calls, result } = await attempt(path, ada.email, { headers })
      expect([result.status, calls]).toEqual([429, 1])
      expect(result.headers.get('RateLimit-Policy')).toBe(`"${name}";q=${total};w=${windowSeconds}`)
    },
  )
})

describe('the RateLimit fields of an answer that was allowed', () => {
  it('are the same whether or not there is an account, or others use it', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    await signInWrongly(ada.email)
    const fields = async (email: string) => {
      const { headers } = await signInWrongly(email)
      return [headers.get('RateLimit'), headers.get('RateLimit-Policy')]
    }
    expect(await fields(ada.email)).toEqual(await fields(someEmail()))
    expect(await fields(ada.email)).toEqual([
      '"sign-in-address";r=59;t=900, "sign-in-pair";r=9;t=900',
      '"sign-in-address";q=60;w=900, "sign-in-pair";q=10;w=900',
    ])
  })
})

describe("a session's user", () => {
  const tokenWith = (headers: Record<string, string>, address = someAddress()) =>
    send('/api/auth/token', { headers: { 'cf-connecting-ip': address, ...headers } })

  /** Signs in as a browser does. */
  const cookieOf = async (person: { email: string; password: string }) => {
    const answer = await signInRightly(person)
    return (answer.headers.get('Set-Cookie') ?? '').split(';', 1)[0] ?? ''
  }

  it.for([
    ['bare', (token: string) => ({ Authorization: `Bearer ${token}` })],
    ['as a cookie', (_: string, cookie: string) => ({ Cookie: cookie })],
    ['as a cookie among others', (_: string, cookie: string) => ({ Cookie: `a=b; c; ${cookie}; d=%` })],
    [
      'as a cookie with a letter encoded',
      (_: string, cookie: string) => ({
        Cookie: cookie.replace(/=(.)/, (_all, letter: string) => `=%${letter.charCodeAt(0).toString(16)}`),
      }),
    ],
    ['signed', (_: string, cookie: string) => ({ Authorization: `Bearer ${cookie.split('=')[1]}` })],
    [
      'signed, decoded',
      (_: string, cookie: string) => ({
        Authorization: `bearer ${decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1))}`,
      }),
    ],
    [
      'as a cookie behind another token',
      (_: string, cookie: string) => ({ Cookie: cookie, Authorization: 'Bearer a.b' }),
    ],
    [
      'as a cookie behind another scheme',
      (_: string, cookie: string) => ({ Cookie: cookie, Authorization: 'Basic YTpi' }),
    ],
  ] as const)('is known by a token that comes %s', async ([, headersOf], { expect }) => {
    const ada = await signUpThemselves('ada')
    const headers = headersOf(ada.sessionToken, await cookieOf(ada))
    const counter = { name: 'token-user', subject: ada.id }
    const before = await usedOf(counter)
    expect((await tokenWith(headers)).status).toBe(200)
    expect(await usedOf(counter)).toBe(before + 1)
    await useUp(counter, 60)
    expect((await tokenWith(headers)).status).toBe(429)
  })

  it('is counted over all of its sessions, and apart from others', async ({ expect }) => {
    const [ada, bob] = [await signUpThemselves('ada'), await signUpThemselves('bob')]
    const elsewhere = { Cookie: await cookieOf(ada) }
    await useUp({ name: 'token-user', subject: ada.id }, 60, 1)
    expect((await tokenWith({ Authorization: `Bearer ${ada.sessionToken}` })).status).toBe(200)
    expect((await tokenWith(elsewhere)).status).toBe(429)
    expect((await tokenWith({ Authorization: `Bearer ${bob.sessionToken}` })).status).toBe(200)
  })

  it('is neither counted nor seen by a session that has expired', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const counter = { name: 'token-user', subject: ada.id }
    const before = await usedOf(counter)
    await sql(
      `update sessions set expires_at = now(), last_used_at = now() - interval '1 hour' where token = $1`,
      [ada.sessionToken],
    )
    expect((await tokenWith({ Authorization: `Bearer ${ada.sessionToken}` })).status).toBe(401)
    expect(await usedOf(counter)).toBe(before)
    expect(
      await sql(`select 1 from sessions where token = $1 and last_used_at > now() - interval '1 minute'`, [
        ada.sessionToken,
      ]),
    ).toEqual([])
  })

  it('has its session marked as used, to the minute', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const headers = { Authorization: `Bearer ${ada.sessionToken}` }
    const age = async (seconds: number) => {
      await sql(
        `update sessions set last_used_at = now() - make_interval(secs => $2::int) where token = $1`,
        [ada.sessionToken, String(seconds)],
      )
      expect((await tokenWith(headers)).ok).toBe(true)
      const [row] = await sql(
        `select extract(epoch from now() - last_used_at) > 30 as stale from sessions where token = $1`,
        [ada.sessionToken],
      )
      return row?.stale
    }
    expect([await age(3_600), await age(45)]).toEqual([false, true])
  })
})

describe('the counters', () => {
  it('tell nobody without the secret whom they count', async ({ expect }) => {
    const policy = { name: 'sign-in-address', subject: '192.0.2.7' }
    const keys = await Promise.all(['one secret', 'another'].map((secret) => counterKey(secret, policy)))
    expect(keys[0]).not.toEqual(keys[1])
  })

  it('that have expired are deleted by those who count', async ({ expect }) => {
    const expired = Array.from({ length: 5 }, () => ({ name: 'sign-in-account', subject: someEmail() }))
    for (const counter of expired) {
      await useUp(counter, OF_ACCOUNT)
      await endWindow(counter)
    }
    const running = { name: 'sign-in-account', subject: someEmail() }
    await useUp(running, OF_ACCOUNT)
    // Each deletes ten; others may have left some too.
    for (let n = 0; n < 20; n++) await signInWrongly(someEmail())
    expect(await Promise.all(expired.map(usedOf))).toEqual([0, 0, 0, 0, 0])
    expect(await usedOf(running)).toBe(OF_ACCOUNT)
  })
})

describe('a form', () => {
  it.for([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/jsonp',
  ])('of type %s is not looked at', async (type, { expect }) => {
    const worker = ownWorker()
    const body = 'email=ada%40example.com&password=not+the+password'
    const { calls, result } = await worker.counting(() =>
      worker.send('/api/auth/sign-in/email', { method: 'POST', headers: { 'Content-Type': type }, body }),
    )
    expect([result.status, calls]).toEqual([415, 0])
  })
})
