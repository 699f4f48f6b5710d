import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { add, boxOf, goTo, heading, openTask, titlesOn } from './support/app.ts'
import { furnish } from './support/household.ts'
import type { Person } from './support/person.ts'
import { type Open, test } from './support/test.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
/** WCAG 2.2: 2.5.5 where it is touched, 2.5.8 where it is pointed at. */
const TOUCHED_PX = 44
const POINTED_AT_PX = 24

/** What can be touched and is hit by less than it must be, but for links within a text. */
const smallTargets = (page: Page, leastPx: number): Promise<string[]> =>
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
      if (isCovered || (width > least - 1 && height > least - 1)) return true
      const [left, top, far] = [x + width / 2 - least / 2 + 1, y + height / 2 - least / 2 + 1, least - 2]
      return [0, far].every((dx) => [0, far].every((dy) => isHit(target, left + dx, top + dy)))
    }
    return [...document.querySelectorAll('a, button, input, select, textarea, summary')]
      .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.closest('p'))
      .map((target) => target.closest('label') ?? target)
      .filter((target) => target.clientWidth > 1 && !isLarge(target))
      .map((target) => target.outerHTML.slice(0, 200))
  }, leastPx)

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

  test('every target is large enough for a finger', async ({ open, ada, expect }) => {
    const page = await onPhone(open, { by: ada, path: '/inbox', reducedMotion: 'reduce' })
    expect(await smallTargetsOfAll(page, ada, TOUCHED_PX)).toEqual([])
  })
})

test('every target is large enough to be pointed at', async ({ open, ada, expect }) => {
  const page = await open({ by: ada, path: '/inbox', reducedMotion: 'reduce' })
  expect(await smallTargetsOfAll(page, ada, POINTED_AT_PX)).toEqual([])
})

test('every target of those who are not signed in is large enough for a finger', async ({ open, expect }) => {
  const page = await open(PHONE)
  const wrong: string[] = []
  for (const path of ['/sign-in', '/sign-up', '/forgot-password', '/reset-password?token=a-token']) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    wrong.push(...(await smallTargets(page, TOUCHED_PX)).map((target) => `${path}: ${target}`))
  }
  expect(wrong).toEqual([])
})

/** Goes where somebody goes, and looks at the targets there. */
const smallTargetsOfAll = async (page: Page, ada: Person, leastPx: number): Promise<string[]> => {
  const wrong: string[] = []
  const look = async (where: string) =>
    void wrong.push(...(await smallTargets(page, leastPx)).map((target) => `${where}: ${target}`))

  const { list } = await furnish(ada)
  await page.goto(`/lists/${list}`)
  await boxOf(page, 'Plan the trip').waitFor()
  await look('list')
  const menu = page.getByRole('button', { name: 'Menu', exact: true })
  if (await menu.isVisible()) {
    await menu.click()
    await look('places')
  }
  await goTo(page, 'Today')
  await page.getByLabel('Add a task', { exact: true }).fill('Buy bread')
  await look('today')
  const form = await openTask(page, 'Water the plants')
  await look('editor')
  await form.getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await look('message')
  for (const place of ['Upcoming', 'Search', 'Completed', 'Trash', 'Account']) {
    await goTo(page, place)
    await look(place)
  }
  return wrong
}

/** Whether the places are on the screen, and not beside it. */
const isInView = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const box = document.querySelector('nav[aria-label="Places"]')?.getBoundingClientRect()
    return box !== undefined && box.left >= 0 && box.width > 0
  })
