import { killersIn, mutantsOf } from '../mutant.ts'

const RECURRENCE = killersIn('shipped')('recurrence')
const PROPERTIES = killersIn('shipped')('properties-recurrence')
const LISTING = killersIn('shipped')('listing')

/** Tasks that come again. */
export const RECURRING = [
  ...mutantsOf('drizzle/0013_recurrence.sql', RECURRENCE, [
    [
      'an occurrence is completed twice',
      'if done_on is not null and done_on is distinct from task.due_date then',
      'if false then',
    ],
    [
      'an occurrence that there never was counts as completed',
      'where user_id = of_user and task_id = of_task and due_date = done_on',
      'where user_id = of_user or task_id = of_task or due_date = done_on',
    ],
    [
      'completing again changes the time',
      'if task.completed_at is not null then\n    return edgewise.told(task);',
      'if false then\n    return edgewise.told(task);',
      { killers: killersIn('shipped')('tasks', 'the completion of a task') },
    ],
    ['the past comes again', 'and day >= today', ''],
    ['today is left out', 'and day >= today', 'and day > today'],
    [
      'an occurrence that was moved comes again',
      'greatest(task.due_date, task.recurrence_on) and',
      'task.due_date and',
    ],
    [
      'an occurrence that was moved over comes again',
      'greatest(task.due_date, task.recurrence_on) and',
      'task.recurrence_on and',
    ],
    [
      'a completion counts from the schedule',
      'then edgewise.counted_from(today, task',
      'then edgewise.counted_from(task.due_date, task',
    ],
    [
      'UNTIL does not end what counts from a completion',
      "when counted > last_day then 'infinity'",
      "when false then 'infinity'",
    ],
    ['today is the same everywhere', 'coalesce(task.due_time_zone, zone))::date;', "'UTC')::date;"],
    ['what is below stays completed', 'and id = any (below) and completed_at is not null', 'and false'],
    [
      'what recurs by itself goes along',
      'and parent_id = of_task and deleted_at is null and recurrence_rule is null',
      'and parent_id = of_task and deleted_at is null',
    ],
    [
      'what is below leaves no trace',
      'where user_id = of_user and id = any (below) and completed_at is null;',
      'where false;',
    ],
    [
      'a series starts anew nowhere',
      'new.due_date) else new.due_date end;\n  end if;',
      'new.due_date) else old.recurrence_on end;\n  end if;',
    ],
    ['a start is not kept', 'coalesce(new.recurrence_start, new.due_date)', 'new.due_date'],
    [
      'a rule may be without a due',
      'when (new.recurrence_rule is not null and new.due_date is null)',
      'when (false)',
    ],
    [
      'reopening leaves the history',
      'delete from public.completions where user_id = of_user and (id = undone.id or along_with = undone.id);',
      '',
    ],
    [
      'reopening forgets what was completed below',
      'and along_with = undone.id and next_occurrence is null',
      'and false',
    ],
    ['reopening goes back where the task was moved', 'and task.due_date = task.recurrence_on\n', '\n'],
    [
      'reopening forgets which occurrence it was',
      'recurrence_on = undone.occurrence',
      'recurrence_on = recurrence_on',
    ],
    [
      'only the task itself is worked out',
      'order by id <> of_task limit 100',
      'order by id <> of_task limit 1',
    ],
  ]),
  ...mutantsOf('src/recurrence/skip.ts', RECURRENCE, [
    ['no day stands in for one of many', 'if (!/^\\d+$/.test(day) ||', 'if ('],
    ['no day stands in for one of a week', ' || OTHER_DAYS.some((name) => parts.has(name))', ''],
    ['no day stands in for one of the year', "if (parts.has('BYYEARDAY'))", 'if (false)'],
    ['no day stands in every fifth month', 'MONTHS % intervalOf(parts) === 0', 'true'],
    ['no day of a month stands in', 'if (!isSkipping(parts) || !isOfMonths)', 'if (true)'],
    ['days stand in every month', '(month - first + MONTHS) % intervalOf(parts) === 0', 'true'],
    ['days stand in in months that are not named', 'named?.includes(month) ?? true', 'true'],
  ]),
  ...mutantsOf('drizzle/0018_complete_once.sql', RECURRENCE, [
    ['an occurrence that is due again counts twice', "recurrence_from = 'completion' and", 'false and'],
    [
      'an occurrence that is due again has counted before it does',
      'and completions.due_date = tasks.due_date and completions.next_occurrence = tasks.due_date',
      'or true',
    ],
  ]),
  ...mutantsOf('drizzle/0013_recurrence.sql', LISTING, [
    [
      'a time that comes twice is the second',
      'case when first at time zone place = clock then first',
      'case when false then first',
    ],
  ]),
  ...mutantsOf('drizzle/0019_along.sql', RECURRENCE, [
    ['working out is a change', '      old.upcoming := new.upcoming;\n', ''],
  ]),
  ...mutantsOf('drizzle/0019_along.sql', RECURRENCE, [
    ['reopening below forgets the history', 'and next_occurrence is null and along_with is null;', ';'],
  ]),
  ...mutantsOf('src/recurrence/occurrences.ts', RECURRENCE, [
    ['a series never ends', 'return areAll ? [...days, END] : days', 'return days'],
    [
      'COUNT does not end a series',
      'return { days, areAll: days.length < ENOUGH }',
      'return { days, areAll: false }',
    ],
    [
      'UNTIL does not end a series',
      'return { days, areAll: from >= limit }',
      'return { days, areAll: false }',
    ],
    [
      'what is looked at last is all',
      'return { days, areAll: from >= limit }',
      'return { days, areAll: true }',
      { killers: PROPERTIES },
    ],
    ['the last day that is looked at is left out', 'new Date(to + 1)', 'new Date(to)'],
    ['where it goes on is looked at again', '    from = to\n', '', { killers: PROPERTIES }],
    ['UNTIL is a day late', 'lastDay: isOver ? dayBefore(day) : day', 'lastDay: day'],
    ['UNTIL is in no place', "timeZone ?? 'UTC').split", "'UTC').split"],
    ['a due that is not of the rule is none', 'includeDtstart: true', 'includeDtstart: false'],
    ['nobody looks far', '[70, 800, 4000, 8000, 12_000, 16_500]', '[70]', { killers: PROPERTIES }],
    ['a rule may say what RFC 5545 forbids', 'strict: true', 'strict: false'],
  ]),
  ...mutantsOf('src/recurrence/rule.ts', RECURRENCE, [
    ['a part may come twice', 'if (seen.has(name))', 'if (false)'],
    ['COUNT and UNTIL go together', "if (seen.has('COUNT') && seen.has('UNTIL'))", 'if (false)'],
    ['UNTIL may be no day', "|| (name === 'UNTIL' && !isDay(value))", ''],
    [
      'a completion may count on weekdays',
      "const isCounted = from === 'completion' &&",
      'const isCounted = false &&',
    ],
    ['SKIP needs no calendar', "if (seen.has('SKIP') && !seen.has('RSCALE'))", 'if (false)'],
  ]),
  ...mutantsOf('src/tasks/repository.ts', RECURRENCE, [
    [
      'what was worked out is lost',
      '...recurrenceToColumns(recurrence),\n        upcoming,',
      '...recurrenceToColumns(recurrence),',
    ],
  ]),
  ...mutantsOf('src/db/transactions.ts', RECURRENCE, [
    ['nothing is worked out further', 'if (unfinished && workOut)', 'if (false)'],
  ]),
]
