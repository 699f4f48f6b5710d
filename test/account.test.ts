import { describe, it } from 'vitest'
import { seen } from './support/attack.ts'
import { postAuth, verify } from './support/auth-calls.ts'
import { sql } from './support/database.ts'
import { mailsTo, mailTo, tokenIn } from './support/mail.ts'
import { accessToken, clientOf, signIn, signUpThemselves } from './support/person.ts'
import { claimsOf } from './support/tokens.ts'

const PASSWORD = 'correct horse battery staple'
const NEW_PASSWORD = 'a quite different password'

const newAddress = () => `ada-${crypto.randomUUID()}@example.com`
const register = (email: string, password = PASSWORD) =>
  postAuth('/sign-up/email', { name: 'Ada', email, password })
const isLive = async (token: string) => (await clientOf(token).send('GET', '/v1/me')).status === 200

describe('a new account', () => {
  it('is let in once its address is confirmed, and not before', async ({ expect }) => {
    const email = newAddress()
    await register(email)
    const wrong = await seen(await postAuth('/sign-in/email', { email, password: 'not the password' }))
    expect(await seen(await postAuth('/sign-in/email', { email, password: PASSWORD }))).toEqual(wrong)
    expect(wrong.status).toBe(401)

    const mail = await mailTo(email)
    expect(mail).toMatchObject({ from: 'Edgewise <edgewise@example.com>', subject: 'Confirm your address' })
    expect(mail.html).toContain(`href="${/http\S+/.exec(mail.text)?.[0]}"`)
    const { iat, exp } = claimsOf(tokenIn(mail))
    expect(exp - iat).toBe(60 * 60)
    expect(await (await verify(tokenIn(mail))).json()).toMatchObject({ status: true })
    const ada = await signIn(email, PASSWORD)
    expect(await (await ada.send('GET', '/v1/me')).json()).toMatchObject({ emailVerified: true })
  })

  it('gets another mail when it signs in too early, and when it asks for one', async ({ expect }) => {
    const email = newAddress()
    await register(email)
    await mailTo(email)
    await postAuth('/sign-in/email', { email, password: PASSWORD })
    await mailTo(email, 2)
    expect((await postAuth('/send-verification-email', { email })).status).toBe(200)
    expect((await verify(tokenIn(await mailTo(email, 3)))).status).toBe(200)
    await signIn(email, PASSWORD)
  })

  it('may have a password of 128 characters, whatever they are', async ({ expect }) => {
    const [email, password] = [newAddress(), '🔑'.repeat(128)]
    expect((await register(email, `${password}!`)).status).toBe(400)
    expect((await register(email, password)).status).toBe(200)
    await verify(tokenIn(await mailTo(email)))
    await signIn(email, password)
  })

  it.for(['nonsense', 'e30.e30.e30', ''])('is not confirmed by the token %j', async (token, { expect }) => {
    const email = newAddress()
    await register(email)
    expect((await verify(token)).status).toBeOneOf([400, 401])
    expect((await postAuth('/sign-in/email', { email, password: PASSWORD })).status).toBe(401)
  })

  it('belongs to who reads its mail, whoever signed up with its address first', async ({ expect }) => {
    const email = newAddress()
    await register(email, 'the password of a stranger')
    await register(email)
    const invitation = await mailTo(email, 2)
    expect(invitation.subject).toBe('You have an account already')
    await postAuth('/reset-password', { token: tokenIn(invitation), newPassword: PASSWORD })

    await signIn(email, PASSWORD)
    await expect(signIn(email, 'the password of a stranger')).rejects.toThrow('401')
  })

  it('is one, however often it is asked for at once, and every answer is the same', async ({ expect }) => {
    const email = newAddress()
    const answers = await Promise.all(Array.from({ length: 8 }, () => register(email)))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(await sql('select count(*) from users where email = $1', [email])).toEqual([{ count: '1' }])
  })
})

describe('a forgotten password', () => {
  it('is replaced with the link of a mail, once, and every session ends', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const elsewhere = await signIn(ada.email, ada.password)
    expect((await postAuth('/request-password-reset', { email: ada.email })).status).toBe(200)
    const token = tokenIn(await mailTo(ada.email, 2))
    const reset = () => postAuth('/reset-password', { token, newPassword: NEW_PASSWORD })

    expect(await (await reset()).json()).toEqual({ status: true })
    expect([await isLive(ada.token), await isLive(elsewhere.token)]).toEqual([false, false])
    await expect(signIn(ada.email, ada.password)).rejects.toThrow('401')
    await signIn(ada.email, NEW_PASSWORD)
    expect((await mailTo(ada.email, 3)).subject).toBe('Your password was changed')
    expect((await reset()).status).toBe(400)
  })

  it('is not replaced by a token that is too old', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    await postAuth('/request-password-reset', { email: ada.email })
    const token = tokenIn(await mailTo(ada.email, 2))
    await sql("update verifications set expires_at = expires_at - interval '1 hour' where value = $1", [
      ada.id,
    ])
    expect((await postAuth('/reset-password', { token, newPassword: NEW_PASSWORD })).status).toBe(400)
    await signIn(ada.email, ada.password)
  })

  it('is not replaced by what no database can hold', async ({ expect }) => {
    for (const token of ['a\0b', '\ud800']) {
      const answer = await postAuth('/reset-password', { newPassword: 'another horse battery', token })
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ code: 'invalid_request' })
    }
    expect((await verify('a%00b')).status).toBe(400)
  })

  it('is asked for with the same answer where there is no account, and then nothing is sent', async ({
    expect,
  }) => {
    const ada = await signUpThemselves('ada')
    const email = newAddress()
    const known = await seen(await postAuth('/request-password-reset', { email: ada.email }))
    expect(await seen(await postAuth('/request-password-reset', { email }))).toEqual(known)
    await mailTo(ada.email, 2)
    expect(await mailsTo(email)).toEqual([])
  })

  it('keeps its token from whoever reads the database', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    await postAuth('/request-password-reset', { email: ada.email })
    const token = tokenIn(await mailTo(ada.email, 2))
    const rows = await sql('select to_jsonb(verifications) as row from verifications where value = $1', [
      ada.id,
    ])
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(token)
  })
})

describe('changing the password', () => {
  it('ends every session and begins a new one', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const elsewhere = await signIn(ada.email, ada.password)
    const body = { currentPassword: ada.password, newPassword: NEW_PASSWORD }
    const { token } = await (await postAuth('/change-password', body, ada.sessionToken)).json<{
      token: string
    }>()

    expect([await isLive(ada.token), await isLive(elsewhere.token)]).toEqual([false, false])
    expect(await isLive(await accessToken(token))).toBe(true)
    await expect(signIn(ada.email, ada.password)).rejects.toThrow('401')
    await signIn(ada.email, NEW_PASSWORD)
    expect((await mailTo(ada.email, 2)).subject).toBe('Your password was changed')
  })

  it('asks for the current one', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const body = { currentPassword: 'not the password', newPassword: NEW_PASSWORD }
    expect((await postAuth('/change-password', body, ada.sessionToken)).status).toBe(400)
    expect((await postAuth('/change-password', body)).status).toBe(401)
    expect(await isLive(ada.token)).toBe(true)
    await signIn(ada.email, ada.password)
  })

  it.for([
    ['changes it', "update accounts set password = 'another hash' where user_id = $1"],
    [
      'sets the first one',
      `insert into accounts (id, user_id, account_id, provider_id, password)
       select gen_random_uuid(), id, id, 'another', 'a hash' from users where id = $1`,
    ],
  ] as const)(
    'ends every session of the user in the very statement that %s',
    async ([, statement], { expect }) => {
      const [ada, bob] = await Promise.all([signUpThemselves('ada'), signUpThemselves('bob')])
      await sql(statement, [ada.id])
      expect(await sql('select 1 from sessions where user_id = $1', [ada.id])).toEqual([])
      expect(await isLive(bob.token)).toBe(true)
    },
  )
})

describe('changing the address', () => {
  it('takes the old one, which agrees, and then the new one, which confirms', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const email = newAddress()
    await postAuth('/change-email', { newEmail: email }, ada.sessionToken)
    const asked = await mailTo(ada.email, 2)
    expect([asked.subject, asked.text]).toEqual(['Confirm your new address', expect.stringContaining(email)])
    expect(await mailsTo(email)).toEqual([])

    await verify(tokenIn(asked))
    const confirmed = await mailTo(email)
    await signIn(ada.email, ada.password)
    expect((await verify(tokenIn(confirmed))).status).toBe(200)
    await signIn(email, ada.password)
    await expect(signIn(ada.email, ada.password)).rejects.toThrow('401')
    expect(await isLive(ada.token)).toBe(true)
  })

  it('to one that has an account is answered the same, and sends nothing', async ({ expect }) => {
    const [ada, bob] = [await signUpThemselves('ada'), await signUpThemselves('bob')]
    const change = async (newEmail: string) =>
      seen(await postAuth('/change-email', { newEmail }, ada.sessionToken))
    expect(await change(bob.email)).toEqual(await change(newAddress()))
    await mailTo(ada.email, 2)
    expect([(await mailsTo(ada.email)).length, (await mailsTo(bob.email)).length]).toEqual([2, 1])
  })

  it('to one that has got an account meanwhile is a conflict, and changes nothing', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const email = newAddress()
    await postAuth('/change-email', { newEmail: email }, ada.sessionToken)
    await verify(tokenIn(await mailTo(ada.email, 2)))
    const token = tokenIn(await mailTo(email))
    await register(email)
    expect((await verify(token)).status).toBe(409)
    await signIn(ada.email, ada.password)
  })
})

describe('deleting the account', () => {
  it('takes everything along, and every token dies with it', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    await ada.addTask('buy milk')
    const answer = await postAuth('/delete-user', { password: ada.password }, ada.sessionToken)
    expect(await answer.json()).toMatchObject({ success: true })

    expect(await isLive(ada.token)).toBe(false)
    for (const table of ['tasks', 'sessions', 'accounts']) {
      expect(await sql(`select 1 from ${table} where user_id = $1`, [ada.id]), table).toEqual([])
    }
    await expect(signIn(ada.email, ada.password)).rejects.toThrow('401')
    expect((await mailTo(ada.email, 2)).subject).toBe('Your account is gone')
    await register(ada.email)
  })

  it('is refused with a wrong password, without a session, and to an old session without a password', async ({
    expect,
  }) => {
    const ada = await signUpThemselves('ada')
    const refusals = [
      await postAuth('/delete-user', { password: 'not the password' }, ada.sessionToken),
      await postAuth('/delete-user', { password: ada.password }),
    ]
    await sql("update sessions set created_at = now() - interval '16 minutes' where user_id = $1", [ada.id])
    refusals.push(await postAuth('/delete-user', {}, ada.sessionToken))
    expect(refusals.map(({ status }) => status)).toEqual([400, 401, 400])
    expect(await isLive(ada.token)).toBe(true)
  })

  it('is allowed to a session that has just begun, without a password', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    expect((await postAuth('/delete-user', {}, ada.sessionToken)).status).toBe(200)
    expect(await sql('select 1 from users where id = $1', [ada.id])).toEqual([])
  })
})
