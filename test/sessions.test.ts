import { describe, it } from 'vitest'
import { seen } from './support/attack.ts'
import { callsFor, sendWith, warmWorker } from './support/calls.ts'
import { sql } from './support/database.ts'
import { type Person, signIn, signUp } from './support/person.ts'
import { claimsOf, forge, signingKeyOf } from './support/tokens.ts'
import { send } from './support/worker.ts'

/** What ends a session while its access tokens are still good. */
const ENDINGS: Record<string, (person: Person) => Promise<unknown>> = {
  'its user has signed out': async ({ sessionToken }) =>
    send('/api/auth/sign-out', { method: 'POST', headers: { Authorization: `Bearer ${sessionToken}` } }),
  'it has expired': ({ token }) => changeSession(token, "set expires_at = now() - interval '1 second'"),
  'it expires at this very moment': ({ token }) => changeSession(token, 'set expires_at = now()'),
  'its row is gone': ({ token }) => sql('delete from sessions where id = $1', [claimsOf(token).sid]),
  'its user is disabled': ({ id }) => sql('update users set disabled_at = now() where id = $1', [id]),
  'its user was disabled from the future': ({ id }) =>
    sql("update users set disabled_at = now() + interval '1 day' where id = $1", [id]),
  'its user is gone': ({ id }) => sql('delete from users where id = $1', [id]),
}

const changeSession = (token: string, change: string) =>
  sql(`update sessions ${change} where id = $1`, [claimsOf(token).sid])

const signInBody = async (body: object) =>
  send('/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

describe('an access token of a session that lives no more', () => {
  it.for(Object.entries(ENDINGS))(
    'is refused by the very next request of every operation like a bad one, for one call: %s',
    async ([, end], { expect }) => {
      const { worker, ada } = await warmWorker()
      const calls = await callsFor(ada)
      const refusal = await seen(await worker.send('/v1/me'))
      await end(ada)

      for (const call of calls) {
        const next = await worker.counting(async () =>
          seen(await sendWith(worker, call, [['Authorization', `Bearer ${ada.token}`]])),
        )
        expect(next).toEqual({ calls: 1, executed: 1, result: refusal })
      }
    },
  )

  it('takes no other session of its user with it', async ({ expect }) => {
    const ada = await signUp('ada')
    const elsewhere = await signIn(ada.email, ada.password)
    await ENDINGS['its user has signed out']?.(ada)
    expect((await ada.send('GET', '/v1/me')).status).toBe(401)
    expect((await elsewhere.send('GET', '/v1/me')).status).toBe(200)
  })

  it('writes nothing any more', async ({ expect }) => {
    const ada = await signUp('ada')
    const task = await ada.addTask('buy milk')
    await ENDINGS['its row is gone']?.(ada)
    await ada.send('PATCH', `/v1/tasks/${task.id}`, { title: 'too late' })
    await ada.send('POST', '/v1/tasks', { title: 'too late' })
    await ada.send('DELETE', `/v1/tasks/${task.id}`)
    expect((await (await signIn(ada.email, ada.password)).tasks()).map(({ title }) => title)).toEqual([
      'buy milk',
    ])
  })
})

describe('a signed access token that names one user and the session of another', () => {
  it('is refused like a bad one, for one call', async ({ expect }) => {
    const { worker, ada } = await warmWorker()
    const bob = await signUp('bob')
    const key = await signingKeyOf(ada.token)
    const refusal = await seen(await worker.send('/v1/me'))
    const [hers, his] = [claimsOf(ada.token), claimsOf(bob.token)]
    const nobody = '00000000-0000-0000-0000-000000000000'

    for (const mixed of [
      { sub: hers.sub, sid: his.sid },
      { sub: his.sub, sid: hers.sid },
      { sub: hers.sid, sid: hers.sub },
      { sub: hers.sub, sid: nobody },
      { sub: nobody, sid: hers.sid },
      { sub: nobody, sid: nobody },
    ]) {
      const token = await forge(key.sign, { alg: 'EdDSA', kid: key.kid }, { ...hers, ...mixed })
      const next = await worker.counting(async () =>
        seen(await worker.as({ token }).send('GET', '/v1/tasks')),
      )
      expect(next).toEqual({ calls: 1, executed: 1, result: refusal })
    }
  })
})

describe('a disabled user', () => {
  it('cannot sign in, and is told what a wrong password is told', async ({ expect }) => {
    const ada = await signUp('ada')
    const { email, password } = ada
    const wrong = await seen(await signInBody({ email, password: `${password}!` }))
    await ENDINGS['its user is disabled']?.(ada)
    const before = await sql('select count(*) from sessions where user_id = $1', [ada.id])

    expect(await seen(await signInBody({ email, password }))).toEqual(wrong)
    expect(wrong.status).toBe(401)
    expect(await sql('select count(*) from sessions where user_id = $1', [ada.id])).toEqual(before)
  })

  it('can sign in again once enabled', async ({ expect }) => {
    const ada = await signUp('ada')
    await ENDINGS['its user is disabled']?.(ada)
    await sql('update users set disabled_at = null where id = $1', [ada.id])
    expect((await ada.send('GET', '/v1/me')).status).toBe(200)
    const { email, password } = ada
    expect((await signInBody({ email, password })).status).toBe(200)
  })

  it('is not made by what anybody sends', async ({ expect }) => {
    const bob = await signUp('bob')
    const disabled = { disabledAt: '2020-01-01T00:00:00.000Z', disabled_at: '2020-01-01T00:00:00.000Z' }
    const email = `ada-${crypto.randomUUID()}@example.com`
    const post = (path: string, body: object) =>
      send(path, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${bob.sessionToken}` },
        body: JSON.stringify(body),
      })
    await post('/api/auth/sign-up/email', { name: 'Ada', email, password: bob.password, ...disabled })
    await post('/api/auth/sign-in/email', { email: bob.email, password: bob.password, ...disabled })
    await post('/api/auth/update-user', disabled)
    await post('/api/auth/sign-out', disabled)

    expect(await sql('select disabled_at from users where id = $1', [bob.id])).toEqual([
      { disabled_at: null },
    ])
    expect(await sql('select 1 from users where email = $1 and disabled_at is not null', [email])).toEqual([])
  })
})
