import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { Task } from '../src/tasks/contract.ts'
import { anyText } from './support/any-text.ts'
import { type Person, signUp } from './support/person.ts'
import { holds, refusalIn } from './support/property.ts'

const digits = (value: number, length: number) => String(value).padStart(length, '0')

const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysIn = (year: number, month: number) =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

/** Years, months and days, with the edges of the calendar among them; not all of them exist. */
const anyDay = fc.tuple(
  fc.oneof(
    fc.integer({ min: 0, max: 9999 }),
    fc.constantFrom(0, 1, 4, 99, 1582, 1600, 1900, 2000, 2024, 2100, 9999),
  ),
  fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(0, 2, 13)),
  fc.oneof(fc.integer({ min: 1, max: 28 }), fc.constantFrom(0, 29, 30, 31, 32)),
)
const dayText = ([year, month, day]: [number, number, number]) =>
  `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`
const dayExists = ([year, month, day]: [number, number, number]) =>
  year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)

const anyTime = fc.tuple(
  fc.oneof(fc.integer({ min: 0, max: 23 }), fc.constantFrom(24, 25)),
  fc.oneof(fc.integer({ min: 0, max: 59 }), fc.constantFrom(60)),
  fc.oneof(fc.integer({ min: 0, max: 59 }), fc.constantFrom(60, 61)),
)
const timeText = ([hour, minute, second]: [number, number, number]) =>
  `${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}`
const timeExists = ([hour, minute, second]: [number, number, number]) =>
  hour < 24 && minute < 60 && second < 60

const ZONES = Intl.supportedValuesOf('timeZone')
const zone = fc.oneof(
  fc.constantFrom(...ZONES),
  fc.constantFrom(
    'UTC',
    'Etc/GMT+5',
    'Etc/GMT-14',
    'Europe/Kyiv',
    'US/Pacific',
    'America/Argentina/Buenos_Aires',
  ),
)
const notZone = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'utc',
    'europe/berlin',
    'EUROPE/BERLIN',
    '+02:00',
    '-05',
    '+0200',
    'UTC+2',
    'GMT+25',
    'Mars/Base',
    'Europe/',
    '/Berlin',
    'Europe/Berlin ',
    'Europe//Berlin',
    'Europe/Berlin\0',
    'Europe\\Berlin',
    'posix/Europe/Berlin',
    '../UTC',
    'Z',
  ),
  anyText().filter((text) => !/^[A-Za-z]/.test(text)),
)

const add = (person: Person, due: unknown) => person.send('POST', '/v1/tasks', { title: 'a', due })

describe('a due', () => {
  it('on a day comes back exactly if the day exists, and is refused if not', async ({ expect }) => {
    const ada = await signUp('ada')
    const property = fc.asyncProperty(anyDay, async (day) => {
      const due = { date: dayText(day) }
      const answer = await add(ada, due)
      if (dayExists(day)) expect((await readBack(ada, answer)).due).toEqual(due)
      else expect(await refusalIn(expect, answer)).toBe('invalid_request')
    })
    await holds(property, 200)
  })

  it('at a time, floating or in a place, comes back exactly if the time exists, and is refused if not', async ({
    expect,
  }) => {
    const ada = await signUp('ada')
    const place = fc.option(zone, { nil: undefined })
    const property = fc.asyncProperty(anyDay, anyTime, place, async (day, time, timeZone) => {
      const due = { dateTime: `${dayText(day)}T${timeText(time)}`, ...(timeZone && { timeZone }) }
      const answer = await add(ada, due)
      if (dayExists(day) && timeExists(time)) expect((await readBack(ada, answer)).due).toEqual(due)
      else expect(await refusalIn(expect, answer)).toBe('invalid_request')
    })
    await holds(property, 250)
  })

  it('is refused in a place that does not exist', async ({ expect }) => {
    const ada = await signUp('ada')
    const property = fc.asyncProperty(notZone, async (timeZone) => {
      const answer = await add(ada, { dateTime: '2026-12-01T09:00:00', timeZone })
      expect(await refusalIn(expect, answer)).toBe('invalid_request')
    })
    await holds(property, 120)
  })

  it('in every place that the runtime knows comes back exactly', async ({ expect }) => {
    const ada = await signUp('ada')
    for (const timeZone of ZONES.filter((_, n) => n % 5 === 0)) {
      const due = { dateTime: '2026-03-29T02:30:00', timeZone }
      expect((await readBack(ada, await add(ada, due))).due).toEqual(due)
    }
  })

  it('of any other form is refused', async ({ expect }) => {
    const ada = await signUp('ada')
    const written = fc.constantFrom(
      '2026-12-1',
      '26-12-01',
      '+002026-12-01',
      '-2026-12-01',
      '2026-12-01Z',
      '2026-12-01T00:00:00',
      '20261201',
      '2026-W49-2',
      '2026-336',
      '2026-12',
      '2026-12-01 ',
      ' 2026-12-01',
      '2026/12/01',
      '２０２６-12-01',
      '2026-12-01\n',
      '0000-01-01',
      '10000-01-01',
      'infinity',
      '-infinity',
      'now',
      'today',
      'epoch',
      '2026-12-01 BC',
      '2026-12-01T09:00',
      '2026-12-01T09:00:00Z',
      '2026-12-01T09:00:00.000',
      '2026-12-01T09:00:00.5',
      '2026-12-01T09:00:00+02:00',
      '2026-12-01T09',
      '2026-12-01 09:00:00',
      '2026-12-01t09:00:00',
      '2026-12-01T9:00:00',
      '2026-12-01T24:00:00',
      '0000-01-01T00:00:00',
    )
    const value = fc.oneof(
      written.map((date) => (date === '2026-12-01T00:00:00' ? { date } : { date })),
      written.filter((text) => text !== '2026-12-01T00:00:00').map((dateTime) => ({ dateTime })),
      written
        .filter((text) => text !== '2026-12-01T00:00:00')
        .map((dateTime) => ({ dateTime, timeZone: 'UTC' })),
      fc.constantFrom(
        {},
        [],
        '2026-12-01',
        0,
        true,
        { date: null },
        { dateTime: null },
        { timeZone: 'UTC' },
        { date: '2026-12-01', timeZone: 'UTC' },
        { date: '2026-12-01', dateTime: '2026-12-01T09:00:00' },
        { dateTime: '2026-12-01T09:00:00', timeZone: null },
        { date: '2026-12-01', dateTime: null },
        [{ date: '2026-12-01' }],
        { Date: '2026-12-01' },
        { date: ['2026-12-01'] },
      ),
      anyText().map((date) => ({ date })),
      anyText().map((dateTime) => ({ dateTime })),
      fc.jsonValue().filter((json) => json !== null),
    )
    const property = fc.asyncProperty(value, async (due) => {
      expect(await refusalIn(expect, await add(ada, due))).toBe('invalid_request')
    })
    await holds(property, 250)
  })
})

const readBack = async (person: Person, answer: Response): Promise<Task> => {
  if (answer.status !== 201) throw new Error(`refused: ${await answer.text()}`)
  const { id } = await answer.json<Task>()
  return (await person.send('GET', `/v1/tasks/${id}`)).json<Task>()
}
