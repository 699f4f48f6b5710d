import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const LISTS = shipped('lists')
const LABELS = shipped('labels trash')
const TREE = shipped('subtasks')
const ORDER = shipped('subtasks lists', 'order')
const TRASH = shipped('trash')
const SYNC = shipped('sync')
const LISTING = shipped('listing')
const BATCH = shipped('batch')
const withoutRls = killersIn('without-rls')('isolation/isolation', 'an id')

/** What the database keeps up by itself, and what is told of it. */
export const MODEL = [
  ...mutantsOf('drizzle/0011_upkeep.sql', TREE, [
    [
      'an id may be given twice',
      'if exists (select from public.tasks where user_id = new.user_id and id = new.id) then',
      'if false then',
      { killers: BATCH },
    ],
    ['a tree may have loops', 'if loops then', 'if false then'],
    ['a tree may have any depth', 'if above + below > 5 then', 'if false then'],
    ['a tree may have one level more', 'if above + below > 5 then', 'if above + below > 6 then'],
    ['what is below does not count', 'if above + below > 5 then', 'if above + 1 > 5 then'],
    ['a task is not in the list of its parent', '    new.list_id := parent.list_id;\n', ''],
    [
      'a task may leave the list of its parent',
      'and list_id is distinct from new.list_id\n    ) then',
      'and false\n    ) then',
    ],
    [
      'a task may be in any list',
      'and id = new.list_id and (deleted_at is null or new.deleted_at is not null)\n    ) then',
      'and true\n    ) then',
      { killers: LISTS },
    ],
    [
      'a task may be in a list of somebody else’s',
      'where user_id = new.user_id and id = new.list_id and (deleted_at is null or',
      'where id = new.list_id and (deleted_at is null or',
      { killers: withoutRls, breaks: true },
    ],
    [
      'a task may be below somebody else’s',
      'where user_id = new.user_id and id = new.parent_id and (deleted_at is null or',
      'where id = new.parent_id and (deleted_at is null or',
      { killers: withoutRls, breaks: true },
    ],
    [
      'a task may have somebody else’s labels',
      'where user_id = new.user_id and id = any (new.label_ids) and deleted_at is null',
      'where id = any (new.label_ids) and deleted_at is null',
      { killers: withoutRls, breaks: true },
    ],
    [
      'a task may stand beside somebody else’s',
      'where user_id = of_user and id = coalesce(before_task, after_task) and id <> task',
      'where id = coalesce(before_task, after_task) and id <> task',
      { killers: withoutRls },
    ],
    [
      'a label may be on a task twice',
      "if (tg_op = 'INSERT' or new.label_ids is distinct from old.label_ids) and",
      'if false and',
      { killers: LABELS },
    ],
    [
      'labels may have one name',
      "perform edgewise.refuse('EW409', 'name', 'is that of another label of yours');",
      'null;',
      { killers: LABELS, breaks: true },
    ],
    [
      'a label in the trash stays on its tasks',
      'set label_ids = array_remove(label_ids, new.id)',
      'set label_ids = label_ids',
      { killers: LABELS },
    ],
    [
      'a label comes back to no task',
      'set label_ids = label_ids || new.id',
      'set label_ids = label_ids',
      { killers: LABELS },
    ],
    [
      'what comes after comes before',
      'return edgewise.position_between(neighbour, place);\n  end if;\n  select min(position) into neighbour from public.tasks',
      'return edgewise.position_between(place, null);\n  end if;\n  select min(position) into neighbour from public.tasks',
      { killers: ORDER, breaks: true },
    ],
    [
      'what comes back keeps a parent in the trash',
      '    if exists (select from public.tasks where user_id = new.user_id and id = new.parent_id and deleted_at is not null) then\n      new.parent_id := null;\n    end if;\n',
      '',
      { killers: TRASH },
    ],
    [
      'one may have any number of tasks',
      "when 'tasks' then tasks > 100000",
      "when 'tasks' then false",
      { killers: TRASH },
    ],
    [
      'one may have one task more',
      "when 'tasks' then tasks > 100000",
      "when 'tasks' then tasks > 100001",
      { killers: TRASH },
    ],
    [
      'one may have any number of lists',
      "when 'lists' then lists > 500",
      "when 'lists' then false",
      { killers: TRASH },
    ],
    ['one may have any number of labels', 'else labels > 500 end', 'else false end', { killers: TRASH }],
    [
      'what is purged is not told',
      "execute function edgewise.bury_removed('task')",
      "execute function edgewise.bury_removed('list')",
      { killers: SYNC },
    ],
    ['accents matter', "'[\\u0300-\\u036f]+', '', 'g'", "'x^', '', 'g'", { killers: LISTING }],
    ['a search is for whole words', "|| ''':*', ' & '", "|| '''', ' & '", { killers: LISTING }],
    [
      'an address is one word',
      "/@.:_-+=&?#%~|\\', 'oOlLdDiI               '",
      "', 'oOlLdDiI'",
      { killers: LISTING },
    ],
    [
      'any words are in the index',
      'case when pg_column_size(words) <= 1200 then words end',
      'words',
      { killers: LISTING },
    ],
    ['a search is for any of the words', "''':*', ' & '", "''':*', ' | '", { killers: LISTING }],
    [
      'notes weigh as much as a title',
      "edgewise.plain(notes)), 'B')",
      "edgewise.plain(notes)), 'A')",
      { killers: shipped('listing', 'puts first') },
    ],
  ]),
  ...mutantsOf('drizzle/0019_along.sql', TREE, [
    ['what is purged counts on', 'tasks = tasks - case', 'tasks = tasks - 0 * case', { killers: TRASH }],
    ['what is below stays in its list', 'set list_id = new.list_id where', 'set list_id = list_id where'],
    ['what is below stays open', "along := edgewise.below(new.user_id, new.id, 'open');", ''],
    [
      'what was done before is reopened',
      "when 'completed along' then completed_with = along_with",
      "when 'completed along' then true",
    ],
    ['what is below stays out of the trash', "along := edgewise.below(new.user_id, new.id, 'there');", ''],
    [
      'a list goes into the trash without its tasks',
      'and list_id = new.id and deleted_at is null;',
      'and false;',
      { killers: LISTS },
    ],
    [
      'a list comes back without its tasks',
      'and list_id = new.id and deleted_with = new.id;',
      'and false;',
      { killers: TRASH },
    ],
    [
      'what went before comes back, too',
      "when 'deleted along' then deleted_with = along_with",
      "when 'deleted along' then true",
      { killers: TRASH },
    ],
    [
      'what is in the trash is completed',
      "when 'open' then deleted_at is null and completed_at is null",
      "when 'open' then completed_at is null",
    ],
    [
      'what is done is completed again',
      "when 'open' then deleted_at is null and completed_at is null",
      "when 'open' then deleted_at is null",
    ],
    [
      'what was deleted before goes along',
      "when 'there' then deleted_at is null",
      "when 'there' then true",
      { killers: TRASH },
    ],
    [
      'what is in the trash stays in another list',
      "when 'all' then true",
      "when 'all' then deleted_at is null",
    ],
    [
      'what goes along is not in the history',
      'and id = any (along || new.id);\n  elsif',
      'and id = new.id;\n  elsif',
    ],
    [
      'what is reopened along stays in the history',
      'and task_id = any (along || new.id)',
      'and task_id = new.id',
    ],
    [
      'what is found by its words is what it was called first',
      'create trigger words before insert or update of title, notes on tasks',
      'create trigger words before insert on tasks',
      { killers: LISTING },
    ],
    [
      'what was done at another time is undone, too',
      'and completed_at = old.completed_at\n',
      '\n',
      { killers: shipped('import') },
    ],
    [
      'a list brings back what was deleted before it',
      'and list_id = new.id and deleted_with = new.id;',
      'and list_id = new.id;',
      { killers: TRASH },
    ],
    [
      'a list gives what was deleted before it another day to go',
      'where user_id = new.user_id and list_id = new.id and deleted_at is null;',
      'where user_id = new.user_id and list_id = new.id;',
      { killers: TRASH },
    ],
    [
      'what a trigger walks is somebody else’s',
      'on tasks.user_id = of_user and tasks.parent_id = tree.id\n      where case way',
      'on tasks.parent_id = tree.id\n      where case way',
      { killers: killersIn('without-rls')('isolation/along') },
    ],
  ]),
  ...mutantsOf('src/tasks/selection.ts', LISTING, [
    [
      'a long text of somebody else’s is searched',
      'select id from tasks where user_id = ${owner} and search is null',
      'select id from tasks where search is null',
      { killers: killersIn('without-rls')('isolation/search') },
    ],
    [
      'a long text is ranked by somebody else’s',
      'where long.user_id = "tasks"."user_id" and long.id',
      'where long.id',
      { killers: killersIn('without-rls')('isolation/search') },
    ],
    ['a long text is not searched', ' or ${SEARCH} is null and', ' or false and'],
    ['a long text has no rank', 'select ts_rank(${LONG_SEARCH}, ${query})', 'select 0'],
    [
      'the trash is listed',
      '    isNull(tasks.deletedAt),\n    when(',
      '    when(',
      { killers: shipped('trash tasks subtasks') },
    ],
    ['a day is the same everywhere', 'MOST_DAYS_APART = 2', 'MOST_DAYS_APART = 0'],
    [
      'a place of its own is not looked at',
      'case when ${tasks.dueTimeZone} is null then',
      'case when true then',
    ],
    ['what is done is overdue', '${tasks.completedAt} is null\n    and', 'true\n    and'],
    [
      'a page by date goes on where it was',
      '(${tasks.dueKey}, ${tasks.id}) >',
      '(${tasks.dueKey}, ${tasks.id}) >=',
    ],
  ]),
  ...mutantsOf('src/sync/repository.ts', SYNC, [
    ['what has been forgotten is not missed', 'knowsGone < forgotten || ', ''],
    ['a token of the future is good', ' || write > lastWrite', ''],
    ['a page tells one change again', ': sql`> ${place}`', ': sql`>= ${place}`'],
    ['a page skips changes', 'own > type ? sql`>= ${place}`', 'own > type ? sql`> ${place}`'],
  ]),
  ...mutantsOf('src/batch/operations.ts', BATCH, [
    ['an operation has no condition', '? [asked.ifVersion] : undefined', '? undefined : undefined'],
    ['an error names the first operation', 'step ?? 0', '0'],
  ]),
]
