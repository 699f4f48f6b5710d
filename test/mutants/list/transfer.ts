import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const IMPORT = shipped('import')
const EXPORT = shipped('export')

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
  ...mutantsOf('src/import/todo.ts', shipped('import-icalendar'), [
    ['a rule names days of another place', 'dayOf(there.due) === dayOf(told.due)', 'true'],
    ['what comes once is told in UTC', 'if (!recurs) return there', ''],
  ]),
  ...mutantsOf('src/import/calendar-lines.ts', shipped('import-icalendar'), [
    ['a calendar may go on without end', 'if (unended) throw', 'if (false) throw'],
    ['a calendar may be of any depth', 'if (open.length === MAX_DEPTH) throw', 'if (false) throw'],
    ['a folded line is two', '/^[ \\t]/.test(physical)', 'false'],
  ]),
  ...mutantsOf('src/import/recurrence.ts', shipped('import-icalendar'), [
    ['a rule of another kind is no reason for a note', 'faultIn(known, from) !== undefined', 'false'],
  ]),
  ...mutantsOf('src/import/todoist-rows.ts', shipped('import-todoist'), [
    ['any table is a project', "if (!columns.has('TYPE') || !columns.has('CONTENT'))", 'if (false)'],
  ]),
  ...mutantsOf('src/import/repository.ts', IMPORT, [
    ['a trial is no trial', '.together(steps, { isTrial })', '.together(steps)'],
    ['any number of bytes is sent', 'if (bytes > MAX_STATEMENT_BYTES)', 'if (false)'],
  ]),
  ...mutantsOf('src/import/doubles.ts', IMPORT, [
    ['an id may come twice', 'if (seen.has(key))', 'if (false)'],
  ]),
  ...mutantsOf('src/import/limits.ts', IMPORT, [
    ['any number of things', 'if (things > MAX_THINGS)', 'if (false)'],
  ]),
  ...mutantsOf('src/export/routes.ts', EXPORT, [
    ['pages are of any moment', 'if (mark && mark.lastWrite !== lastWrite)', 'if (false)'],
  ]),
  ...mutantsOf('src/export/page.ts', EXPORT, [
    ['a page may be of any size', 'if (last && bytes > MAX_PAGE_BYTES)', 'if (false)'],
  ]),
  ...mutantsOf('src/export/csv.ts', EXPORT, [
    ['a cell may be a formula', 'escape_formulas: true', 'escape_formulas: false'],
    ['lines within cells are not quoted', 'quoted_match: LINE_END,', ''],
  ]),
]
