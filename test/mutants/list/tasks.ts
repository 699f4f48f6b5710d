import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const ADDING = shipped('tasks', 'adding a task')
const LISTING = shipped('tasks', 'listing tasks')
const CONDITION = shipped('tasks', 'a condition')
const DUES = shipped('properties-dues')

/** What a task may be, how many are told at once, and the conditions of a change. */
export const TASKS = [
  ...mutantsOf('src/tasks/contract.ts', ADDING, [
    ['a title may be longer', 'MAX_TITLE_CHARACTERS = 500', 'MAX_TITLE_CHARACTERS = 501'],
    ['notes may be longer', 'MAX_NOTES_CHARACTERS = 16_384', 'MAX_NOTES_CHARACTERS = 16_385'],
    ['a title may be empty', 'text({ min: 1, max: MAX_TITLE', 'text({ max: MAX_TITLE'],
    ['there is one more priority', 'z.literal(3)]', 'z.literal(3), z.literal(4)]'],
    ['a new task may have more fields', 'NewTask = z\n  .strictObject(', 'NewTask = z\n  .object('],
    [
      'a patch may have more fields',
      'TaskPatch = z\n  .strictObject(',
      'TaskPatch = z\n  .object(',
      { killers: shipped('tasks', 'changing a task') },
    ],
  ]),
  ...mutantsOf('src/http/fields.ts', ADDING, [
    [
      'a patch may be empty',
      'Object.keys(patch).length > 0',
      'Object.keys(patch).length >= 0',
      { killers: shipped('tasks', 'changing a task') },
    ],
    [
      'an id may be anything',
      ".uuid({ error: 'must be a UUID' })",
      '.string()',
      { killers: shipped('isolation/isolation round-trips', 'an id|if the edge can refuse it') },
    ],
    ['a colour may be any text', '/^#[0-9a-f]{6}$/', '/^/', { killers: shipped('lists') }],
  ]),
  ...mutantsOf('src/tasks/query.ts', LISTING, [
    ['a query may hold anything', 'TaskQuery = z\n  .strictObject(', 'TaskQuery = z\n  .object('],
    ['completed may be any word', "z.enum(['true', 'false'], 'must be true or false')", 'z.string()'],
  ]),
  ...mutantsOf('src/http/page.ts', LISTING, [
    ['a page may be any size', '/^([1-9]\\d?|100)$/', '/^\\d+$/'],
    ['a page may be one larger', '|100)$/', '|10[01])$/'],
  ]),
  ...mutantsOf('src/tasks/due.ts', DUES, [
    ['there is a year 0', '/^(?!0000)/', '/^/', { times: 1 }],
    ['a time may have an offset', "!text.endsWith('Z')", 'true'],
    ['a day may have more fields', 'z.strictObject({ date })', 'z.object({ date })'],
    ['a floating time may have more fields', 'z.strictObject({ dateTime })', 'z.object({ dateTime })'],
    [
      'a zoned time may have more fields',
      'z.strictObject({ dateTime, timeZone })',
      'z.object({ dateTime, timeZone })',
      { killers: ADDING },
    ],
    ['a time zone is any text', '.refine(isTimeZone', '.refine(() => true'],
    [
      'a time zone may be an offset',
      'if (!/^[A-Z][\\w+-]*(\\/[A-Z0-9][\\w+-]*)*$/i.test(name)) return false',
      '',
    ],
    [
      'a time zone may be in any letter case',
      'return canonical === name || canonical.toLowerCase() !== name.toLowerCase()',
      'return canonical.length > 0',
    ],
  ]),
  ...mutantsOf('src/db/versions.ts', CONDITION, [
    ['a condition stops nothing', 'inArray(version, [...versions])', 'undefined'],
  ]),
  ...mutantsOf('src/tasks/repository.ts', CONDITION, [
    ['a condition is left out', 'allowed: allowedBy(tasks.version, versions)', 'allowed: undefined'],
  ]),
  ...mutantsOf('src/tasks/routes.ts', CONDITION, [
    [
      'a cursor forgets its filter',
      'JSON.stringify([sort, filter])',
      'JSON.stringify([sort])',
      { killers: LISTING },
    ],
  ]),
]
