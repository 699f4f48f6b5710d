import { describe, it } from 'vitest'
import { flood, lock, postFrom, signInWrongly, someEmail, tally, usedOf, useUp } from '../support/attempts.ts'
import { ownWorker } from '../support/own-worker.ts'
import { signUpThemselves } from '../support/person.ts'
import { send, someAddress } from '../support/worker.ts'

const OF_ACCOUNT = 20

describe('attempts that come at once', { timeout: 120_000 }, () => {
  it('500 wrong sign-ins for one account in five isolates: exactly the limit reach the hash', async ({
    expect,
  }) => {
    const ada = await signUpThemselves('ada')
    const { answers, attempts } = await flood(ada.email)
    const allowed = OF_ACCOUNT - 1
    expect(answers).toEqual({ 401: allowed, 429: attempts - allowed })
    expect(await usedOf({ name: 'sign-in-account', subject: ada.email })).toBe(OF_ACCOUNT)
  })

  it('that have all seen one left: one gets it', async ({ expect }) => {
    const counter = { name: 'sign-in-account', subject: someEmail() }
    await useUp(counter, OF_ACCOUNT, 1)
    const locked = lock(counter, 3)
    await scheduler.wait(500)
    const answers = await Promise.all(Array.from({ length: 30 }, () => signInWrongly(counter.subject)))
    await locked
    expect(tally(answers.map(({ status }) => status))).toEqual({ 401: 1, 429: 29 })
    expect(await usedOf(counter)).toBe(OF_ACCOUNT)
  })

  it('for few accounts from few addresses wait for one another and never lock up', async ({ expect }) => {
    const emails = Array.from({ length: 4 }, someEmail)
    const addresses = Array.from({ length: 3 }, someAddress)
    // Hashing takes turns, on a busy machine for longer than a call to the database may take.
    const patient = ownWorker({ deadlineMs: 60_000 })
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, n) =>
        signInWrongly(emails[n % emails.length] ?? '', addresses[n % addresses.length], {}, patient),
      ),
    )
    // Three addresses for each account; each pair may try ten times, each account twenty.
    expect(tally(answers.map(({ status }) => status))).toEqual({ 401: 80, 429: 40 })
  })

  it('for one token: exactly the limit get one', async ({ expect }) => {
    const ada = await signUpThemselves('ada')
    const headers = { Authorization: `Bearer ${ada.sessionToken}` }
    const answers = await Promise.all(Array.from({ length: 100 }, () => send('/api/auth/token', { headers })))
    expect(tally(answers.map(({ status }) => status))).toEqual({ 200: 59, 429: 41 })
  })

  it('for one email to sign up with: exactly the limit are made', async ({ expect }) => {
    const email = someEmail()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        postFrom(someAddress(), '/sign-up/email', { name: 'Eve', email, password: 'some password' }),
      ),
    )
    expect(tally(answers.map(({ status }) => status))[429]).toBe(10)
  })
})
