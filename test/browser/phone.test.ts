import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { add, boxOf, goTo, heading, titlesOn } from './support/app.ts'
import { type Open, test } from './support/test.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
/** WCAG 2.2, 2.5.8. */
const LEAST_TARGET_PX = 24

/** What can be touched and is hit by less than it must be, but for links within a text. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    /** It may be hit beside its box, too, where something of its own lies over more. */
    const isHit = (target: Element, x: number, y: number) => {
      const hit = document.elementFromPoint(x, y)
      return hit !== null && target.contains(hit)
    }
    const isLarge = (target: Element) => {
      target.scrollIntoView({ block: 'center' })
      const { x, y, width, height } = target.getBoundingClientRect()
      const isCovered = !isHit(target, x + width / 2, y + height / 2)
      if (isCovered || (width >= least && height >= least)) return true
      const [left, top, far] = [x + width / 2 - least / 2 + 1, y + height / 2 - least / 2 + 1, least - 2]
      return [0, far].every((dx) => [0, far].every((dy) => isHit(target, left + dx, top + dy)))
    }
    return [...document.querySelectorAll('a, button, input, select, textarea')]
      .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.closest('p'))
      .map((target) => target.closest('label') ?? target)
      .filter((target) => target.clientWidth > 1 && !isLarge(target))
      .map((target) => target.outerHTML.slice(0, 200))
  }, LEAST_TARGET_PX)

describe('on a phone', () => {
  const onPhone = (open: Open, visit: Parameters<Open>[0]) => open({ ...PHONE, ...visit })

  test('the menu opens, leads somewhere and closes', async ({ open, ada, expect }) => {
    const page = await onPhone(open, { by: ada, path: '/today' })
    const places = page.getByRole('navigation', { name: 'Places' })
    await heading(page, 'Today').waitFor()
    await expect.poll(() => isInView(page)).toBe(false)
    await page.getByRole('button', { name: 'Menu', exact: true }).tap()
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

  test('every target is large enough to be hit', async ({ open, ada, expect }) => {
    await ada.edgewise.tasks.add({ title: 'Buy milk' })
    const page = await onPhone(open, { by: ada, path: '/inbox' })
    await boxOf(page, 'Buy milk').waitFor()
    expect(await smallTargets(page)).toEqual([])
    await page.getByRole('button', { name: 'Menu', exact: true }).tap()
    expect(await smallTargets(page)).toEqual([])
    await goTo(page, 'Account')
    expect(await smallTargets(page)).toEqual([])
  })
})

/** Whether the places are on the screen, and not beside it. */
const isInView = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const box = document.querySelector('nav[aria-label="Places"]')?.getBoundingClientRect()
    return box !== undefined && box.left >= 0 && box.width > 0
  })
