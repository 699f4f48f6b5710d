import { describe } from 'vitest'
import { boxOf, heading, isSaved, titlesOn } from './support/app.ts'
import { tasksOf } from './support/person.ts'
import { test } from './support/test.ts'

describe('with nothing but a keyboard', () => {
  test('a day’s work is done', async ({ open, ada, expect }) => {
    const page = await open({ by: ada })
    const { keyboard } = page
    await heading(page, 'Today').waitFor()
    await keyboard.press('g')
    await keyboard.press('i')
    await heading(page, 'Inbox').waitFor()

    await keyboard.press('q')
    for (const title of ['First', 'Second', 'Third']) {
      await keyboard.type(title)
      await keyboard.press('Enter')
      await boxOf(page, title).waitFor()
    }
    await keyboard.press('Escape')

    // To the first task, and it goes below the second.
    await keyboard.press('ArrowDown')
    await keyboard.press('Alt+ArrowDown')
    await expect.poll(() => titlesOn(page)).toEqual(['Second', 'First', 'Third'])

    await keyboard.press('Enter')
    await page.getByRole('form', { name: 'Edit First' }).waitFor()
    await keyboard.press('End')
    await keyboard.type(' of all')
    await keyboard.press('Control+Enter')
    await boxOf(page, 'First of all').waitFor()
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toContain('First of all')

    await keyboard.press('3')
    await keyboard.press('ArrowDown')
    await keyboard.press('Space')
    await expect.poll(() => titlesOn(page)).toEqual(['Second', 'First of all'])
    await isSaved(page)
    const tasks = await tasksOf(ada)
    expect(tasks.find(({ title }) => title === 'First of all')?.priority).toBe(3)
    expect(tasks).toHaveLength(2)
  })

  test('the sheet of keys opens with ? and closes, and the focus goes back', async ({
    open,
    ada,
    expect,
  }) => {
    const page = await open({ by: ada, path: '/inbox' })
    const place = page.getByRole('link', { name: 'Upcoming' })
    await place.focus()
    await page.keyboard.press('?')
    const sheet = page.getByRole('dialog')
    await sheet.waitFor()
    expect(await sheet.textContent()).toContain('Add a task')
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    expect(await place.evaluate((element) => element === document.activeElement)).toBe(true)
  })

  test('the first stop on every page leads past the places', async ({ open, ada, expect }) => {
    const page = await open({ by: ada, path: '/inbox' })
    await heading(page, 'Inbox').waitFor()
    await page.getByRole('link', { name: /^Skip to/ }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    const isWithin = await page.getByRole('main').evaluate((main) => main.contains(document.activeElement))
    expect(isWithin).toBe(true)
  })
})
