import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { gravePoints } from './support/accessibility.ts'
import { isSaved, openTask } from './support/app.ts'
import { artefact } from './support/artefacts.ts'
import { furnish } from './support/household.ts'
import { type Open, test } from './support/test.ts'

const WIDTHS = [390, 1280]
const SCHEMES = ['light', 'dark'] as const
/** Each scheme at one of the widths: what axe finds depends little on both at once. */
const JUDGED = ['390 dark', '1280 light']

/** A page, by its name: where it is, what shows when it is there, and what is done before one looks. */
type Look = [
  name: string,
  path: string,
  shows?: string | undefined,
  prepare?: (page: Page) => Promise<unknown>,
]

const SIGNED_OUT: Look[] = [
  ['sign in', '/sign-in'],
  ['sign up', '/sign-up'],
  ['forgot password', '/forgot-password'],
  ['verify email', '/verify-email?token=a.b.c'],
  ['reset password', '/reset-password?token=a-token'],
]

const SIGNED_IN: Look[] = [
  ['inbox', '/inbox', 'Buy milk'],
  ['today', '/today', 'Buy milk'],
  ['upcoming', '/upcoming', 'Write to Ada'],
  ['search', '/search', undefined, (page) => page.getByRole('searchbox').fill('the')],
  ['completed', '/completed', 'Pay the rent'],
  ['trash', '/trash', 'Thrown away'],
  ['account', '/account'],
  ['editor', '/today', undefined, (page) => openTask(page, 'Water the plants')],
  ['not here', '/nowhere', 'the address is wrong'],
  ['keys', '/inbox', 'Buy milk', (page) => page.keyboard.press('?')],
]

/** Looks at each page in both schemes and widths: keeps a screenshot, and yields what is wrong. */
const lookAt = async (page: Page, looks: Look[]): Promise<string[]> => {
  const wrong: string[] = []
  for (const [name, path, shows, prepare] of looks) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    if (shows) await page.getByRole('main').getByText(shows).first().waitFor()
    await prepare?.(page)
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width < 500 ? 844 : 900 })
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (tooWide > 0) wrong.push(`${name} at ${width} px: ${tooWide} px too wide`)
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme })
        const form = `${width} ${colorScheme}`
        await page.screenshot({ path: artefact('pages', `${name} ${form}.png`), fullPage: true })
        if (!JUDGED.includes(form)) continue
        const points = await gravePoints(page)
        wrong.push(...points.map((point) => `${name} ${form}: ${point}`))
      }
    }
  }
  return wrong
}

const still = (open: Open, visit: Parameters<Open>[0]) => open({ ...visit, reducedMotion: 'reduce' })

describe('every page', () => {
  test('of those who are not signed in is accessible and fits, narrow and wide, light and dark', async ({
    open,
    expect,
  }) => {
    expect(await lookAt(await still(open, {}), SIGNED_OUT)).toEqual([])
  })

  test('of those who are signed in is, too', { timeout: 120_000 }, async ({ open, ada, expect }) => {
    const { list, label } = await furnish(ada)
    const page = await still(open, { by: ada })
    await isSaved(page)
    const looks: Look[] = [...SIGNED_IN, ['list', `/lists/${list}`], ['label', `/labels/${label}`]]
    expect(await lookAt(page, looks)).toEqual([])
  })

  test('is when there is nothing in it', async ({ open, bob, expect }) => {
    const page = await still(open, { by: bob })
    const looks: Look[] = ['inbox', 'today', 'upcoming', 'search', 'completed', 'trash'].map((place) => [
      `empty ${place}`,
      `/${place}`,
    ])
    expect(await lookAt(page, looks)).toEqual([])
  })
})
