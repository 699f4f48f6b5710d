import { describe } from 'vitest'
import { gravePoints } from './support/accessibility.ts'
import { add, boxOf, goTo, heading, isSaved, titlesOn } from './support/app.ts'
import { artefact } from './support/artefacts.ts'
import { titlesOf } from './support/person.ts'
import { test } from './support/test.ts'

const TOLERATED = [/the server responded with a status of (400|404|500)/]
const LOOKS = [390, 1280].flatMap((width) => [
  { width, colorScheme: 'light' as const },
  { width, colorScheme: 'dark' as const },
])

describe('what the server does not take', () => {
  test('is kept with the reason, through a reload, and saved when it has been put right', async ({
    open,
    ada,
    expect,
  }) => {
    const page = await open({ by: ada, path: '/inbox', tolerated: TOLERATED })
    await add(page, 'Before')
    await isSaved(page)
    // A page of another time, which lets one type more than the server takes.
    await page
      .getByLabel('Add a task', { exact: true })
      .evaluate((field) => field.removeAttribute('maxlength'))
    await page.getByLabel('Add a task', { exact: true }).fill(`Write ${'a long story '.repeat(50)}`)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: /Not saved/ }).waitFor()
    await page.reload()
    await goTo(page, 'Not saved')
    await page.getByText('Title must have at most 500 characters').waitFor()

    await page.getByRole('button', { name: /^Edit/ }).click()
    await page.getByLabel('Text', { exact: true }).fill('Write a story')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByText('Everything is saved').waitFor()
    await expect.poll(() => titlesOf(ada)).toEqual(['Before', 'Write a story'])
    await goTo(page, 'Inbox')
    await expect.poll(() => titlesOn(page)).toEqual(['Before', 'Write a story'])
  })

  test('of a task that is gone can be added as a new one, or discarded and taken back', async ({
    open,
    ada,
    expect,
  }) => {
    const task = await ada.edgewise.tasks.add({ title: 'Buy milk' })
    const page = await open({ by: ada, path: '/inbox', tolerated: TOLERATED })
    await page.getByRole('main').getByRole('button', { name: 'Buy milk' }).click()
    const form = page.getByRole('form', { name: 'Edit Buy milk' })
    await form
      .getByLabel('Notes', { exact: true })
      .fill('The one in the green bottle,\nof which there is little.')
    await ada.edgewise.tasks.remove(task.id)
    await form.getByRole('button', { name: 'Save' }).click()
    await goTo(page, 'Not saved')
    for (const { width, colorScheme } of LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 844 })
      await page.screenshot({ path: artefact('pages', `not saved ${width} ${colorScheme}.png`) })
      expect(await gravePoints(page)).toEqual([])
    }
    await page.getByRole('heading', { name: 'Changing “Buy milk”' }).waitFor()
    await page.getByText('It is no longer there.').waitFor()
    await page.getByRole('button', { name: /^Edit/ }).click()
    await page.screenshot({ path: artefact('pages', 'not saved edit.png') })
    await page.getByRole('button', { name: 'Cancel' }).click()

    await page.getByRole('button', { name: /^Discard/ }).click()
    await page.getByText('Everything is saved').waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Add as a new task' }).click()
    await expect.poll(() => titlesOf(ada)).toEqual(['The one in the green bottle, of which there is little.'])
  })
})

describe('a write that the server fails to make again and again', () => {
  test('is set aside after some minutes, and saved when it is tried again', async ({ open, ada, expect }) => {
    const page = await open({ by: ada, path: '/inbox', tolerated: TOLERATED })
    await page.clock.install()
    await page.reload()
    await heading(page, 'Inbox').waitFor()
    let failures = 0
    await page.route('**/v1/batch', async (route) => {
      if (!route.request().postData()?.includes('The bad one')) return route.continue()
      failures += 1
      const problem = { type: 'about:blank', title: 'Ours', status: 500, code: 'internal_error' }
      await route.fulfill({ status: 500, contentType: 'application/problem+json', json: problem })
    })
    await add(page, 'The bad one')
    await add(page, 'The good one')
    await page
      .getByText(/Server trouble · 2 to send/)
      .filter({ visible: true })
      .waitFor()
    await expect
      .poll(
        async () => {
          await page.clock.runFor(30_000)
          return titlesOf(ada)
        },
        { timeout: 30_000 },
      )
      .toEqual(['The good one'])
    expect(failures).toBeGreaterThan(5)
    await boxOf(page, 'The bad one').waitFor({ state: 'detached' })

    await goTo(page, 'Not saved')
    await page.getByText('The server fails whenever it is asked for this').last().waitFor()
    await page.unroute('**/v1/batch')
    await page.getByRole('button', { name: /^Try again/ }).click()
    await expect.poll(() => titlesOf(ada)).toEqual(['The bad one', 'The good one'])
    await page.getByText('Everything is saved').waitFor()
  })
})
