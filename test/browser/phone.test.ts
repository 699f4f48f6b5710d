import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { add, boxOf, heading, titlesOn } from './support/app.ts'
import { type Open, test } from './support/test.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

describe('on a phone', () => {
  const onPhone = (open: Open, visit: Parameters<Open>[0]) => open({ ...PHONE, ...visit })

  test('the menu opens, leads somewhere and closes', async ({ open, ada, expect }) => {
    const page = await onPhone(open, { by: ada, path: '/today' })
    const places = page.getByRole('navigation', { name: 'Places' })
    await heading(page, 'Today').waitFor()
    await expect.poll(() => isInView(page)).toBe(false)
    await page.getByRole('button', { name: 'Menu' }).tap()
    await expect.poll(() => isInView(page)).toBe(true)
    await places.getByRole('link', { name: 'Inbox' }).tap()
    await heading(page, 'Inbox').waitFor()
    await expect.poll(() => isInView(page)).toBe(false)
  })

  test('a task is added and completed by touch', async ({ open, ada, expect }) => {
    const page = await onPhone(open, { by: ada, path: '/inbox' })
    await add(page, 'Buy milk')
    await boxOf(page, 'Buy milk').tap()
    await expect.poll(() => titlesOn(page)).toEqual([])
  })
})

/** Whether the places are on the screen, and not beside it. */
const isInView = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const box = document.querySelector('nav[aria-label="Places"]')?.getBoundingClientRect()
    return box !== undefined && box.left >= 0 && box.width > 0
  })
