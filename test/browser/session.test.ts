import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { add, boxOf, goTo, heading, isSaved, passwordField, titlesOn } from './support/app.ts'
import { type Person, titlesOf } from './support/person.ts'
import { test } from './support/test.ts'

const TWENTY_MINUTES_MS = 20 * 60_000

const signInOn = async (page: Page, { email, password }: Person) => {
  await page.getByLabel('Email').fill(email)
  await passwordField(page).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

describe('a session', () => {
  test('outlives its access token: a new one is fetched before the old one ends', async ({
    open,
    ada,
    expect,
  }) => {
    const page = await open({ by: ada, path: '/inbox' })
    await page.clock.install()
    await page.reload()
    await add(page, 'Before')
    await isSaved(page)
    let fetched = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/api/auth/token')) fetched += 1
    })
    await page.clock.fastForward(TWENTY_MINUTES_MS)
    await add(page, 'After')
    await isSaved(page)
    await expect.poll(() => titlesOf(ada)).toEqual(['After', 'Before'])
    expect(fetched).toBe(1)
  })

  test('goes on when the server refuses a token in the middle of the work', async ({ open, ada, expect }) => {
    const page = await open({ by: ada, path: '/inbox', tolerated: [/401/] })
    await add(page, 'Before')
    await isSaved(page)
    // What a computer that has slept sends: a token which it takes to be good, and the server does not.
    const refused: number[] = []
    await page.route(
      '**/v1/batch',
      async (route) => {
        const headers = { ...route.request().headers(), authorization: 'Bearer of.another.day' }
        const answer = await route.fetch({ headers })
        refused.push(answer.status())
        await route.fulfill({ response: answer })
      },
      { times: 1 },
    )
    await add(page, 'After')
    await isSaved(page)
    await expect.poll(() => titlesOf(ada)).toEqual(['After', 'Before'])
    expect(refused).toEqual([401])
    expect(await titlesOn(page)).toEqual(['Before', 'After'])
  })

  test('that has been ended elsewhere leads to the sign-in page, and what was written then is kept for it', async ({
    open,
    ada,
    expect,
  }) => {
    const page = await open({ by: ada, path: '/inbox', tolerated: [/401/] })
    await add(page, 'Before')
    await isSaved(page)
    await ada.edgewise.sessions.endOthers()
    await page.getByLabel('Add a task', { exact: true }).fill('After')
    await page.keyboard.press('Enter')
    await heading(page, 'Sign in').waitFor()
    await signInOn(page, ada)
    await goTo(page, 'Inbox')
    await boxOf(page, 'After').waitFor()
    await expect.poll(() => titlesOf(ada)).toEqual(['After', 'Before'])
  })

  test('that begins where one wanted to go stays there, and leads there no more', async ({ open, ada }) => {
    const page = await open({ by: { address: ada.address }, path: '/upcoming' })
    await signInOn(page, ada)
    await heading(page, 'Upcoming').waitFor()
    await page.goto('/')
    await heading(page, 'Today').waitFor()
  })
})
