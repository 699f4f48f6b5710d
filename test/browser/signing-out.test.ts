import { describe } from 'vitest'
import { add, goTo, heading, isSaved, passwordField, titlesOn } from './support/app.ts'
import { titlesOf } from './support/person.ts'
import { test } from './support/test.ts'

describe('signing out', () => {
  test('leaves nothing of a person’s for the next one at the same browser', async ({
    open,
    ada,
    bob,
    expect,
  }) => {
    const page = await open({ by: ada, path: '/inbox' })
    await add(page, 'Her secret')
    await isSaved(page)
    await goTo(page, 'Account')
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await heading(page, 'Sign in').waitFor()
    const kept = await page.evaluate(() => indexedDB.databases())
    expect(kept.filter(({ name }) => name?.includes(ada.id))).toEqual([])
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(ada.id)

    await page.getByLabel('Email').fill(bob.email)
    await passwordField(page).fill(bob.password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await goTo(page, 'Inbox')
    await page.getByText('The inbox is empty').waitFor()
    await add(page, 'His secret')
    expect(await titlesOn(page)).toEqual(['His secret'])
    await isSaved(page)
    expect([await titlesOf(ada), await titlesOf(bob)]).toEqual([['Her secret'], ['His secret']])
  })

  test('signs every tab out', async ({ open, ada }) => {
    const first = await open({ by: ada, path: '/inbox' })
    const second = await first.context().newPage()
    await second.goto('/inbox')
    await goTo(first, 'Account')
    await first.getByRole('button', { name: 'Sign out', exact: true }).click()
    await second.getByRole('heading', { name: 'Sign in' }).waitFor()
  })
})
