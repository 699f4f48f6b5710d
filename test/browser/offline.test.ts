import type { Page } from 'playwright-core'
import { describe } from 'vitest'
import { add, boxOf, isSaved, openTask, titlesOn } from './support/app.ts'
import { tasksOf, titlesOf } from './support/person.ts'
import { test } from './support/test.ts'

const TOLERATED = [/ERR_INTERNET_DISCONNECTED/, /Failed to load resource: net::/]

/** The app is kept by its service worker, so that it opens without a network. */
const isKept = (page: Page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))

describe('without a network', () => {
  test('tasks are added, changed and completed, a reload shows them, and each goes out once', async ({
    open,
    ada,
    expect,
  }) => {
    const page = await open({ by: ada, path: '/inbox', tolerated: TOLERATED })
    for (const title of ['Stays', 'Is changed', 'Is done']) await add(page, title)
    await isSaved(page)
    await isKept(page)

    await page.context().setOffline(true)
    await page
      .getByText(/^Offline/)
      .filter({ visible: true })
      .first()
      .waitFor()
    await add(page, 'Is new')
    await add(page, 'Tomorrow is not read #here')
    const form = await openTask(page, 'Is changed')
    await form.getByLabel('Title', { exact: true }).fill('Was changed')
    await form.getByRole('button', { name: 'Save' }).click()
    await boxOf(page, 'Was changed').waitFor()
    await boxOf(page, 'Is done').click()
    await boxOf(page, 'Is done').waitFor({ state: 'detached' })
    await page
      .getByText(/4 to send/)
      .filter({ visible: true })
      .waitFor()

    await page.reload()
    const shown = ['Stays', 'Was changed', 'Is new', 'Tomorrow is not read #here']
    await expect.poll(() => titlesOn(page)).toEqual(shown)
    expect(await titlesOf(ada)).toEqual(['Is changed', 'Is done', 'Stays'])

    await page.context().setOffline(false)
    await expect.poll(() => titlesOf(ada), { timeout: 20_000 }).toEqual(shown.toSorted())
    await isSaved(page)
    await expect.poll(() => titlesOn(page)).toEqual(shown)
    // Nothing is sent again by a page that opens anew.
    await page.reload()
    await expect.poll(() => titlesOn(page)).toEqual(shown)
    await isSaved(page)
    expect(await tasksOf(ada)).toHaveLength(shown.length)
  })

  test('what is deleted and taken back is there again at once, with what is below it, and after a reload', async ({
    open,
    ada,
    expect,
  }) => {
    const page = await open({ by: ada, path: '/inbox', tolerated: TOLERATED })
    const trip = await ada.edgewise.tasks.add({ title: 'Plan the trip' })
    await ada.edgewise.tasks.add({ title: 'Book the train', parentId: trip.id })
    await page.reload()
    await boxOf(page, 'Book the train').waitFor()
    await isKept(page)

    await page.context().setOffline(true)
    const form = await openTask(page, 'Plan the trip')
    await form.getByRole('button', { name: 'Delete' }).click()
    await boxOf(page, 'Book the train').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Undo' }).click()
    await boxOf(page, 'Book the train').waitFor()
    await page.reload()
    await expect.poll(() => titlesOn(page)).toEqual(['Plan the trip', 'Book the train'])

    await page.context().setOffline(false)
    await isSaved(page)
    await expect.poll(() => titlesOn(page)).toEqual(['Plan the trip', 'Book the train'])
    expect(await titlesOf(ada)).toEqual(['Book the train', 'Plan the trip'])
  })

  test('every place still opens, and what needs the server says so', async ({ open, ada }) => {
    const page = await open({ by: ada, path: '/inbox', tolerated: TOLERATED })
    await add(page, 'Buy milk')
    await isSaved(page)
    await isKept(page)
    await page.context().setOffline(true)
    for (const path of ['/today', '/upcoming', '/search', '/inbox']) {
      await page.goto(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
    }
    await boxOf(page, 'Buy milk').waitFor()
    for (const path of ['/completed', '/trash', '/account']) {
      await page.goto(path)
      await page
        .getByRole('main')
        .getByText(/could not be reached|offline/i)
        .first()
        .waitFor()
    }
  })
})
