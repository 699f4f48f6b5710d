import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const IMPORT = shipped('import')
const ORDER = shipped('import', 'the order')
const CALENDAR = shipped('import-icalendar')

/** What makes a file of all that somebody has, and takes one in. */
export const TRANSFER = [
  ...mutantsOf('drizzle/0017_import.sql', IMPORT, [
    ['what is refused is imported without it', 'if edgewise.refused_so_far() > 0 then', 'if false then'],
    [
      'a list is joined with any other',
      'on others.name = unknown.name and others.nth = unknown.nth',
      'on others.nth = unknown.nth',
    ],
    ['two lists are joined with one', ' and others.nth = unknown.nth', ''],
    [
      'a place that is taken is kept',
      'user_id = of_user and position = any (places)',
      'false',
      { breaks: true },
    ],
    ['there is no end to looking for what is refused', 'if looked_at_most <= 0 then', 'if false then'],
  ]),
  ...mutantsOf('drizzle/0011_upkeep.sql', IMPORT, [
    [
      'what is added to the trash went there with anything',
      "if tg_op = 'INSERT' and new.deleted_at is not null and new.deleted_with is distinct",
      'if false and new.deleted_with is distinct',
    ],
  ]),
  ...mutantsOf('src/import/routes.ts', IMPORT, [
    ['a refused line is no reason', 'if (!dryRun && report.counts.refused > 0)', 'if (false)'],
    [
      'a body may be of any type',
      "if (!TYPES[format].test(c.req.header('Content-Type') ?? ''))",
      'if (false)',
    ],
  ]),
  ...mutantsOf('src/import/repository.ts', IMPORT, [
    ['a trial is no trial', '.together(steps, { isTrial })', '.together(steps)'],
    ['any number of bytes is sent', 'if (bytes > MAX_STATEMENT_BYTES)', 'if (false)'],
    [
      'each batch follows the page before',
      'at === 0 ? file.follows : endOf(batches[at - 1])',
      'file.follows',
    ],
  ]),
  ...mutantsOf('src/import/doubles.ts', IMPORT, [
    ['an id may come twice', 'if (seen.has(key))', 'if (false)'],
  ]),
  ...mutantsOf('src/import/limits.ts', IMPORT, [
    ['any number of things', 'if (things > MAX_THINGS)', 'if (false)'],
  ]),
  ...mutantsOf('src/import/names.ts', shipped('import-icalendar', 'each list and label'), [
    ['names differ by the case of letters', 'name.trim().toLowerCase()', 'name.trim()'],
    ['names differ by the space around them', 'name.trim().toLowerCase()', 'name.toLowerCase()'],
    ['a list and a label of one name are one', 'idFrom(kind, ', 'idFrom('],
  ]),
  ...mutantsOf('src/import/order.ts', shipped('import-icalendar', 'below others|in a ring'), [
    ['those whose parent is elsewhere come last', ' && known.has(parentId)', ''],
    ['what hangs in a ring is lost', ', ...tasks.filter((task) => !ordered.has(task))', ''],
    ['tasks come in the order of the file', 'level.toSorted(byPosition)', 'level', { killers: ORDER }],
    [
      'places are ordered as words',
      'place < otherPlace ? -1 : Number(place > otherPlace)',
      'place.localeCompare(otherPlace)',
      { killers: ORDER },
    ],
  ]),
  ...mutantsOf('src/import/entry.ts', shipped('import-todoist', 'taken for one'), [
    ['ids of different words are one', 'JSON.stringify(words)', "words.join('')"],
  ]),
  ...mutantsOf('src/import/task.ts', shipped('import-icalendar', 'with all'), [
    ['what is completed has no history', 'thing.completedAt === null ? undefined', 'true ? undefined'],
  ]),
  ...mutantsOf('src/import/json.ts', shipped('import', 'is JSON|calls what|names the lines'), [
    ['what is no JSON is an error', "throw problem('malformed_json')", 'return undefined'],
    [
      'what is refused is called by all of its name',
      '.slice(0, MAX_TITLE_LENGTH).toWellFormed()',
      '.toWellFormed()',
    ],
    [
      'half a character is shown',
      '.slice(0, MAX_TITLE_LENGTH).toWellFormed()',
      '.slice(0, MAX_TITLE_LENGTH)',
    ],
    ['a list has no name', '.or(z.object({ name: z.string() }))', '.or(z.object({ name: z.never() }))'],
    ['an export is taken leniently', 'isLenient: false', 'isLenient: true'],
    [
      'a page follows nothing',
      `    follows,
    entries`,
      `    follows: null,
    entries`,
      { killers: ORDER },
    ],
  ]),
  ...mutantsOf('src/import/limits.ts', shipped('import-icalendar', '1,500 things'), [
    ['1,500 are too many', 'if (things > MAX_THINGS)', 'if (things >= MAX_THINGS)'],
  ]),
  ...mutantsOf('src/import/rows.ts', shipped('import', 'brings back'), [
    [
      'a list loses its colour',
      "color: 'color' in thing ? thing.color : null,\n  position",
      'color: null,\n  position',
    ],
    ['a series begins anew', 'recurrence_start: thing.recurrence?.start ?? null', 'recurrence_start: null'],
    ['an occurrence is another one', 'recurrence_on: thing.occurrence', 'recurrence_on: null'],
    ['labels in the trash are off', 'labels_in_trash: thing.labelIdsInTrash', 'labels_in_trash: []'],
    [
      'what was completed along was so by itself',
      'completed_with: thing.completedWith',
      'completed_with: null',
    ],
    ['what was deleted along was so by itself', 'deleted_with: thing.deletedWith', 'deleted_with: null'],
    ['a completion is by itself', 'along_with: thing.alongWith', 'along_with: null'],
  ]),
  ...mutantsOf('src/import/report.ts', IMPORT, [
    ['what is in the trash is not said to be', "['is in the trash']", '[]'],
    ['an error is of the whole file', 'path ? `${place}.${path}` : place', 'path', { killers: CALENDAR }],
  ]),
]
