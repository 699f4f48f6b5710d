import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const CALENDAR = shipped('import-icalendar')
const TIMES = shipped('import-icalendar', 'may be due|its times|as it says|was made|is wrong')
const TODOIST = shipped('import-todoist')

/** What reads the files of other programs: each mistake loses something of somebody's, or makes something else of it. */
export const FORMATS = [
  ...mutantsOf('src/import/todo.ts', CALENDAR, [
    ['a rule names days of another place', 'dayOf(there.due) === dayOf(told.due)', 'true'],
    ['what comes once is told in UTC', 'if (!recurs) return there', ''],
    ['a single occurrence is a task', "if (first('recurrence-id'))", 'if (false)'],
    [
      'the list of all is above that of one',
      "text('x-edgewise-list').trim() || listName",
      "listName || text('x-edgewise-list').trim()",
    ],
    ['whatever it is beside, it is below', "({ relation }) => relation === 'PARENT'", '() => true'],
    ['a label may have no name', '.filter((name) => name.trim())', ''],
    ['a place is lost', "['location', 'url']", "['url']"],
    ['an id in capitals is another one', 'uid.trim().toLowerCase()', 'uid'],
    ['9 is no priority', 'priority <= 9', 'priority < 9'],
    ['4 is no high priority', 'if (priority < 5)', 'if (priority < 4)'],
    ['what is cancelled stays open', "if (status === 'CANCELLED')", 'if (false)'],
    ['whatever has a time of completion is completed', "(status === '' && at)", 'at'],
    ['what has no status is open', " || (status === '' && at)", ''],
    ['that it is completed now is unsaid', "at ? [] : ['does not say", "true ? [] : ['does not say"],
    ['further days are lost', "['rdate', 'exdate', 'exrule']", "['exdate', 'exrule']"],
    ['exceptions by a rule are lost', "['rdate', 'exdate', 'exrule']", "['rdate', 'exdate']"],
    ['a second rule is lost', '[...others, ...', '[...'],
    [
      'what recurs from completion does so by schedule',
      "? 'completion' : 'schedule'",
      "? 'schedule' : 'schedule'",
    ],
  ]),
  ...mutantsOf('src/import/calendar-lines.ts', shipped('import-icalendar', 'letter case|is wrong|an alarm'), [
    ['a calendar may go on without end', 'if (unended) throw', 'if (false) throw'],
    ['a calendar may be of any depth', 'if (open.length === MAX_DEPTH) throw', 'if (false) throw'],
    ['a folded line is two', '/^[ \\t]/.test(physical)', 'false'],
    ['calendars are in capitals', '[ \\t]*$/i', '[ \\t]*$/'],
    ['lines end as in Unix', '/\\r\\n|\\n|\\r/', '/\\r?\\n/'],
    ['a calendar ends in any order', 'if (open.pop()?.name !== name.toUpperCase())', 'if (!open.pop())'],
    ['text may follow a calendar', '} else if (open.length === 0) {', '} else if (false) {'],
    [
      'the lines of an alarm are the to-do’s',
      `} else if (open.length === 2) {
      component?.lines.push`,
      `} else {
      component?.lines.push`,
    ],
  ]),
  ...mutantsOf('src/import/recurrence.ts', shipped('import-icalendar', 'loses nothing|letter case'), [
    ['a rule of another kind is no reason for a note', 'faultIn(known, from) !== undefined', 'false'],
    ['a rule in small letters is none', 'rule.toUpperCase()', 'rule'],
    ['a rule may be of any length', ' || known.length > MAX_RULE_CHARACTERS', ''],
    ['a note takes the place of the others', '[task.notes, note]', '[note]'],
  ]),
  ...mutantsOf('src/import/todoist-rows.ts', TODOIST, [
    ['any table is a project', "if (!columns.has('TYPE') || !columns.has('CONTENT'))", 'if (false)'],
    [
      'a table needs a type or a text',
      "!columns.has('TYPE') || !columns.has",
      "!columns.has('TYPE') && !columns.has",
    ],
    ['columns are called as they are written', 'name.trim().toUpperCase()', 'name'],
    ['cells have space around them', '?.trim() ??', ' ??'],
    ['tabs separate nothing', "[',', ';', '\\t']", "[',', ';']"],
    ['a cell has one line', 'line += 1 + linesIn(row)', 'line += 1'],
    ['the header is a row', 'confirmNumber(rows.length)', 'confirmNumber(records.length)'],
  ]),
  ...mutantsOf('src/import/calendar-property.ts', CALENDAR, [
    ['a rule that the library does not know is no line', '/^(?:RRULE|EXRULE)[:;]/i', '/^RRULE[:;]/i'],
    ['rules are in capitals', '/^(?:RRULE|EXRULE)[:;]/i', '/^(?:RRULE|EXRULE)[:;]/'],
    ['what the library does not know stays escaped', '? unescaped(String(value)) ', '? String(value) '],
    ['what is said to be text is unescaped twice', "type === 'unknown'", '/^x-/i.test(name)'],
  ]),
  ...mutantsOf('src/import/calendar-times.ts', TIMES, [
    ['a to-do is due when it starts, whatever its due', 'if (due) return told(due, here)', ''],
    ['what takes some time has no place', 'due: { ...begins, dateTime:', 'due: { dateTime:'],
    ['a day lasts some time', "|| begins === null || 'date' in begins", '|| begins === null'],
    ['UTC is told where the to-do says', 'if (isUtc) {', 'if (isUtc && zone === undefined) {'],
    ['a place that nobody knows is unsaid', 'warnings: [UNKNOWN_ZONE]', 'warnings: []'],
    ['a day where a time should be is none', '(?:T::)?$/', '$/'],
    ['a place may have one more part before its name', "parts.slice(-2).join('/')", 'name'],
    ['a moment is in UTC, whatever place it names', 'timeZone ? ms - offsetAt(ms, timeZone) : ms', 'ms'],
    ['moments are ahead of UTC', 'ms - offsetAt(ms, timeZone)', 'ms + offsetAt(ms, timeZone)'],
    ['a moment in UTC is in the place it names', 'isUtc || zone === undefined', 'zone === undefined'],
    ['a day is no moment', 'local = `${day}T00:00:00`', 'local = ``'],
    ['a 30th of February is a 2nd of March', 'clockOf(ms) === dateTime ? ms : Number.NaN', 'ms'],
    [
      'clocks beyond all years are those of UTC',
      '${timeText(clock.time)}`) - ms',
      '${timeText(clock.time)}`) - ms || 0',
    ],
    ['a year 0 is a year', '/^(?!0000)\\d{4}-/', '/^\\d{4}-/'],
    ['there is no end of time', 'Math.abs(ms) <= LAST_MOMENT_MS', '!Number.isNaN(ms)', { breaks: true }],
    [
      'a duration that is none is an error',
      `  } catch {
    return Number.NaN`,
      `  } catch (error) {
    throw error`,
      { breaks: true },
    ],
  ]),
  ...mutantsOf('src/import/icalendar.ts', CALENDAR, [
    ['time zones are things', ".filter(({ name }) => name !== 'VTIMEZONE')", ''],
    [
      'the name of a calendar is above what the caller says',
      'list ?? (calendarName?.value.trim() || undefined)',
      '(calendarName?.value.trim() || undefined) ?? list',
    ],
    ['a blank name is a name', 'calendarName?.value.trim() || undefined', 'calendarName?.value'],
    ['calendars have an old name only', "new Set(['name', 'x-wr-calname'])", "new Set(['x-wr-calname'])"],
    ['the same twice is the same', 'counts.set(text, count + 1)', 'counts.set(text, count)'],
    ['links must lead somewhere', 'isLenient: true', 'isLenient: false'],
  ]),
  ...mutantsOf('src/import/todoist.ts', TODOIST, [
    ['there are six levels', 'const DEEPEST = 5', 'const DEEPEST = 6'],
    ['tasks of other lists are the same', "[query.list ?? '', section]", "['', section]"],
    ['tasks of other sections are the same', "[query.list ?? '', section]", "[query.list ?? '']"],
    [
      'tasks of a section are below those before',
      `        above = []
`,
      '',
    ],
    [
      'a comment on a section is one on a task',
      `        latest = undefined
`,
      '',
    ],
    [
      'a section is a list, whatever its project',
      "[list, section].filter(Boolean).join(': ')",
      "section || list || ''",
    ],
    [
      'the place of the caller is above that of the row',
      "cell('TIMEZONE') || query.timeZone",
      "query.timeZone || cell('TIMEZONE')",
    ],
    ['dates are in English', "language: cell('DATE_LANG')", "language: ''"],
    ['no duration is one', "duration && duration !== 'None'", 'duration'],
    ['a deadline is lost', "`Deadline: ${cell('DEADLINE')}`", "''"],
    ['1 is the lowest priority', "'1': 3, '2': 2, '3': 1", "'1': 1, '2': 2, '3': 3"],
    [
      'a label comes twice',
      "[...new Set(labels.map((name) => names.idOf('label', name, { line })))]",
      "labels.map((name) => names.idOf('label', name, { line }))",
    ],
    ['an address is a label', '(?:^|\\s)@', '@'],
  ]),
  ...mutantsOf('src/import/plain-date.ts', TODOIST, [
    ['any language is English', 'const isUnknown = ', 'const isUnknown = false && '],
    ['a date may be of any length', ' || text.length > MOST_CHARACTERS', ''],
    ['a time is one in UTC', 'zone === undefined && due', 'false && due'],
    ['the half of a date is enough', '!/[\\p{L}\\p{N}]/u.test(rest)', 'true'],
    ['what is no date is none', 'isRead: due !== null && ', 'isRead: '],
    ['what is read is taken out from the left', 'read.reduceRight', 'read.reduce'],
    ['how it recurs is not read', " || kind === 'recurrence'", ''],
  ]),
]
