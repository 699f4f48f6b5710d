import { describe } from 'vitest'
import { heading, passwordField } from './support/app.ts'
import { mailTo } from './support/mail.ts'
import { newIdentity } from './support/person.ts'
import { test } from './support/test.ts'

describe('an account', () => {
  test('is made, confirmed by the link of a mail, and signed in to and out of', async ({ open, expect }) => {
    const eve = newIdentity('Eve')
    const page = await open({ by: eve, path: '/sign-up' })
    await page.getByLabel('Name').fill(eve.name)
    await page.getByLabel('Email').fill(eve.email)
    await passwordField(page).fill(eve.password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText(eve.email).waitFor()

    const { link } = await mailTo(eve.email, 'Confirm your address')
    await page.goto(link)
    await page.getByRole('button', { name: 'Confirm this address' }).click()
    await heading(page, 'Your address is confirmed').waitFor()
    await page.getByRole('link', { name: 'Sign in' }).click()

    await heading(page, 'Sign in').waitFor()
    await page.getByLabel('Email').fill(eve.email)
    await passwordField(page).fill(eve.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await heading(page, 'Today').waitFor()
    expect(new URL(page.url()).pathname).toBe('/today')
  })

  test('does not open with another password, and says so', async ({ open, ada, expect }) => {
    const page = await open({ by: { address: ada.address }, tolerated: [/401/] })
    await page.getByLabel('Email').fill(ada.email)
    await passwordField(page).fill('not the password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect
      .poll(() => page.getByRole('alert').filter({ visible: true }).first().textContent())
      .toContain('do not go together')
    expect(await page.getByLabel('Email').inputValue()).toBe(ada.email)
  })
})
