import { killersIn, mutantsOf } from '../mutant.ts'

const QUICK = killersIn('shipped')('quick')
const READING = killersIn('shipped')('quick-reading')

/** Tasks in plain words. */
export const QUICK_ADD = [
  ...mutantsOf('src/quick/repository.ts', QUICK, [
    [
      'a list in the trash is found',
      'and deleted_at is null and lower(name) = lower(${name}::text)',
      'and lower(name) = lower(${name}::text)',
    ],
    ['letter case makes a list another', 'lower(name) = lower(${name}::text)', 'name = ${name}::text'],
    ['an archived list comes first', 'archived_at desc nulls first', 'archived_at asc nulls last'],
    ['a list is made each time', 'where not exists (select from found) returning', 'returning'],
    [
      'letter case makes a label another',
      'deleted_at is null and lower(labels.name) = lower(wanted.name)',
      'deleted_at is null and labels.name = wanted.name',
    ],
    ['labels are made twice', 'select distinct on (lower(name)) ${owner}', 'select ${owner}'],
    ['a dry run makes it', '{ isTrial },', '{ isTrial: false },'],
    [
      'what was understood is that of the second time',
      'understood: { ...kept, list: madeList, labels: madeLabels }',
      'understood: { ...told, list: madeList, labels: madeLabels }',
    ],
  ]),
  ...mutantsOf('src/quick/routes.ts', QUICK, [
    ['a dry run is answered as made', 'if (dryRun) return c.json(result, 200)\n', ''],
  ]),
  ...mutantsOf('src/quick/dates.ts', READING, [
    [
      'hours from now are hours on the clock',
      'wallClockAt(nowMs + elapsedMs, timeZone)',
      "wallClockAt(Date.UTC(year, month - 1, day) + elapsedMs, 'UTC')",
    ],
    ['what is over is due', 'return isOver || !isPlain', 'return !isPlain'],
    ['another place’s time is due here', 'if (isZone) return undefined', ''],
    ['a span of time is its beginning', 'if (result.end || ', 'if ('],
    ['part of an address is a day', '!standsAlone(text, { start, end }) || ', ''],
    ['the sun is a day', 'if (OFTEN_NO_DAY.has(said) && !BEFORE_A_DAY.has(before)) return undefined', ''],
  ]),
  ...mutantsOf('src/quick/parse.ts', READING, [
    ['a time that is over is today’s', 'hasPassed ? daysAfter(1, now.day) : now.day', 'now.day'],
    [
      'the end of a series is when it is due',
      'dates.find((date) => date.day && !date.isEnd)',
      'dates.find((date) => date.day)',
    ],
    ['a title may be nothing', '/[\\p{L}\\p{N}\\p{S}]/u.test(left) ? left : text.trim()', 'left'],
  ]),
  ...mutantsOf('src/quick/first-occurrence.ts', READING, [
    [
      'every other week may begin with the one between',
      'const { interval: _, count: __, until: ___, ...everyTime } = rule',
      'const { count: __, until: ___, ...everyTime } = rule',
    ],
    ['the first day is left out', 'dayText(daysAfter(-1, onOrAfter))', 'dayText(onOrAfter)'],
    ['a series that is over goes on', 'if (last && dayText(last) < dayText(first)) return undefined', ''],
  ]),
  ...mutantsOf('src/quick/recurrence.ts', READING, [
    [
      'the calendar is counted from completion',
      "word === 'every!' && !keepsToCalendar(rule)",
      "word === 'every!'",
    ],
    ['a completion is counted', "if (from === 'schedule' && reader", 'if (reader'],
    ['April has 31 days', 'byMonthDay.every((day) => day <= daysIn(byMonth))', 'true'],
  ]),
  ...mutantsOf('src/quick/marks.ts', READING, [
    ['a sign within a word is read', ' || !isSpace(text[start - 1])) continue', ') continue'],
    ['a number is a name', '/^[\\p{L}\\p{Extended_Pictographic}_][^#@"“”]*$/u', '/^[^#@"“”]+$/u'],
    ['a task may have any number of labels', '(!known.has(key) && known.size === MAX_LABELS)', 'false'],
  ]),
]
