import type { Locator, Page } from 'playwright-core'

/** The places of the app, as people find their way there. */
export const goTo = async (page: Page, place: string): Promise<void> => {
  const menu = page.getByRole('button', { name: 'Menu', exact: true })
  const isClosed = (await menu.isVisible()) && (await menu.getAttribute('aria-expanded')) === 'false'
  if (isClosed) await menu.click()
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click()
  await heading(page, place).waitFor()
}

export const heading = (page: Page, name: string): Locator => page.getByRole('heading', { level: 1, name })

/** Writes the words of a task down, and waits until it shows. */
export const add = async (page: Page, words: string, title = words): Promise<void> => {
  await page.getByLabel('Add a task', { exact: true }).fill(words)
  await page.keyboard.press('Enter')
  await boxOf(page, title).waitFor()
}

export const passwordField = (page: Page): Locator =>
  page.getByLabel('Password', { exact: true }).and(page.locator('input'))

/** The box that completes a task. */
export const boxOf = (page: Page, title: string): Locator =>
  page.getByRole('main').getByRole('checkbox', { name: `Complete ${title}`, exact: true })

/** The titles of the tasks that show, in their order. */
export const titlesOn = async (page: Page): Promise<string[]> => {
  // All at once: one that goes meanwhile would be waited for.
  const names = await page
    .getByRole('main')
    .getByRole('checkbox', { name: /^Complete / })
    .evaluateAll((boxes) => boxes.map((box) => box.getAttribute('aria-label') ?? ''))
  return names.map((name) => name.replace(/^Complete /, ''))
}

/** Opens a task where it stands; yields the form with its fields. */
export const openTask = async (page: Page, title: string): Promise<Locator> => {
  await page.getByRole('main').getByRole('button', { name: title }).first().click()
  const form = page.getByRole('form', { name: `Edit ${title}` })
  await form.waitFor()
  return form
}

/** Everything is sent: the page says nothing of saving, of being offline or of a server in trouble. */
export const isSaved = async (page: Page): Promise<void> => {
  await page
    .getByText(/Saving …|to send|^Offline|Server trouble/)
    .filter({ visible: true })
    .waitFor({ state: 'detached' })
}
