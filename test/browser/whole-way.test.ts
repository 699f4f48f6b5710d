import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { add, boxOf, goTo, heading, isSaved, openTask, passwordField, titlesOn } from './support/app.ts'
import { mailTo } from './support/mail.ts'
import { newIdentity } from './support/person.ts'
import { test } from './support/test.ts'

const NEW_PASSWORD = 'another horse battery'

interface Credentials {
  email: string
  password: string
}

const signInAs = async (page: Page, { email, password }: Credentials) => {
  await heading(page, 'Sign in').waitFor()
  await page.getByLabel('Email').fill(email)
  await passwordField(page).fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await heading(page, 'Today').waitFor()
}

describe('a person’s whole way', () => {
  test('from the first page to the last', { timeout: 120_000 }, async ({ open, expect }) => {
    const eve = newIdentity('Eve')
    const page = await open({ by: eve, tolerated: [/401/] })

    // Comes for the first time.
    await page.getByRole('link', { name: 'Create an account' }).click()
    await page.getByLabel('Name').fill(eve.name)
    await page.getByLabel('Email').fill(eve.email)
    await passwordField(page).fill(eve.password)
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByText(eve.email).waitFor()
    const { link } = await mailTo(eve.email, 'Confirm your address')
    await page.goto(link)
    await page.getByRole('button', { name: 'Confirm this address' }).click()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await signInAs(page, eve)

    // A task that comes again goes on to its next day when it is done.
    await page.getByLabel('Add a task', { exact: true }).fill('Water plants every day 9am #home @green !2')
    await page.getByText('Understood').waitFor()
    await page.keyboard.press('Enter')
    await goTo(page, 'Home')
    await boxOf(page, 'Water plants').waitFor()
    await add(page, 'Buy pots')
    await goTo(page, 'green')
    await boxOf(page, 'Water plants').click()
    await page.getByText('Completed “Water plants”').waitFor()
    await isSaved(page)
    await boxOf(page, 'Water plants').waitFor()
    await goTo(page, 'Completed')
    await page.getByRole('button', { name: 'Reopen Water plants' }).waitFor()

    // Edits, searches, throws away, takes back.
    await goTo(page, 'home')
    const form = await openTask(page, 'Buy pots')
    await form.getByLabel('Title', { exact: true }).fill('Buy clay pots')
    await form.getByLabel('Notes', { exact: true }).fill('The round ones')
    await form.getByRole('button', { name: 'Save' }).click()
    await goTo(page, 'Search')
    await page.getByRole('searchbox').fill('round')
    await expect.poll(() => titlesOn(page)).toEqual(['Buy clay pots'])
    await (await openTask(page, 'Buy clay pots')).getByRole('button', { name: 'Delete' }).click()
    await expect.poll(() => titlesOn(page)).toEqual([])
    await isSaved(page)
    await goTo(page, 'Trash')
    await page.getByRole('button', { name: 'Restore Buy clay pots' }).click()
    await goTo(page, 'home')
    await boxOf(page, 'Buy clay pots').waitFor()

    // Takes everything along, and goes.
    await goTo(page, 'Account')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: /^Everything/ }).click()
    const exported = JSON.parse(readFileSync(await (await download).path(), 'utf8'))
    expect(JSON.stringify(exported)).toContain('Buy clay pots')
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()

    // Has forgotten the password, and chooses another one.
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await page.getByLabel('Email').fill(eve.email)
    await page.getByRole('button', { name: 'Send the mail' }).click()
    await page.goto((await mailTo(eve.email, 'Choose a new password')).link)
    await page.getByLabel('New password').fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByRole('link', { name: 'Sign in' }).click()
    await signInAs(page, { email: eve.email, password: NEW_PASSWORD })
    await goTo(page, 'home')
    await boxOf(page, 'Buy clay pots').waitFor()

    // Deletes the account: nothing lets them in again.
    await goTo(page, 'Account')
    await page.getByRole('button', { name: 'Delete account' }).click()
    await passwordField(page).fill(NEW_PASSWORD)
    await page.getByLabel(/to confirm/).fill('delete')
    await page.getByRole('button', { name: 'Delete my account for good' }).click()
    await page.getByText('Your account is gone').waitFor()
    await page.getByLabel('Email').fill(eve.email)
    await passwordField(page).fill(NEW_PASSWORD)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByText('do not go together').waitFor()
    expect(await page.evaluate(() => indexedDB.databases())).toEqual([])
  })
})
