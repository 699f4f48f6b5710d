import { describe } from 'vitest'
import { add, boxOf, isSaved, openTask, titlesOn } from './support/app.ts'
import { titlesOf } from './support/person.ts'
import { test } from './support/test.ts'

describe('two tabs', () => {
  test('agree on what is added, changed and completed in either', async ({ open, ada, expect }) => {
    const first = await open({ by: ada, path: '/inbox' })
    const second = await first.context().newPage()
    await second.goto('/inbox')
    await second.getByText('The inbox is empty').waitFor()

    await add(first, 'Buy milk')
    await boxOf(second, 'Buy milk').waitFor()
    const form = await openTask(second, 'Buy milk')
    await form.getByLabel('Title', { exact: true }).fill('Buy bread')
    await form.getByRole('button', { name: 'Save' }).click()
    await boxOf(first, 'Buy bread').waitFor()
    await boxOf(second, 'Buy bread').click()
    await expect.poll(() => titlesOn(first)).toEqual([])
    await expect.poll(() => titlesOn(second)).toEqual([])
  })

  test('send what both add at once, each task once', async ({ open, ada, expect }) => {
    const first = await open({ by: ada, path: '/inbox' })
    const second = await first.context().newPage()
    await second.goto('/inbox')
    const titles = (tab: string) => [1, 2, 3, 4, 5].map((n) => `${tab} ${n}`)
    await Promise.all([
      (async () => {
        for (const title of titles('first')) await add(first, title)
      })(),
      (async () => {
        for (const title of titles('second')) await add(second, title)
      })(),
    ])
    await isSaved(first)
    await isSaved(second)
    const all = [...titles('first'), ...titles('second')]
    await expect.poll(async () => (await titlesOf(ada)).toSorted()).toEqual(all)
    await expect.poll(async () => (await titlesOn(first)).toSorted()).toEqual(all)
    await expect.poll(async () => (await titlesOn(second)).toSorted()).toEqual(all)
  })
})
