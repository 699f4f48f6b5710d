import { describe } from 'vitest'
import { boxOf, goTo, heading, titlesOn } from './support/app.ts'
import { test } from './support/test.ts'

/** A day well after this one, so that the server takes it for the future, too. */
const NOON = new Date('2027-03-10T12:00:00Z')
const AUCKLAND = { timezoneId: 'Pacific/Auckland' }
const LOS_ANGELES = { timezoneId: 'America/Los_Angeles' }

describe('a day', () => {
  test('is that of the place where one is', async ({ open, ada, expect }) => {
    const { edgewise } = ada
    // At that noon it is the 11th in Auckland, and the 10th in Los Angeles.
    await edgewise.tasks.add({ title: 'On the 11th', due: { date: '2027-03-11' } })
    const there = await open({ by: ada, path: '/inbox', ...AUCKLAND })
    const here = await open({ by: ada, path: '/inbox', ...LOS_ANGELES })
    for (const page of [there, here]) {
      await page.clock.setFixedTime(NOON)
      await page.goto('/today')
      await heading(page, 'Today').waitFor()
    }
    await boxOf(there, 'On the 11th').waitFor()
    expect(await titlesOn(there)).toEqual(['On the 11th'])
    await here.getByText('Nothing left for today').waitFor()
    await goTo(here, 'Upcoming')
    await boxOf(here, 'On the 11th').waitFor()
  })

  test('begins at midnight on a page that is open', async ({ open, ada, expect }) => {
    await ada.edgewise.tasks.add({ title: 'On the 11th', due: { date: '2027-03-11' } })
    const page = await open({ by: ada, path: '/inbox', timezoneId: 'Europe/Berlin' })
    await page.clock.install({ time: new Date('2027-03-10T22:58:00Z') })
    await page.goto('/today')
    await page.getByText('Nothing left for today').waitFor()
    await page.clock.fastForward('03:00')
    await boxOf(page, 'On the 11th').waitFor()
    expect(await titlesOn(page)).toEqual(['On the 11th'])
  })

  test('and a time of another place are shown as here', async ({ open, ada, expect }) => {
    await ada.edgewise.tasks.add({
      title: 'Call',
      due: { dateTime: '2027-03-11T09:30:00', timeZone: 'Pacific/Auckland' },
    })
    const page = await open({ by: ada, path: '/inbox', ...LOS_ANGELES })
    await page.clock.setFixedTime(NOON)
    await page.goto('/today')
    await boxOf(page, 'Call').waitFor()
    // 09:30 in Auckland is 12:30 of the day before in Los Angeles.
    expect(await page.getByRole('main').textContent()).toContain('12:30')
  })
})
