import { describe, it } from 'vitest'
import type { OwnSession } from '../src/sessions/contract.ts'
import { devicesOf } from '../src/sessions/device.ts'
import { asDataRole, rowsOf, sql } from './support/database.ts'
import { addSession } from './support/other-session.ts'
import { type Person, signIn, signUpThemselves } from './support/person.ts'
import { claimsOf } from './support/tokens.ts'
import { send } from './support/worker.ts'

interface Page {
  items: OwnSession[]
  nextCursor: string | null
}

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'

type Caller = Pick<Person, 'send' | 'token'>

const listed = async (person: Caller, query = ''): Promise<Page> => {
  const answer = await person.send('GET', `/v1/me/sessions${query}`)
  if (answer.status !== 200) throw new Error(`the list answered ${answer.status}: ${await answer.text()}`)
  return answer.json<Page>()
}
const idsOf = async (person: Caller) => (await listed(person)).items.map(({ id }) => id)
const end = async (person: Caller, id = '') =>
  (await person.send('DELETE', id ? `/v1/me/sessions/${id}` : '/v1/me/sessions')).status
const sessionOf = ({ token }: Caller) => claimsOf(token).sid
const isSignedIn = async (person: Caller) => (await person.send('GET', '/v1/me')).status === 200

describe('the list of one’s own sessions', () => {
  it('holds each with its device, the newest first, and says which one asks', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const phone = await signIn(ada.email, ada.password)
    const agents = [
      [FIREFOX, ada],
      [IPHONE, phone],
    ] as const
    for (const [agent, { token }] of agents) {
      await sql("update sessions set user_agent = $2, ip_address = '2001:db8::1' where id = $1", [
        claimsOf(token).sid,
        agent,
      ])
    }
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    const times = { createdAt: instant, lastUsedAt: instant, expiresAt: instant }

    expect(await listed(ada)).toEqual({
      items: [
        {
          id: sessionOf(phone),
          current: false,
          device: { browser: 'Safari', os: 'iOS', type: 'mobile' },
          ipAddress: '2001:db8::1',
          ...times,
        },
        {
          id: sessionOf(ada),
          current: true,
          device: { browser: 'Firefox', os: 'Linux', type: 'desktop' },
          ipAddress: '2001:db8::1',
          ...times,
        },
      ],
      nextCursor: null,
    })
    expect((await listed(phone)).items.map(({ current }) => current)).toEqual([true, false])
  })

  it('tells where and with what one signed in', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    await send('/api/auth/sign-in/email', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': IPHONE,
        'CF-Connecting-IP': '203.0.113.9',
      },
      body: JSON.stringify({ email: ada.email, password: ada.password }),
    })
    expect((await listed(ada)).items[0]).toMatchObject({
      device: { browser: 'Safari', os: 'iOS', type: 'mobile' },
      ipAddress: '203.0.113.9',
    })
  })

  it('shows the last use', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    await sql("update sessions set last_used_at = '2026-03-04 05:06:07.89+00' where id = $1", [
      sessionOf(ada),
    ])
    expect((await listed(ada)).items).toMatchObject([{ lastUsedAt: '2026-03-04T05:06:07.890Z' }])
  })

  it('shows no session’s token', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    await addSession(ada)
    const tokens = await sql('select token from sessions where user_id = $1', [ada.id])
    const text = await (await ada.send('GET', '/v1/me/sessions')).text()
    expect(tokens).toHaveLength(2)
    for (const { token } of tokens) expect(text).not.toContain(token)
  })

  it('holds live ones only', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const [expired, expiring] = [await addSession(ada), await addSession(ada)]
    await sql("update sessions set expires_at = now() - interval '1 second' where id = $1", [expired])
    await sql('update sessions set expires_at = now() where id = $1', [expiring])
    expect(await idsOf(ada)).toEqual([sessionOf(ada)])
    expect(await end(ada, expired)).toBe(404)
  })

  it('comes in pages, which neither skip nor repeat', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const all = [sessionOf(ada)]
    for (const _ of [1, 2, 3, 4]) all.unshift(await addSession(ada))

    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Page = await listed(ada, `?limit=2${cursor && `&cursor=${cursor}`}`)
      expect(page.items.length).toBeLessThanOrEqual(2)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(all)
  })

  it('is bounded, however many somebody made', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    await sql(
      `insert into sessions (id, user_id, token, expires_at, user_agent)
       select gen_random_uuid(), $1::uuid, gen_random_uuid()::text, now() + interval '1 day', repeat('(/ ', 3000)
       from generate_series(1, 10000)`,
      [ada.id],
    )
    const page = await listed(ada)
    expect(page.items).toHaveLength(50)
    expect(await end(ada)).toBe(204)
    expect(await idsOf(ada)).toEqual([sessionOf(ada)])
  })
})

describe('ending a session', () => {
  it('ends its access tokens with the next request, and leaves the others', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const [phone, laptop] = [await signIn(ada.email, ada.password), await signIn(ada.email, ada.password)]
    expect(await end(ada, sessionOf(phone))).toBe(204)
    expect(await Promise.all([ada, phone, laptop].map(isSignedIn))).toEqual([true, false, true])
    expect(await idsOf(ada)).toEqual([sessionOf(laptop), sessionOf(ada)])
  })

  it('twice is 404', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const other = await addSession(ada)
    expect([await end(ada, other), await end(ada, other)]).toEqual([204, 404])
  })

  it('that is the current one signs out, from sign-in as well', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    expect(await end(ada, sessionOf(ada))).toBe(204)
    expect(await isSignedIn(ada)).toBe(false)
    const session = await send('/api/auth/get-session', {
      headers: { Authorization: `Bearer ${ada.sessionToken}` },
    })
    expect(await session.json()).toBeNull()
  })

  it('of somebody else is 404, and it lives on', async ({ expect }) => {
    const [ada, bob] = await Promise.all([signUpThemselves('ada'), signUpThemselves('bob')])
    expect(await end(bob, sessionOf(ada))).toBe(404)
    expect(await isSignedIn(ada)).toBe(true)
    expect(await idsOf(bob)).toEqual([sessionOf(bob)])
  })
})

describe('ending all others', () => {
  it('keeps the current one, and everybody else’s', async ({ expect }) => {
    const [ada, bob] = await Promise.all([signUpThemselves('ada'), signUpThemselves('bob')])
    const [phone, laptop] = [await signIn(ada.email, ada.password), await signIn(ada.email, ada.password)]
    const his = await rowsOf(bob.id)
    expect(await end(phone)).toBe(204)
    expect(await Promise.all([ada, phone, laptop, bob].map(isSignedIn))).toEqual([false, true, false, true])
    expect(await idsOf(phone)).toEqual([sessionOf(phone)])
    expect(await rowsOf(bob.id)).toEqual(his)
  })

  it('twice is as well as once', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    await addSession(ada)
    expect([await end(ada), await end(ada)]).toEqual([204, 204])
    expect(await isSignedIn(ada)).toBe(true)
  })
})

describe('whatever SQL the data role runs,', () => {
  it('it sees and ends sessions of the principal alone', async ({ expect }) => {
    const [ada, bob] = await Promise.all([signUpThemselves('ada'), signUpThemselves('bob')])
    const before = await rowsOf(ada.id)
    const opening = {
      query: 'select edgewise.begin_request($1, $2)',
      params: [bob.id, sessionOf(bob)],
    }
    const query = (text: string, params: (string | null)[] = []) =>
      asDataRole(opening, { query: text, params })

    const [, seen] = await query('select * from edgewise.my_sessions(null, 1000)')
    expect(seen).toMatchObject([{ id: sessionOf(bob) }])
    expect(Object.keys(seen?.[0] ?? {})).not.toContain('token')
    const [, ended] = await query('select * from edgewise.end_my_session($1)', [sessionOf(ada)])
    expect(ended).toEqual([])
    await query('select edgewise.end_my_other_sessions($1)', [sessionOf(ada)])
    expect(await rowsOf(ada.id)).toEqual(before)
  })

  it('without a principal it sees and ends none', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const [seen, ended, others] = await asDataRole(
      { query: 'select * from edgewise.my_sessions(null, 1000)', params: [] },
      { query: 'select * from edgewise.end_my_session($1)', params: [sessionOf(ada)] },
      { query: 'select edgewise.end_my_other_sessions(gen_random_uuid())', params: [] },
    )
    expect([seen, ended, others?.length]).toEqual([[], [], 1])
    expect(await isSignedIn(ada)).toBe(true)
  })

  it('ending all but none ends none', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    await asDataRole(
      { query: 'select edgewise.begin_request($1, $2)', params: [ada.id, sessionOf(ada)] },
      { query: 'select edgewise.end_my_other_sessions(null)', params: [] },
    )
    expect(await isSignedIn(ada)).toBe(true)
  })

  it('nobody but the data role may call these functions', async ({ expect }) => {
    const functions = await sql(
      `select proname, array(select grantee::regrole::text from aclexplode(proacl) where grantee <> proowner) as may
       from pg_proc where proname in ('my_sessions', 'end_my_session', 'end_my_other_sessions') order by 1`,
    )
    expect(functions).toEqual(
      ['end_my_other_sessions', 'end_my_session', 'my_sessions'].map((proname) => ({
        proname,
        may: ['edgewise_api'],
      })),
    )
  })
})

describe('a device', () => {
  it('is told from what it says of itself', async ({ expect }) => {
    const told = [
      [FIREFOX, { browser: 'Firefox', os: 'Linux', type: 'desktop' }],
      [IPHONE, { browser: 'Safari', os: 'iOS', type: 'mobile' }],
      ['curl/8.5.0', { browser: 'curl', os: null, type: null }],
      ['node', { browser: 'node', os: null, type: null }],
      ['', null],
      [null, null],
      ['<script>alert(1)</script>', null],
      ['\u{1f4a9}'.repeat(5_000), null],
      [`${'a'.repeat(41)}/1`, null],
      ['\ud83d/1 (x', null],
    ] as const
    const devices = await devicesOf(told.map(([agent]) => agent))
    // As JSON, for a report of half a surrogate pair would break off the run.
    expect(JSON.stringify(devices)).toBe(JSON.stringify(told.map(([, device]) => device)))
  })

  it('that says very much is cut short', async ({ expect }) => {
    expect(await devicesOf([`${FIREFOX}${' (/'.repeat(100_000)}`])).toEqual(await devicesOf([FIREFOX]))
    expect(await devicesOf([`${'('.repeat(300)} Firefox/133.0`])).toEqual([null])
  })
})
