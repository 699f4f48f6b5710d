import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const UPKEPT = shipped('upkeep')
const ON_POSTGRES = killersIn('postgres')('concurrency/upkeep')
const BOUND_OWNER = killersIn('commands')('commands/upkeep')
const LOGGED = killersIn('log')('log/upkeep')
const TRASH = shipped('trash')
const IN_STEP = killersIn('postgres')('concurrency/sync')
const POSITIONS = shipped('positions')

/** What is deleted by the clock: when, how much at once, and what it must leave alone. */
export const UPKEEP = [
  ...mutantsOf('drizzle/0014_due.sql', UPKEPT, [
    ['the trash is kept for a day less', "interval '30 days'", "interval '29 days'"],
    ['the trash is kept for a minute more', "interval '30 days'", "interval '30 days 1 minute'"],
    ['a tombstone is kept for a day less', "interval '90 days'", "interval '89 days'"],
    ['a tombstone is kept for a minute more', "interval '90 days'", "interval '90 days 1 minute'"],
    ['an answer goes while it may be asked for', 'where expires_at <= now()', 'where true'],
    ['answers are kept', 'where expires_at <= now()', 'where false'],
    ['a step has no bound', 'return least(greatest(at_most, 1), 1000)', 'return at_most'],
    [
      'a thing takes what is below it along, uncounted',
      'and below.parent_id = tasks.id',
      'and below.parent_id = tasks.id and false',
    ],
    [
      'a list takes its tasks along, uncounted',
      'and tasks.list_id = lists.id',
      'and tasks.list_id = lists.id and false',
    ],
    [
      'a task takes its completions along, uncounted',
      'completions.task_id = any (batch.ids) and',
      'false and',
    ],
    ['a label leaves its tasks uncounted', 'task_labels.label_id = any (batch.ids) and', 'false and'],
    [
      'what is forgotten is not said to be',
      'set forgotten = greatest(forgotten, batch.last)',
      'set forgotten = forgotten',
    ],
    [
      'all is said to be forgotten',
      'set forgotten = greatest(forgotten, batch.last)',
      'set forgotten = last_write',
    ],
    [
      'what is due is restored',
      "and deleted_at > due\n      returning jsonb_build_object('type', 'task'",
      "\n      returning jsonb_build_object('type', 'task'",
    ],
    [
      'a list that is due is restored',
      "and deleted_at > due\n    returning jsonb_build_object('type', 'list'",
      "\n    returning jsonb_build_object('type', 'list'",
    ],
    [
      'a label that is due is restored',
      "and deleted_at > due\n      returning jsonb_build_object('type', 'label'",
      "\n      returning jsonb_build_object('type', 'label'",
    ],
    [
      'anything may be restored',
      "where user_id = of_user and id = thing and deleted_with = thing and deleted_at > due\n      returning jsonb_build_object('type', 'task'",
      "where user_id = of_user and id = thing\n      returning jsonb_build_object('type', 'task'",
      { killers: TRASH },
    ],
    [
      'anybody’s may be restored',
      "where user_id = of_user and id = thing and deleted_with = thing and deleted_at > due\n      returning jsonb_build_object('type', 'task'",
      "where id = thing and deleted_with = thing and deleted_at > due\n      returning jsonb_build_object('type', 'task'",
      { killers: killersIn('without-rls')('isolation/isolation', 'restore') },
    ],
    [
      'upkeep waits for whoever writes',
      'for update of writers skip locked for key share of users skip locked',
      'for update of writers for key share of users',
      { killers: ON_POSTGRES },
    ],
    [
      'upkeep takes nobody’s turn',
      'continue when not edgewise.take_free_turn(batch.user_id)',
      'perform 1',
      { times: 4, killers: ON_POSTGRES },
    ],
    [
      'the owner sees no task that is due',
      'CREATE POLICY "tasks_due" ON "tasks" AS PERMISSIVE FOR ALL TO current_user USING (deleted_at <=',
      'CREATE POLICY "tasks_due" ON "tasks" AS PERMISSIVE FOR ALL TO current_user USING (false and deleted_at <=',
      { killers: BOUND_OWNER },
    ],
    [
      'the owner sees every task',
      'CREATE POLICY "tasks_due" ON "tasks" AS PERMISSIVE FOR ALL TO current_user USING (deleted_at <=',
      'CREATE POLICY "tasks_due" ON "tasks" AS PERMISSIVE FOR ALL TO current_user USING (true or deleted_at <=',
      { killers: BOUND_OWNER },
    ],
    [
      'the owner may write what it sees',
      'WITH CHECK (false)',
      'WITH CHECK (true)',
      { times: 5, killers: BOUND_OWNER },
    ],
    [
      'the data role may purge',
      'edgewise.forget_tombstones(integer), edgewise.forget_answers(integer)\n  to edgewise_auth',
      'edgewise.forget_tombstones(integer), edgewise.forget_answers(integer)\n  to edgewise_auth, edgewise_api',
      { killers: shipped('row-level-security', 'the data role') },
    ],
    [
      'everybody may take a turn',
      'edgewise.take_free_turn(uuid), edgewise.purge_due_tasks(integer),\n',
      'edgewise.purge_due_tasks(integer),\n',
      { killers: shipped('row-level-security', 'a function') },
    ],
  ]),
  ...mutantsOf('src/trash/repository.ts', UPKEPT, [
    ['the trash shows what is due', 'deleted_at > now() - edgewise.trash_kept()', 'true'],
    [
      'a page of the trash skips what has that id, too',
      'kind < lastType ? sql`<=`',
      'kind < lastType ? sql`<`',
      { killers: killersIn('shipped')('trash') },
    ],
  ]),
  ...mutantsOf('src/upkeep/upkeep.ts', LOGGED, [
    ['one failure ends the run', 'failures[name] = reasonOf(error)', 'throw error'],
    ['the log tells a message', 'if (isSqlState(code)) return code', 'return String(error)'],
    ['a run goes on when nothing is left', 'if (deleted === 0) break', '', { killers: UPKEPT }],
    ['a run makes one step of each', 'step < mostSteps', 'step < 1'],
    ['what is left is not told', 'if (deleted > 0) unfinished.push(name)', ''],
    ['a run makes too many steps', 'MOST_STEPS = 8', 'MOST_STEPS = 10', { killers: UPKEPT }],
  ]),
  ...mutantsOf('src/sync/repository.ts', IN_STEP, [
    ['changes come in another order', 'order by 3, 2, 1 limit', 'order by 2, 3, 1 limit'],
    [
      'a page of one type goes on too far',
      'order by changed_in, id limit ${limit + 1}',
      'order by id limit ${limit + 1}',
    ],
    [
      'whoever is on the way knows what is gone',
      'knowsGone: more ? knowsGone : lastWrite',
      'knowsGone: lastWrite',
      { killers: UPKEPT },
    ],
  ]),
  ...mutantsOf('drizzle/0011_upkeep.sql', IN_STEP, [
    [
      'what is purged of lists is not told',
      "execute function edgewise.bury_removed('list')",
      "execute function edgewise.bury_removed('label')",
    ],
    [
      'a completion that is undone is not told',
      "execute function edgewise.bury_removed('completion')",
      "execute function edgewise.bury_removed('task')",
    ],
    [
      'a digit is rounded down',
      '(from_digit + to_digit + 1) / 2',
      '(from_digit + to_digit) / 2',
      { killers: POSITIONS },
    ],
    ['a fraction may be longer', 'if length(high) > 1 then', 'if false then', { killers: POSITIONS }],
    [
      'a position before the first is another one',
      'case when high_integer collate "C" < high collate "C" then',
      'case when false then',
      { killers: POSITIONS },
    ],
    [
      'numbers grow at the wrong letter',
      "case when head + 1 > ascii('a') then",
      'case when true then',
      { killers: POSITIONS },
    ],
    [
      'numbers shrink at the wrong letter',
      "case when head - 1 < ascii('Z') then",
      'case when true then',
      { killers: POSITIONS },
    ],
    [
      'numbers end before their last letter',
      "if chr(head) = 'z' then return null",
      "if chr(head) = 'y' then return null",
      { killers: POSITIONS },
    ],
    [
      'a task that moves before another is in its own way',
      'position < place and id <> task',
      'position < place',
      { killers: shipped('subtasks') },
    ],
    [
      'a task that moves after another is in its own way',
      'position > place and id <> task',
      'position > place',
      { killers: shipped('subtasks') },
    ],
    [
      'a list that moves before another is in its own way',
      'position < place and id <> list',
      'position < place',
      { killers: shipped('lists') },
    ],
    [
      'a list that moves after another is in its own way',
      'position > place and id <> list',
      'position > place',
      { killers: shipped('lists') },
    ],
  ]),
  ...mutantsOf('drizzle/0015_tombstones.sql', IN_STEP, [
    [
      'of one write, one page of tombstones is told',
      'and (tombstones.changed_in, tombstones.id, tombstones.kind) > (after_write, after_id, after_kind)',
      'and tombstones.changed_in > after_write',
    ],
    [
      'of one id, one tombstone is told',
      'tombstones.id, tombstones.kind) > (after_write, after_id, after_kind)',
      'tombstones.id) > (after_write, after_id)',
      { killers: shipped('sync') },
    ],
    [
      'the tombstones of all are told',
      'tombstones.user_id = (select edgewise.principal())',
      'true',
      { killers: shipped('sync', 'shows nobody') },
    ],
  ]),
  ...mutantsOf('drizzle/0009_writes.sql', IN_STEP, [
    [
      'a write is numbered with its first change',
      '  perform edgewise.write_of(for_user);\n',
      '  perform 1;\n',
      { killers: killersIn('postgres')('concurrency/moves') },
    ],
  ]),
  ...mutantsOf('src/index.ts', UPKEPT, [
    ['nothing is done by the clock', 'scheduled: createUpkeep(config)', 'scheduled: async () => {}'],
  ]),
]
