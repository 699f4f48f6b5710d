import { describe, it } from 'vitest'
import { faultIn } from '../../src/recurrence/rule.ts'
import { describeRule } from '../../web/src/tasks/describe-rule.ts'
import { nextMonday } from '../../web/src/tasks/due.ts'
import { choiceOf, nthWeekday, ruleOf } from '../../web/src/tasks/repeat-choice.ts'

describe('a recurrence in words', () => {
  it.for([
    ['FREQ=DAILY', 'Every day'],
    ['FREQ=DAILY;INTERVAL=3', 'Every 3 days'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Every weekday'],
    ['FREQ=WEEKLY;BYDAY=TU,FR', 'Every Tuesday and Friday'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', 'Every 2 weeks on Monday'],
    ['FREQ=MONTHLY;BYMONTHDAY=1,15', 'Every month on the 1st and 15th'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'Every month on the last day'],
    ['FREQ=MONTHLY;BYDAY=1MO', 'Every month on the first Monday'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'Every month on the last Friday'],
    ['FREQ=YEARLY', 'Every year'],
    ['FREQ=DAILY;COUNT=10', 'Every day, 10 times'],
    ['FREQ=MONTHLY;BYSETPOS=2;BYDAY=MO,TU', 'Repeats by the rule FREQ=MONTHLY;BYSETPOS=2;BYDAY=MO,TU'],
  ] as const)('says of %s: %s', ([rule, words], { expect }) => {
    expect(describeRule({ rule, from: 'schedule' })).toBe(words)
  })

  it('says what is counted from completion', ({ expect }) => {
    expect(describeRule({ rule: 'FREQ=DAILY;INTERVAL=3', from: 'completion' })).toBe(
      'Every 3 days, counted from when it is done',
    )
  })
})

describe('a recurrence as a choice', () => {
  const DUE = '2026-11-20'

  it.for([
    'FREQ=DAILY',
    'FREQ=DAILY;INTERVAL=3',
    'FREQ=WEEKLY',
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU',
    'FREQ=MONTHLY',
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    'FREQ=MONTHLY;BYDAY=3FR',
    'FREQ=YEARLY;INTERVAL=4',
    'FREQ=MONTHLY;BYMONTHDAY=1,15',
    'FREQ=WEEKLY;BYDAY=FR;COUNT=3',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR',
  ])('of %s is that rule again', (rule, { expect }) => {
    expect(ruleOf(choiceOf({ rule, from: 'schedule' }), DUE)).toBe(rule)
  })

  it('says no days when it is counted from completion: the server takes none', ({ expect }) => {
    const choice = {
      ...choiceOf({ rule: 'FREQ=WEEKLY;BYDAY=FR', from: 'schedule' }),
      from: 'completion' as const,
    }
    const rule = ruleOf(choice, DUE) ?? ''
    expect(rule).toBe('FREQ=WEEKLY')
    expect(faultIn(rule, 'completion')).toBeUndefined()
  })

  it('takes a fifth weekday of a month for the last one', ({ expect }) => {
    expect(nthWeekday('2026-11-20')).toBe('3FR')
    expect(nthWeekday('2026-11-30')).toBe('-1MO')
  })
})

describe('next week', () => {
  it.for([
    ['2026-11-21', '2026-11-23'],
    ['2026-11-22', '2026-11-23'],
    ['2026-11-23', '2026-11-30'],
    ['2026-12-29', '2027-01-04'],
  ] as const)('of %s begins on %s', ([day, monday], { expect }) => {
    expect(nextMonday(day)).toBe(monday)
  })
})
