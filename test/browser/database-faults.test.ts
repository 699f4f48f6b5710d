import { describe } from 'vitest'
import { add, boxOf, goTo, isSaved, openTask, titlesOn } from './support/app.ts'
import { cutOff, makeReliable, makeUnreliable } from './support/faults.ts'
import { tasksOf, titlesOf } from './support/person.ts'
import { test } from './support/test.ts'

const TOLERATED = [/the server responded with a status of 503/]

describe('a database that fails while somebody writes', () => {
  test('loses nothing and doubles nothing of what is added, edited and completed', async ({
    open,
    ada,
    expect,
  }) => {
    const page = await open({ by: ada, path: '/inbox', tolerated: TOLERATED })
    await add(page, 'Before')
    await isSaved(page)

    await makeUnreliable(ada, 0.6, 7)
    const titles = [1, 2, 3, 4, 5, 6].map((n) => `Task ${n}`)
    for (const title of titles) await add(page, title)
    const form = await openTask(page, 'Task 1')
    await form.getByLabel('Notes', { exact: true }).fill('written in bad weather')
    await form.getByRole('button', { name: 'Save' }).click()
    await boxOf(page, 'Task 2').click()
    const { played } = await makeReliable(ada)

    const left = ['Before', ...titles.filter((title) => title !== 'Task 2')]
    await expect.poll(() => titlesOf(ada), { timeout: 30_000 }).toEqual(left)
    expect((await tasksOf(ada)).find(({ title }) => title === 'Task 1')?.notes).toBe('written in bad weather')
    expect(played).toBeGreaterThan(0)
    await isSaved(page)
    await expect.poll(() => titlesOn(page)).toEqual(left)
    expect(await page.getByText('Not saved').count()).toBe(0)
  })

  test('is out of reach: what was written waits, says so, survives a reload, and goes out once', async ({
    open,
    ada,
    expect,
  }) => {
    const page = await open({ by: ada, path: '/inbox', tolerated: TOLERATED })
    await add(page, 'Before')
    await isSaved(page)

    await cutOff(ada)
    await add(page, 'Meanwhile')
    await page
      .getByText(/Server trouble · 1 to send/)
      .filter({ visible: true })
      .waitFor({ timeout: 30_000 })
    await page.reload()
    await boxOf(page, 'Meanwhile').waitFor()
    expect(await titlesOn(page)).toEqual(['Before', 'Meanwhile'])

    await makeReliable(ada)
    await goTo(page, 'Today')
    await goTo(page, 'Inbox')
    await expect.poll(() => titlesOf(ada), { timeout: 30_000 }).toEqual(['Before', 'Meanwhile'])
    await expect.poll(() => titlesOn(page)).toEqual(['Before', 'Meanwhile'])
  })
})
