import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const EXPORT = shipped('export')

/** What writes files: tables, calendars, and pages that an import takes. */
export const EXPORTS = [
  ...mutantsOf('src/export/routes.ts', EXPORT, [
    ['pages are of any moment', 'if (mark && mark.lastWrite !== lastWrite)', 'if (false)'],
  ]),
  ...mutantsOf('src/export/page.ts', EXPORT, [
    ['a page may be of any size', 'if (last && bytes > MAX_PAGE_BYTES)', 'if (false)'],
  ]),
  ...mutantsOf('src/export/csv.ts', shipped('export', 'as CSV'), [
    ['a cell may be a formula', 'escape_formulas: true', 'escape_formulas: false'],
    ['lines within cells are not quoted', 'quoted_match: LINE_END,', ''],
    ['one character ends a line', '/[\\r\\n]/', '/\\n/'],
    ['a day is no due', "'date' in due ? due.date : due.dateTime", "'date' in due ? '' : due.dateTime"],
  ]),
  ...mutantsOf('src/export/icalendar.ts', shipped('export', 'as iCalendar'), [
    [
      'lines are a byte too long',
      'const FOLD_BYTES = 74',
      'const FOLD_BYTES = 75',
      { killers: shipped('import-icalendar', 'exported comes back') },
    ],
    [
      'what the library does not know is not escaped',
      "if (name.startsWith('x-')) property.resetType('text')",
      '',
    ],
    [
      '1 is the lowest of nine',
      '{ 3: 1, 2: 5, 1: 9, 0: 0 }',
      '{ 3: 9, 2: 5, 1: 1, 0: 0 }',
      { killers: shipped('import-icalendar', 'exported comes back') },
    ],
    ['a rule has no start', "    todo.addProperty(timeOf(library, 'dtstart', task.due))\n", ''],
    [
      'what recurs from completion does so by schedule',
      "if (task.recurrence.from === 'completion')",
      'if (false)',
    ],
    ['what is completed needs action', "task.completedAt ? 'COMPLETED' : 'NEEDS-ACTION'", "'NEEDS-ACTION'"],
    ['a relation is of any kind', "task.parentId, { reltype: 'PARENT' }", 'task.parentId'],
    ['a time in UTC is one anywhere', '`${due.dateTime}Z`', 'due.dateTime'],
    ['control characters are written', ".replaceAll(/[\\u0000-\\u0008\\u000b-\\u001f\\u007f]/g, '')", ''],
    ['tabs are left out', '\\u0000-\\u0008\\u000b', '\\u0000-\\u0009\\u000b'],
  ]),
  ...mutantsOf('src/export/time-zones.ts', shipped('export', 'as iCalendar'), [
    ['times in UTC have a time zone', " || due.timeZone === 'UTC'", ''],
    ['time zones begin in the year', 'first - 1,', 'first,'],
    ['time zones end with the year', 'last + 2', 'last + 1'],
    ['there are clocks for all years', 'Math.min(last + 2, first + MOST_YEARS)', 'last + 2'],
    [
      'every change is one to summer',
      "to > from ? 'DAYLIGHT' : 'STANDARD'",
      "to >= from ? 'DAYLIGHT' : 'STANDARD'",
    ],
    ['a change is told by the clocks after it', 'clock(begins + from)', 'clock(begins + to)'],
    ['clocks change back after a quarter of a year', 'const STEP_MS = 28', 'const STEP_MS = 90'],
    ['clocks change a second early', 'return high\n', 'return low\n'],
    [
      'a year of two digits is of the last century',
      'date.setUTCFullYear(year, month - 1, day)',
      'date.setTime(Date.UTC(year, month - 1, day))',
    ],
    ['the first year is one before it', 'Math.max(year, 2)', 'Math.max(year, 1)'],
    ['years have five digits', 'Math.min(Math.max(year, 2), 9_998)', 'Math.max(year, 2)'],
    ['all clocks are ahead', "ms < 0 ? '-' : '+'", "'+'"],
    ['clocks differ by whole hours', 'minutes % 60]', '0]'],
  ]),
  ...mutantsOf('src/export/pages.ts', shipped('export', 'in pages|a page at most|as CSV'), [
    ['a page is of any number of bytes', ' and bytes_so_far <= ${PAGE_BYTES}', ''],
    ['tables tell of the trash', 'everything ? sql`` : sql`and deleted_at is null`', 'sql``'],
    ['a level goes on where the one before ended', "level === after.stage ? after.key : ''", 'after.key'],
  ]),
  ...mutantsOf('src/export/position.ts', shipped('import', 'byte by byte|names the lines'), [
    ['a place may be of any length', ' || text.length > MAX_LENGTH', ''],
    ['a place may lack digits', 'text.length < integerLength || ', ''],
    ['before the smallest place is one', ' || text === SMALLEST', ''],
    ['places below the first are longer', 'UPPER_Z - head + 2', 'UPPER_Z - head + 3'],
  ]),
  ...mutantsOf('src/export/view.ts', shipped('import', 'brings back'), [
    [
      'labels in the trash are not told',
      'Array.isArray(json.labels_in_trash) ? json.labels_in_trash : []',
      '[]',
    ],
    ['an occurrence is not told', 'occurrence: row.recurrenceOn', 'occurrence: null'],
    ['what completed a task along is not told', 'completedWith: row.completedWith', 'completedWith: null'],
    ['what deleted a task along is not told', 'deletedWith: row.deletedWith', 'deletedWith: null'],
  ]),
]
