import { describe, it } from 'vitest'
import { postAuth, verify } from './support/auth-calls.ts'
import { enrol, signInWithProvider } from './support/browser.ts'
import { sql } from './support/database.ts'
import { mailsTo, mailTo, tokenIn } from './support/mail.ts'
import { clientOf, confirmAddress, signIn, signUpThemselves } from './support/person.ts'
import { env } from './support/worker.ts'

const PASSWORD = 'correct horse battery staple'
const STRANGERS_PASSWORD = 'the password of a stranger'

const newAddress = () => `ada-${crypto.randomUUID()}@example.com`
const register = (email: string, password = PASSWORD) =>
  postAuth('/sign-up/email', { name: 'Ada', email, password })
const enrolWith = (email: string, email_verified: boolean | string | undefined) =>
  enrol({ claims: { email, name: 'Ada', ...(email_verified !== undefined && { email_verified }) } })

/** How that person comes out of a sign-in with the provider: by their id, or by the error. */
const comeIn = async (subject: string) => {
  const { landed, browser } = await signInWithProvider(subject)
  const token = await browser.token()
  if (!token) return new URL(landed, env.BASE_URL).searchParams.get('error')
  return (await (await clientOf(token).send('GET', '/v1/me')).json<{ id: string }>()).id
}

const providersOf = async (email: string) =>
  (
    await sql(
      'select provider_id from accounts join users on users.id = user_id where email = $1 order by 1',
      [email],
    )
  ).map(({ provider_id }) => provider_id)

describe('an account with a password', () => {
  it('is linked if both the provider and we have verified its address', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const subject = await enrolWith(ada.email.toUpperCase(), true)
    expect(await comeIn(subject)).toBe(ada.id)
    expect(await comeIn(subject)).toBe(ada.id)
    expect(await providersOf(ada.email)).toEqual(['credential', 'oidc'])
    await signIn(ada.email, ada.password)
  })

  it.for([
    ['the provider alone has', true, false, 'account_not_linked'],
    ['we alone have', false, true, 'email_not_verified'],
    ['we alone have, and the provider does not say', undefined, true, 'email_not_verified'],
    ['we alone have, and the provider says it oddly', 'yes', true, 'email_not_verified'],
    ['nobody has', false, false, 'email_not_verified'],
  ] as const)('is not if %s', async ([, atProvider, here, error], { expect }) => {
    const email = newAddress()
    await register(email)
    if (here) await confirmAddress(email)
    const subject = await enrolWith(email, atProvider)
    expect(await comeIn(subject)).toBe(error)
    expect(await comeIn(subject)).toBe(error)
    expect(await providersOf(email)).toEqual(['credential'])
  })

  it('takes more than one identity, each of which had its address', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const [first, second] = [await enrolWith(ada.email, true), await enrolWith(ada.email, true)]
    expect([await comeIn(first), await comeIn(second)]).toEqual([ada.id, ada.id])
  })
})

describe('an address that a stranger signed up with first', () => {
  it("is its owner's, with a provider and never with the stranger's password", async ({ expect }) => {
    const email = newAddress()
    await register(email, STRANGERS_PASSWORD)
    const subject = await enrolWith(email, true)
    expect(await comeIn(subject)).toBe('account_not_linked')
    await expect(signIn(email, STRANGERS_PASSWORD)).rejects.toThrow('401')

    await postAuth('/request-password-reset', { email })
    const token = tokenIn(await mailTo(email, 3))
    await postAuth('/reset-password', { token, newPassword: PASSWORD })
    expect(await comeIn(subject)).toBe((await signIn(email, PASSWORD)).id)
    await expect(signIn(email, STRANGERS_PASSWORD)).rejects.toThrow('401')
  })

  it("is its owner's, also if the stranger came with a provider that believes anything", async ({
    expect,
  }) => {
    const email = newAddress()
    const stranger = await enrolWith(email, false)
    expect(await comeIn(stranger)).toBe('email_not_verified')
    await register(email)
    const invitation = await mailTo(email, 2)
    await postAuth('/reset-password', { token: tokenIn(invitation), newPassword: PASSWORD })

    const { id } = await signIn(email, PASSWORD)
    expect(await providersOf(email)).toEqual(['credential'])
    expect(await comeIn(stranger)).toBe('email_not_verified')
    expect(await comeIn(await enrolWith(email, true))).toBe(id)
  })
})

describe('a new account whose address the provider has not verified', () => {
  it('is let in once our mail has confirmed it, and not before', async ({ expect }) => {
    const email = newAddress()
    const subject = await enrolWith(email, false)
    expect(await comeIn(subject)).toBe('email_not_verified')
    expect(await comeIn(subject)).toBe('email_not_verified')
    expect(
      await sql('select 1 from sessions join users on users.id = user_id where email = $1', [email]),
    ).toEqual([])
    expect((await verify(tokenIn(await mailTo(email)))).status).toBe(200)
    expect(await comeIn(subject)).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('is let in as soon as the provider has verified it', async ({ expect }) => {
    const email = newAddress()
    const subject = await enrolWith(email, false)
    await comeIn(subject)
    await enrol({ claims: { email, email_verified: 'true' } }, subject)
    expect(await comeIn(subject)).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('is refused like one that there is already, so that nobody learns which', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const [taken, free] = [await enrolWith(ada.email, false), await enrolWith(newAddress(), false)]
    const seen = async (subject: string) => (await signInWithProvider(subject)).landed
    expect(await seen(taken)).toBe(await seen(free))
    expect(await mailsTo(ada.email)).toHaveLength(1)
  })
})
