import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const TASKS_TEST = shipped('tasks')
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
    [
      'a patch may be empty',
      'Object.keys(patch).length > 0',
      'true',
      { killers: shipped('tasks', 'changing a task') },
    ],
    [
      'an id may be anything',
      "z.uuid({ error: 'must be a UUID' })",
      'z.string()',
      { killers: shipped('isolation/isolation round-trips', 'an id|if the edge can refuse it') },
    ],
    [
      'a query may hold anything',
      'TaskQuery = z.strictObject(',
      'TaskQuery = z.object(',
      { killers: LISTING },
    ],
    [
      'completed may be any word',
      "value === 'true' || value === 'false'",
      "value !== ''",
      { killers: LISTING },
    ],
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
    ['a time zone is any text', 'z.string().refine(isTimeZone', 'z.string().refine(() => true'],
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
  ...mutantsOf('src/tasks/repository.ts', CONDITION, [
    ['a condition stops nothing', 'inArray(tasks.version, [...condition])', 'sql`true`'],
    ['a condition is left out', '${only(id)} and ${allowedBy(condition)}', '${only(id)}'],
    [
      'a change forgets which task',
      '${only(id)} and ${allowedBy(condition)}',
      '${allowedBy(condition)}',
      { killers: TASKS_TEST },
    ],
    ['what is stale is missing', "current && 'stale'", 'undefined'],
    ['a missing task is stale', "current && 'stale'", "'stale'"],
    [
      'a change raises no version',
      '${tasks.version} + 1`',
      '${tasks.version}`',
      { killers: shipped('tasks', 'changing a task') },
    ],
    [
      'a completion with a condition is repeated',
      "condition === undefined ? 'idempotent change' : 'change'",
      "condition !== null ? 'idempotent change' : 'change'",
      { killers: shipped('faults', 'a completion') },
    ],
    [
      'a completion is not repeated',
      "condition === undefined ? 'idempotent change' : 'change'",
      "condition === null ? 'idempotent change' : 'change'",
      { killers: shipped('faults', 'a completion') },
    ],
    [
      'completing again changes the time',
      'coalesce(${tasks.completedAt}, now())',
      'now()',
      { killers: shipped('tasks', 'the completion of a task') },
    ],
    [
      'completing again raises the version',
      '${tasks.version} + (${happens})::int',
      '${tasks.version} + 1',
      { killers: shipped('tasks', 'the completion of a task') },
    ],
    [
      'a page goes on where it was',
      'lt(tasks.id, afterId)',
      'lte(tasks.id, afterId)',
      { also: ['isNull, lt,', 'isNull, lte,'], killers: LISTING },
    ],
  ]),
  ...mutantsOf('src/tasks/routes.ts', CONDITION, [
    [
      'a stale version is no reason',
      "if (outcome === 'stale') throw problem('precondition_failed')",
      "if (outcome === 'stale') throw problem('not_found')",
    ],
    [
      'a cursor forgets its filter',
      "const query = `tasks?completed=${completed ?? ''}`",
      'const query = `tasks`',
      { killers: LISTING },
    ],
  ]),
]
