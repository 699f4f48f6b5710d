import fc from 'fast-check'
import { describe, it } from 'vitest'
import { taskIn } from '../src/quick/parse.ts'
import { anyText } from './support/any-text.ts'
import { holds } from './support/property.ts'

/** A Saturday, half past two in the afternoon in Berlin. */
const SATURDAY = '2026-11-21T13:30:00Z'

const read = (text: string, timeZone = 'Europe/Berlin', now = SATURDAY) =>
  taskIn(text, { timeZone, nowMs: Date.parse(now) })

/** The title and the due: a day, or a day and the minute of it. */
const dueOf = async (...asked: Parameters<typeof read>) => {
  const { title, due } = await read(...asked)
  if (due === null) return [title, null]
  return [title, 'date' in due ? due.date : due.dateTime.replace('T', ' ').slice(0, -3)]
}

describe('the example', () => {
  it('is understood from its first word to its last', async ({ expect }) => {
    const { upcoming, ...understood } = await read('Pay rent every 1st 9am #home !3 tomorrow')
    expect(upcoming?.slice(0, 2)).toEqual(['2027-01-01', '2027-02-01'])
    expect(understood).toEqual({
      title: 'Pay rent',
      due: { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Berlin' },
      recurrence: { rule: 'FREQ=MONTHLY;BYMONTHDAY=1', from: 'schedule' },
      priority: 3,
      list: 'home',
      labels: [],
      pieces: [
        { text: 'every 1st', kind: 'recurrence', start: 9, end: 18 },
        { text: '9am', kind: 'due', start: 19, end: 22 },
        { text: '#home', kind: 'list', start: 23, end: 28 },
        { text: '!3', kind: 'priority', start: 29, end: 31 },
        { text: 'tomorrow', kind: 'due', start: 32, end: 40 },
      ],
    })
  })
})

describe('a day or a time', () => {
  it.for([
    ['Buy milk today', 'Buy milk', '2026-11-21'],
    ['Buy milk tomorrow', 'Buy milk', '2026-11-22'],
    ['Buy milk Saturday', 'Buy milk', '2026-11-21'],
    ['Buy milk on sunday', 'Buy milk', '2026-11-22'],
    ['Hand in homework by friday', 'Hand in homework', '2026-11-27'],
    ['Prepare slides for monday 10:00', 'Prepare slides', '2026-11-23 10:00'],
    ['Call mom 3pm', 'Call mom', '2026-11-21 15:00'],
    ['Call mom at 15:00', 'Call mom', '2026-11-21 15:00'],
    ['Call mom 14:30', 'Call mom', '2026-11-22 14:30'],
    ['Call mom 9am', 'Call mom', '2026-11-22 09:00'],
    ['Call mom today 9am', 'Call mom', '2026-11-21 09:00'],
    ['Call mom tomorrow at noon', 'Call mom', '2026-11-22 12:00'],
    ['tomorrow call mom 9am', 'call mom', '2026-11-22 09:00'],
    ['Meet tomorrow morning', 'Meet', '2026-11-22'],
    ['Movie tonight', 'Movie', '2026-11-21'],
    ['Relax this evening', 'Relax', '2026-11-21'],
    ['Call Bob in 3 days', 'Call Bob', '2026-11-24'],
    ['Call Bob in 2 hours', 'Call Bob', '2026-11-21 16:30'],
    ['Call Bob next week', 'Call Bob', '2026-11-28'],
    ['Call Bob next month', 'Call Bob', '2026-12-21'],
    ['Pay dec 24', 'Pay', '2026-12-24'],
    ['Pay 24 December', 'Pay', '2026-12-24'],
    ['Pay 21 nov', 'Pay', '2026-11-21'],
    ['Pay 20 nov', 'Pay', '2027-11-20'],
    ['Pay 2027-02-28', 'Pay', '2027-02-28'],
    ['Pay 2027-02-28 18:05', 'Pay', '2027-02-28 18:05'],
    ['Plan in march', 'Plan', '2027-03-01'],
    ['Pay the day after tomorrow', 'Pay', '2026-11-23'],
    ['Dinner 7pm eat well', 'Dinner eat well', '2026-11-21 19:00'],
    ['Start starting monday', 'Start', '2026-11-23'],
    ['Pay (by friday) the bill', 'Pay the bill', '2026-11-27'],
    ['Call Bob, tomorrow, about it', 'Call Bob, about it', '2026-11-22'],
    ['Buy milk, tomorrow', 'Buy milk', '2026-11-22'],
    ['Tomorrow: buy milk', 'buy milk', '2026-11-22'],
    ['Check in tomorrow', 'Check in', '2026-11-22'],
    ['Log on tomorrow', 'Log on', '2026-11-22'],
    ['A tomorrow or friday', 'A or friday', '2026-11-22'],
    ['Leave tomorrow 9am or 10am', 'Leave or 10am', '2026-11-22 09:00'],
    ['Call Bob,tomorrow', 'Call Bob', '2026-11-22'],
    ['Call Bob tomorrow?', 'Call Bob?', '2026-11-22'],
    ['Call Bob tomorrow; ask him', 'Call Bob; ask him', '2026-11-22'],
    ['Call Bob 2 days from now', 'Call Bob', '2026-11-23'],
    ['Call Bob 2 days later', 'Call Bob', '2026-11-23'],
    ['Call Bob +2 days', 'Call Bob', '2026-11-23'],
    ['Call Bob within 3 days', 'Call Bob', '2026-11-24'],
    ['Call tomorrow EST', 'Call EST', '2026-11-22'],
    ['Pay by wed', 'Pay', '2026-11-25'],
    ['Pay due mon', 'Pay', '2026-11-23'],
    ['Work beginning wed', 'Work', '2026-11-25'],
    ['Work starting from monday', 'Work', '2026-11-23'],
    ['Letter from monday', 'Letter from', '2026-11-23'],
    ['Finish by march', 'Finish', '2027-03-01'],
    ['42 tomorrow', '42', '2026-11-22'],
    ['👍 tomorrow', '👍', '2026-11-22'],
  ] as const)('is understood: %s', async ([text, title, due], { expect }) => {
    expect(await dueOf(text)).toEqual([title, due])
  })

  it.for([
    'Sit in the sun',
    'Buy sun cream',
    'March to the beat',
    'You may call',
    'Run for 20 minutes',
    'Watch 2 hours of film',
    'Plan the week',
    'Seize the day',
    'Go early in the day',
    'Morning run',
    'Do it now',
    'Plan the friday party',
    'Valid until friday',
    'Not before friday',
    'Read the report of last week',
    'What was yesterday',
    'Pay of 2020-01-05',
    'Read of 0999-01-01',
    'Ask about last friday',
    'Ask about friday last week',
    'Pay in 30000 years',
    'Wait in 99999999999 hours',
    // From the beginning of that day, it is the last moment that there is.
    'Wait in 2399501328 hours',
    'Open since friday',
    'Daily except friday',
    'Work each friday',
    'Call him after friday',
    'Do it not tomorrow',
    'Plan my friday party',
    'See it as a friday thing',
    'Meet 2nd friday',
    'He sat down',
    'They wed soon',
    'Mon ami',
    'Walk in sun and rain',
    'Work until 5pm',
    'See tomorrow.txt',
    'See note:tomorrow',
    'Meeting 9am-10am',
    'Trip monday to wednesday',
    'Call 5pm EST',
    'Call at 5pm UTC+2',
    'Log 2026-12-01T09:00:00Z',
    "Pay friday's bill",
    'Say "tomorrow"',
    'Version 2.3 of it',
    'Call 555 1234',
    'Room 14',
    'Buy 10 to 12 eggs',
    'Pay at 24:00',
    'Party 30 feb',
    'See https://x.test/2026-12-01/a',
    'See file-2026-12-01.txt',
    'Mail tomorrow@example.com',
    'Anruf morgen um neun',
    '买牛奶 明天',
    'عشاء غدا',
  ])('is none: %s', async (text, { expect }) => {
    expect(await read(text)).toMatchObject({ title: text, due: null, recurrence: null, pieces: [] })
  })
})

describe('the clock', () => {
  it.for([
    ['x tomorrow', 'Pacific/Kiritimati', SATURDAY, '2026-11-23'],
    ['x tomorrow', 'Pacific/Honolulu', SATURDAY, '2026-11-22'],
    ['x tomorrow', 'Pacific/Honolulu', '2026-11-21T09:59:00Z', '2026-11-21'],
    ['x today', 'Asia/Kathmandu', '2026-11-21T18:15:00Z', '2026-11-22'],
    ['x 9am', 'America/New_York', SATURDAY, '2026-11-21 09:00'],
    ['x in 30 minutes', 'Asia/Kathmandu', SATURDAY, '2026-11-21 19:45'],
    ['x in 1 hour', 'Europe/Berlin', '2026-11-21T22:45:00Z', '2026-11-22 00:45'],
    // The night in which two o'clock is followed by three.
    ['x in 2 hours', 'Europe/Berlin', '2027-03-28T00:30:00Z', '2027-03-28 04:30'],
    ['x at 2:30', 'Europe/Berlin', '2027-03-28T00:30:00Z', '2027-03-28 02:30'],
    ['x tomorrow 2:30', 'Europe/Berlin', '2027-03-27T12:00:00Z', '2027-03-28 02:30'],
    ['x in 1 day', 'Europe/Berlin', '2027-03-27T23:30:00Z', '2027-03-29'],
    // The one in which it comes twice.
    ['x in 1 hour', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25 02:30'],
    ['x in 3 hours', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25 04:30'],
    ['x in 10 minutes', 'Australia/Lord_Howe', '2026-10-03T15:25:00Z', '2026-10-04 02:35'],
    // A day that begins at one o'clock, and one that never was.
    ['x tomorrow', 'America/Santiago', '2026-09-05T15:00:00Z', '2026-09-06'],
    ['x tomorrow', 'Pacific/Apia', '2011-12-30T08:00:00Z', '2011-12-30'],
    ['x 28 feb', 'UTC', '2027-03-01T00:00:00Z', '2028-02-28'],
    ['x dec 31', 'UTC', '2026-12-31T23:59:59Z', '2026-12-31'],
    ['x today', 'Pacific/Auckland', '2026-12-31T11:00:00Z', '2027-01-01'],
  ] as const)('is that of the place: %s in %s at %s', async ([text, zone, now, due], { expect }) => {
    expect(await dueOf(text, zone, now)).toEqual(['x', due])
  })

  it('shows no seconds of what is reckoned from now, and those that are said', async ({ expect }) => {
    const dateTimeOf = async (text: string) => (await read(text, 'Europe/Berlin', '2026-11-21T13:30:17Z')).due
    expect(await dateTimeOf('x in 2 hours')).toMatchObject({ dateTime: '2026-11-21T16:30:00' })
    expect(await dateTimeOf('x at 9:30:15')).toMatchObject({ dateTime: '2026-11-22T09:30:15' })
  })

  it('of the runtime does not matter', async ({ expect }) => {
    expect(new Date().getTimezoneOffset()).toBe(0)
  })

  it('shows the zone that was asked for, as it was written', async ({ expect }) => {
    expect(await read('x 3pm', 'Asia/Calcutta')).toMatchObject({ due: { timeZone: 'Asia/Calcutta' } })
  })
})

const WORKDAYS = 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'

describe('what repeats', () => {
  it.for([
    ['every day', 'FREQ=DAILY', '2026-11-21'],
    ['Every Day', 'FREQ=DAILY', '2026-11-21'],
    ['every other day', 'FREQ=DAILY;INTERVAL=2', '2026-11-21'],
    ['every second day', 'FREQ=DAILY;INTERVAL=2', '2026-11-21'],
    ['every 3rd day', 'FREQ=DAILY;INTERVAL=3', '2026-11-21'],
    ['every 3 days', 'FREQ=DAILY;INTERVAL=3', '2026-11-21'],
    ['every week', 'FREQ=WEEKLY', '2026-11-21'],
    ['every 2 weeks', 'FREQ=WEEKLY;INTERVAL=2', '2026-11-21'],
    ['every two weeks', 'FREQ=WEEKLY;INTERVAL=2', '2026-11-21'],
    ['every fortnight', 'FREQ=WEEKLY;INTERVAL=2', '2026-11-21'],
    ['every month', 'FREQ=MONTHLY', '2026-11-21'],
    ['every quarter', 'FREQ=MONTHLY;INTERVAL=3', '2026-11-21'],
    ['every year', 'FREQ=YEARLY', '2026-11-21'],
    ['every 333 quarters', 'FREQ=MONTHLY;INTERVAL=999', '2026-11-21'],
    ['every 5 years', 'FREQ=YEARLY;INTERVAL=5', '2026-11-21'],
    ['every weekday', WORKDAYS, '2026-11-23'],
    ['every workday', WORKDAYS, '2026-11-23'],
    ['every weekend', 'FREQ=WEEKLY;BYDAY=SA,SU', '2026-11-21'],
    ['every monday', 'FREQ=WEEKLY;BYDAY=MO', '2026-11-23'],
    ['every saturday', 'FREQ=WEEKLY;BYDAY=SA', '2026-11-21'],
    ['every monday, wed and fri', 'FREQ=WEEKLY;BYDAY=MO,WE,FR', '2026-11-23'],
    ['every fri,mon', 'FREQ=WEEKLY;BYDAY=MO,FR', '2026-11-23'],
    ['every tue & tuesday', 'FREQ=WEEKLY;BYDAY=TU', '2026-11-24'],
    ['every mon + thu', 'FREQ=WEEKLY;BYDAY=MO,TH', '2026-11-23'],
    ['every mon, wed, and fri', 'FREQ=WEEKLY;BYDAY=MO,WE,FR', '2026-11-23'],
    ['every mondays and fridays', 'FREQ=WEEKLY;BYDAY=MO,FR', '2026-11-23'],
    ['every weekdays', WORKDAYS, '2026-11-23'],
    ['every weekends', 'FREQ=WEEKLY;BYDAY=SA,SU', '2026-11-21'],
    ['every other tuesday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', '2026-11-24'],
    ['every 2 weeks on monday and thursday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', '2026-11-23'],
    ['every 1st', 'FREQ=MONTHLY;BYMONTHDAY=1', '2026-12-01'],
    ['every 21st', 'FREQ=MONTHLY;BYMONTHDAY=21', '2026-11-21'],
    ['every 31st', 'FREQ=MONTHLY;BYMONTHDAY=31', '2026-12-31'],
    ['every 15th and 1st', 'FREQ=MONTHLY;BYMONTHDAY=1,15', '2026-12-01'],
    ['every 1st, 15th and last day', 'FREQ=MONTHLY;BYMONTHDAY=1,15,-1', '2026-11-30'],
    ['every first day of the month', 'FREQ=MONTHLY;BYMONTHDAY=1', '2026-12-01'],
    ['every last day', 'FREQ=MONTHLY;BYMONTHDAY=-1', '2026-11-30'],
    ['every last day of the month', 'FREQ=MONTHLY;BYMONTHDAY=-1', '2026-11-30'],
    ['every last day and 1st', 'FREQ=MONTHLY;BYMONTHDAY=1,-1', '2026-11-30'],
    ['every 1st and 1st', 'FREQ=MONTHLY;BYMONTHDAY=1', '2026-12-01'],
    ['every 3rd day of the month', 'FREQ=MONTHLY;BYMONTHDAY=3', '2026-12-03'],
    ['every second day of the month', 'FREQ=MONTHLY;BYMONTHDAY=2', '2026-12-02'],
    ['every 2nd and 3rd day of the month', 'FREQ=MONTHLY;BYMONTHDAY=2,3', '2026-12-02'],
    ['every 2nd day of january', 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=2', '2027-01-02'],
    ['every month on the 15th', 'FREQ=MONTHLY;BYMONTHDAY=15', '2026-12-15'],
    ['every 2 months on the last friday', 'FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR', '2026-11-27'],
    ['every last friday', 'FREQ=MONTHLY;BYDAY=-1FR', '2026-11-27'],
    ['every first monday', 'FREQ=MONTHLY;BYDAY=1MO', '2026-12-07'],
    ['every 2nd tuesday of the month', 'FREQ=MONTHLY;BYDAY=2TU', '2026-12-08'],
    ['every first monday of each month', 'FREQ=MONTHLY;BYDAY=1MO', '2026-12-07'],
    ['every first monday in september', 'FREQ=YEARLY;BYMONTH=9;BYDAY=1MO', '2027-09-06'],
    ['every last weekday', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2026-11-30'],
    ['every 10th weekday of the month', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=10', '2026-12-14'],
    ['every first workday of the month', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1', '2026-12-01'],
    ['every first monday of september', 'FREQ=YEARLY;BYMONTH=9;BYDAY=1MO', '2027-09-06'],
    ['every last day of february', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1', '2027-02-28'],
    ['every 1st of january', 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1', '2027-01-01'],
    ['every jan 1', 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1', '2027-01-01'],
    ['every january the 2nd', 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=2', '2027-01-02'],
    ['every 24 december', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24', '2026-12-24'],
    ['every year on dec 24th', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24', '2026-12-24'],
    ['every october', 'FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1', '2027-10-01'],
    ['every 29 feb', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2028-02-29'],
    ['every day 10 times', 'FREQ=DAILY;COUNT=10', '2026-11-21'],
    ['every day for 10 times', 'FREQ=DAILY;COUNT=10', '2026-11-21'],
    ['every monday for 3 weeks', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261213', '2026-11-23'],
    ['every 31st for 2 months', 'FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20270227', '2026-12-31'],
    ['every day for 10 days', 'FREQ=DAILY;UNTIL=20261130', '2026-11-21'],
    ['every month for 2 years', 'FREQ=MONTHLY;UNTIL=20281120', '2026-11-21'],
    ['every week for 2 quarters', 'FREQ=WEEKLY;UNTIL=20270520', '2026-11-21'],
    ['every monday until november 23', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261123', '2026-11-23'],
    ['every monday till december 31', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231', '2026-11-23'],
    ['every monday ending december 31', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231', '2026-11-23'],
    ['every monday until december 31', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20261231', '2026-11-23'],
  ] as const)('is understood: %s', async ([text, rule, date], { expect }) => {
    expect(await read(`Do ${text}`)).toMatchObject({
      title: 'Do',
      due: { date },
      recurrence: { rule, from: 'schedule' },
      pieces: [{ text, kind: 'recurrence', start: 3, end: text.length + 3 }],
    })
  })

  it.for([
    ['Do every day at 9am', '2026-11-22 09:00'],
    ['Do every day 3pm', '2026-11-21 15:00'],
    ['Do 3pm every saturday', '2026-11-21 15:00'],
    ['Do every saturday 9am', '2026-11-28 09:00'],
    ['Do every monday starting dec 1', '2026-12-07'],
    ['Do every monday starting from dec 1', '2026-12-07'],
    ['Do every monday beginning dec 1', '2026-12-07'],
    ['Do every 3 days from tomorrow', '2026-11-22'],
    ['Do 9am,every day', '2026-11-22 09:00'],
    ['Do every day in 2 weeks', '2026-12-05'],
    ['Do every 2 weeks on tuesday from dec 3 8:15', '2026-12-08 08:15'],
  ] as const)('begins on the first such day that the text allows: %s', async ([text, due], { expect }) => {
    expect(await dueOf(text)).toEqual(['Do', due])
  })

  it.for([
    ['every! 3 days', 'FREQ=DAILY;INTERVAL=3', 'completion'],
    ['Every! 3 days', 'FREQ=DAILY;INTERVAL=3', 'completion'],
    ['every! week', 'FREQ=WEEKLY', 'completion'],
    ['every! month until may 1', 'FREQ=MONTHLY;UNTIL=20270501', 'completion'],
    ['every! monday', 'FREQ=WEEKLY;BYDAY=MO', 'schedule'],
    ['every! 1st', 'FREQ=MONTHLY;BYMONTHDAY=1', 'schedule'],
  ] as const)(
    'counts from completion where the calendar says nothing: %s',
    async ([text, rule, from], { expect }) => {
      const { upcoming, ...understood } = await read(`Do ${text}`)
      expect(understood).toMatchObject({ title: 'Do', recurrence: { rule, from } })
      expect(upcoming === null).toBe(from === 'completion')
    },
  )

  it('that counts from completion has no count', async ({ expect }) => {
    expect(await read('Do every! day 10 times')).toMatchObject({
      title: 'Do 10 times',
      recurrence: { rule: 'FREQ=DAILY', from: 'completion' },
    })
  })

  it.for([
    'Do every',
    'Do every!',
    'Do every 4 hours',
    'Do every morning',
    'Do every 0 days',
    'Do every 1000 days',
    'Do every 500 fortnights',
    'Do every 999 years',
    'Do every weeks',
    'Do every last week',
    'Do every last weekend',
    'Do every 32nd',
    'Do every 31st of april',
    'Do every 30th and 31st of april',
    'Do every 30 feb',
    'Do every 6th monday',
    'Do every 6th monday of may',
    'Do every 31st weekday',
    'Do every first',
    'Do every single thing',
    'Do every monday until tomorrow',
    'Everyday things',
    'Do everything every-day',
  ])('is none: %s', async (text, { expect }) => {
    expect(await read(text)).toMatchObject({ title: text, due: null, recurrence: null, pieces: [] })
  })

  it.for([
    ['Do every day 3 weeks', 'Do 3 weeks', 'FREQ=DAILY'],
    ['Do every day 1000 times', 'Do 1000 times', 'FREQ=DAILY'],
    ['Do every day, valid until dec 31', 'Do, valid until dec 31', 'FREQ=DAILY'],
    ['Do every monday friday', 'Do', 'FREQ=WEEKLY;BYDAY=MO'],
    ['Do every month on jan 1', 'Do', 'FREQ=MONTHLY'],
    ['Do until friday !3 every day', 'Do until friday', 'FREQ=DAILY'],
    ['Until friday do every day', 'Until friday do', 'FREQ=DAILY'],
  ] as const)('is what belongs to it, and no more: %s', async ([text, title, rule], { expect }) => {
    expect(await read(text)).toMatchObject({ title, recurrence: { rule } })
  })

  it('is not read across something else', async ({ expect }) => {
    expect(await read('Do every #home day')).toMatchObject({
      title: 'Do every day',
      list: 'home',
      recurrence: null,
    })
  })

  const ruleOf = async (text: string) => (await read(text)).recurrence?.rule

  it.for([
    ['MO', 'monday mondays mon'],
    ['TU', 'tuesday tuesdays tue tues'],
    ['WE', 'wednesday wednesdays wed weds'],
    ['TH', 'thursday thursdays thu thur thurs'],
    ['FR', 'friday fridays fri'],
    ['SA', 'saturday saturdays sat'],
    ['SU', 'sunday sundays sun'],
  ] as const)('knows %s by each of its names', async ([day, names], { expect }) => {
    for (const name of names.split(' '))
      expect(await ruleOf(`every ${name}`), name).toBe(`FREQ=WEEKLY;BYDAY=${day}`)
  })

  it.for([
    [1, 31, 'january jan'],
    [2, 29, 'february feb'],
    [3, 31, 'march mar'],
    [4, 30, 'april apr'],
    [5, 31, 'may'],
    [6, 30, 'june jun'],
    [7, 31, 'july jul'],
    [8, 31, 'august aug'],
    [9, 30, 'september sept sep'],
    [10, 31, 'october oct'],
    [11, 30, 'november nov'],
    [12, 31, 'december dec'],
  ] as const)(
    'knows the month %i, of %i days, by each of its names',
    async ([month, days, names], { expect }) => {
      for (const name of names.split(' ')) {
        const rule = `FREQ=YEARLY;BYMONTH=${month};BYMONTHDAY=${days}`
        expect(await ruleOf(`every ${name} ${days}`), name).toBe(rule)
        if (days < 31) expect(await ruleOf(`every ${name} ${days + 1}`), name).toBeUndefined()
      }
    },
  )

  it('knows numbers up to ten, and places up to the fifth', async ({ expect }) => {
    for (const [nth, name] of 'two three four five six seven eight nine ten'.split(' ').entries())
      expect(await ruleOf(`every ${name} weeks`), name).toBe(`FREQ=WEEKLY;INTERVAL=${nth + 2}`)
    for (const [nth, name] of 'first second third fourth fifth'.split(' ').entries())
      expect(await ruleOf(`every ${name} friday`), name).toBe(`FREQ=MONTHLY;BYDAY=${nth + 1}FR`)
  })

  it('is read once', async ({ expect }) => {
    expect(await read('Do every day, every week')).toMatchObject({
      title: 'Do, every week',
      recurrence: { rule: 'FREQ=DAILY' },
    })
  })
})

describe('lists, labels and priorities', () => {
  it.for([
    ['Buy #home', 'Buy', 'home', [], 0],
    ['#home, buy', 'buy', 'home', [], 0],
    ['Buy #Größe', 'Buy', 'Größe', [], 0],
    ['Buy #🏠', 'Buy', '🏠', [], 0],
    ['Buy #work/deep-focus.', 'Buy.', 'work/deep-focus', [], 0],
    ['Buy #"My list" !1', 'Buy', 'My list', [], 1],
    ['Buy #“My list”!', 'Buy!', 'My list', [], 0],
    ['Buy #"1"', 'Buy', '1', [], 0],
    ['Buy #"a @b c"', 'Buy', 'a @b c', [], 0],
    ['Buy #_private', 'Buy', '_private', [], 0],
    ['Buy #a #b', 'Buy #b', 'a', [], 0],
    ['Buy @a @b @A', 'Buy', undefined, ['a', 'b'], 0],
    ['Buy @"to do" @b', 'Buy', undefined, ['to do', 'b'], 0],
    ['Buy !2 !3', 'Buy !3', undefined, [], 2],
    ['!1 Buy', 'Buy', undefined, [], 1],
    ['#home !3', '#home !3', 'home', [], 3],
  ] as const)('are understood: %s', async ([text, title, list, labels, priority], { expect }) => {
    expect(await read(text)).toMatchObject({ title, list, labels, priority })
  })

  it.for([
    'Learn C# and F#',
    'Mail bob@example.com',
    'See https://x.test/a#frag and x/@y',
    'Do !important things',
    'Do !4 !0 !12 !',
    'Fix #1 and #2026',
    'Paint #3366cc',
    'Icon @2x',
    'Say (#home)',
    'A # b @ c',
    'Say ##home and @@me and #a#b and @a@b',
    'Open #"no end',
    'Open #"no"end',
    'Empty #"" and @" "',
    `Long #${'a'.repeat(201)}`,
    `Long @${'a'.repeat(101)}`,
  ])('are none: %s', async (text, { expect }) => {
    expect(await read(text)).toMatchObject({
      title: text,
      list: undefined,
      labels: [],
      priority: 0,
      pieces: [],
    })
  })

  it('have names of as many characters as they may have', async ({ expect }) => {
    const [list, label] = ['🏠'.repeat(200), '🏠'.repeat(100)]
    expect(await read(`x #${list} @${label}`)).toMatchObject({ title: 'x', list, labels: [label] })
  })

  it('are labels up to as many as a task may have', async ({ expect }) => {
    const names = Array.from({ length: 51 }, (_, n) => `l${n}`)
    const { title, labels } = await read(`x ${names.map((name) => `@${name}`).join(' ')} @L0`)
    expect(labels).toEqual(names.slice(0, 50))
    expect(title).toBe('x @l50')
  })
})

describe('any text', () => {
  const words = fc.constantFrom(
    ...[
      'every',
      'every!',
      'other',
      'day',
      '2',
      'weeks',
      'monday',
      ',',
      'and',
      'last',
      '1st',
      'of',
      'january',
      'until',
      'for',
    ],
    ...[
      'tomorrow',
      '9am',
      'at',
      'in',
      '3',
      'hours',
      'next',
      'friday',
      'dec 24',
      '(',
      ')',
      '#home',
      '@a',
      '!3',
      '#"',
      '"',
      'EST',
    ],
    ...[
      'pay',
      'the',
      'rent',
      '2027-01-01',
      '10:00',
      'to',
      '-',
      'noon',
      'T',
      '+02:00',
      '99999999999',
      'year',
      'month',
    ],
  )
  const phrases = fc.array(words, { minLength: 1, maxLength: 25 }).map((some) => some.join(' '))
  const texts = fc.oneof(phrases, anyText({ maxLength: 200 })).filter((text) => text.trim() !== '')
  const moments = fc.date({ noInvalidDate: true, min: new Date('1971-01-01'), max: new Date('2200-01-01') })
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Apia', 'America/St_Johns', 'Asia/Tehran')

  it('has a title, and loses nothing that can be seen', async ({ expect }) => {
    const property = fc.asyncProperty(texts, zones, moments, async (raw, timeZone, now) => {
      const text = raw.trim()
      const { title, pieces, due, recurrence } = await taskIn(text, { timeZone, nowMs: now.getTime() })
      expect(title.trim()).toBe(title)
      expect(title).not.toBe('')
      expect([...title].length).toBeLessThanOrEqual([...text].length)
      const outside = pieces
        .toReversed()
        .reduce((left, { start, end }) => left.slice(0, start) + left.slice(end), text)
      expect([seen(outside), seen(text)]).toContain(seen(title))
      let end = 0
      for (const piece of pieces) {
        expect(piece.start).toBeGreaterThanOrEqual(end)
        expect(text.slice(piece.start, piece.end)).toBe(piece.text)
        end = piece.end
      }
      expect(due !== null || recurrence === null).toBe(true)
      const at = due && ('date' in due ? due.date : due.dateTime)
      if (at) expect(at).toMatch(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?$/)
    })
    await holds(property, 400)
  })

  const seen = (text: string) => text.replaceAll(/\s/g, '')

  it.for([
    'every ',
    'in 1h ',
    '1h and ',
    'every 1st and ',
    'an hour ',
    '@"a" ',
    '(',
    'dec 1 ',
    '9 to ',
    'tomorrow after ',
    '-',
  ])('is read in time, though it be all %j', async (word, { expect }) => {
    await read('tomorrow every monday')
    const startedAt = performance.now()
    await read(word.repeat(500 / word.length))
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })
})
