import { describe } from 'vitest'
import { add, boxOf, goTo, isSaved, openTask, titlesOn } from './support/app.ts'
import { tasksOf, titlesOf } from './support/person.ts'
import { test } from './support/test.ts'

describe('a task', () => {
  test('is added by its title, and there after a reload', async ({ open, ada, expect }) => {
    const page = await open({ by: ada, path: '/inbox' })
    await add(page, 'Buy milk')
    await isSaved(page)
    expect(await titlesOf(ada)).toEqual(['Buy milk'])
    await page.reload()
    await boxOf(page, 'Buy milk').waitFor()
  })

  test('shows what was understood of its words before it is added', async ({ open, ada, expect }) => {
    const page = await open({ by: ada, path: '/inbox' })
    await page.getByLabel('Add a task', { exact: true }).fill('Water plants every day 9am #home @green !2')
    const reading = page.getByRole('main').getByRole('status').filter({ hasText: 'Understood' })
    await reading.waitFor()
    expect(await reading.textContent()).toMatch(
      /Water plants.*09:00.*Every day.*Medium priority.*home.*green/,
    )
    await page.keyboard.press('Enter')
    await goTo(page, 'home')
    await boxOf(page, 'Water plants').waitFor()
    await goTo(page, 'green')
    await boxOf(page, 'Water plants').waitFor()
  })

  test('is completed, and brought back by Undo', async ({ open, ada, expect }) => {
    const page = await open({ by: ada, path: '/inbox' })
    await add(page, 'Buy milk')
    await boxOf(page, 'Buy milk').click()
    await expect.poll(() => titlesOn(page)).toEqual([])
    await page.getByRole('button', { name: 'Undo' }).click()
    await boxOf(page, 'Buy milk').waitFor()
    await isSaved(page)
    expect(await tasksOf(ada)).toMatchObject([{ title: 'Buy milk', completedAt: null }])
  })

  test('is edited where it stands', async ({ open, ada, expect }) => {
    const page = await open({ by: ada, path: '/inbox' })
    await add(page, 'Buy milk')
    const form = await openTask(page, 'Buy milk')
    await form.getByLabel('Title', { exact: true }).fill('Buy oat milk')
    await form.getByLabel('Notes', { exact: true }).fill('Two of them')
    await form.getByLabel('Priority').selectOption('3')
    await form.getByRole('button', { name: 'Save' }).click()
    await boxOf(page, 'Buy oat milk').waitFor()
    await isSaved(page)
    expect(await tasksOf(ada)).toMatchObject([{ title: 'Buy oat milk', notes: 'Two of them', priority: 3 }])
  })
})
