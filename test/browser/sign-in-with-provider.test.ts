import type { Page } from 'playwright-core'
import { describe, inject } from 'vitest'
import { add, heading, isSaved } from './support/app.ts'
import { artefact } from './support/artefacts.ts'
import { newIdentity } from './support/person.ts'
import { test } from './support/test.ts'

/** The provider's own pages. */
const TOLERATED = [new RegExp(`^asked for ${inject('server').issuer}/`)]

/** Makes somebody known at the provider; yields the name that they go by there. */
const enrol = async (email: string): Promise<string> => {
  const subject = crypto.randomUUID()
  const identity = { claims: { email, email_verified: true, name: 'Ada' } }
  await fetch(`${inject('server').issuer}/people/${subject}`, {
    method: 'PUT',
    body: JSON.stringify(identity),
  })
  return subject
}

const leaveForProvider = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Continue with Example' }).click()
  await page.waitForURL(`${inject('server').issuer}/**`)
}

describe('signing in with a provider', () => {
  test('leads to where one wanted to go, signed in, and again into the same account', async ({
    open,
    expect,
  }) => {
    const { email, address } = newIdentity('Ada')
    const subject = await enrol(email)
    const signIn = async () => {
      const page = await open({ by: { address }, path: '/today', tolerated: TOLERATED })
      await heading(page, 'Sign in').waitFor()
      await leaveForProvider(page)
      await page.getByLabel('Name').fill(subject)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await heading(page, 'Today').waitFor()
      return page
    }
    const page = await signIn()
    await add(page, 'Buy milk today', 'Buy milk')
    await isSaved(page)
    await page.goto('/account')
    await page.getByText(email).first().waitFor()

    const elsewhere = await signIn()
    await expect.poll(() => elsewhere.getByRole('checkbox', { name: 'Complete Buy milk' }).count()).toBe(1)
  })

  test('that the person refuses there ends where it began, and says so', async ({ open, expect }) => {
    const page = await open({ by: newIdentity('Bob'), path: '/sign-in', tolerated: TOLERATED })
    await leaveForProvider(page)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await heading(page, 'Sign in').waitFor()
    expect(await page.getByRole('alert').filter({ hasText: /\S/ }).textContent()).toBe(
      'You said no there, so nobody has been signed in.',
    )
    expect(new URL(page.url()).search).toBe('')
    await page.screenshot({ path: artefact('pages', 'sign in refused by provider.png') })
    await page.reload()
    await heading(page, 'Sign in').waitFor()
    expect(await page.getByText('You said no there').count()).toBe(0)
  })
})
