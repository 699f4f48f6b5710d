import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const LISTS = shipped('lists')
const LABELS = shipped('labels')
const TRASH = shipped('trash')
const SYNC = shipped('sync')
const COMPLETIONS = shipped('completions')
const BATCH = shipped('batch')
const RECURRENCE = shipped('recurrence')

/** Lists, labels and what else one has beside tasks: how it is asked for, changed and told. */
export const THINGS = [
  ...mutantsOf('src/lists/repository.ts', LISTS, [
    ['a list in the trash is changed', '    within: isNull(lists.deletedAt),\n', ''],
    [
      'a list in the trash is read',
      'and(eq(lists.id, id), isNull(lists.deletedAt))',
      'and(eq(lists.id, id))',
    ],
    [
      'the trash is listed',
      '          isNull(lists.deletedAt),\n          archivedIs(archived),\n',
      '          archivedIs(archived),\n',
    ],
    ['a condition is left out', 'allowed: allowedBy(lists.version, versions)', 'allowed: undefined'],
    ['archived or not is all the same', '          archivedIs(archived),\n', ''],
    ['what is archived is what is not', 'return archived ? isNotNull', 'return !archived ? isNotNull'],
    [
      'a page begins where the one before ended',
      'gt(lists.position, afterPosition)',
      'sql`${lists.position} >= ${afterPosition}`',
    ],
    ['archiving again is at another time', 'coalesce(${lists.archivedAt}, now())', 'now()'],
    ['a new name brings a list back', '...(archived !== undefined && {', '...(true && {'],
    [
      'before is after',
      '${before ?? null}::uuid, ${after ?? null}::uuid',
      '${after ?? null}::uuid, ${before ?? null}::uuid',
    ],
    [
      'a deleted list is not in the trash',
      '{ deletedAt: sql`now()`, deletedWith: id }',
      '{ deletedAt: sql`now()` }',
      { killers: TRASH },
    ],
  ]),
  ...mutantsOf('src/lists/routes.ts', LISTS, [
    ['a cursor fits any filter', "`lists?archived=${archived ?? ''}`", "'lists'"],
    ['there is one page', 'limit: limit + 1', 'limit'],
    ['a new list has no address', "    c.header('Location', `/v1/lists/${list.id}`)\n", ''],
    [
      'a copy is never current',
      "    if (isCurrent(c.req.valid('header')['if-none-match'], etag)) return c.body(null, 304)\n",
      '',
    ],
    [
      'a change has no condition',
      ".change(id, c.req.valid('json'), c.req.valid('header')['if-match'])",
      ".change(id, c.req.valid('json'), undefined)",
    ],
    [
      'a move has no condition',
      ".move(id, c.req.valid('json'), c.req.valid('header')['if-match'])",
      ".move(id, c.req.valid('json'), undefined)",
    ],
    [
      'a deletion has no condition',
      ".remove(c.req.valid('param').id, c.req.valid('header')['if-match'])",
      ".remove(c.req.valid('param').id, undefined)",
    ],
    [
      'a moved list has no tag',
      ".move(id, c.req.valid('json'), c.req.valid('header')['if-match'])\n    c.header('ETag', etagOf(list.version))\n",
      ".move(id, c.req.valid('json'), c.req.valid('header')['if-match'])\n",
    ],
  ]),
  ...mutantsOf('src/lists/contract.ts', LISTS, [
    ['a name may be longer', 'MAX_NAME_CHARACTERS = 200', 'MAX_NAME_CHARACTERS = 201'],
    ['a name may be shorter', 'MAX_NAME_CHARACTERS = 200', 'MAX_NAME_CHARACTERS = 199'],
    ['a name is not trimmed', 'max: MAX_NAME_CHARACTERS, trim: true', 'max: MAX_NAME_CHARACTERS'],
    ['a new list may have more fields', 'NewList = z\n  .strictObject(', 'NewList = z\n  .object('],
    ['a patch may have more fields', 'ListPatch = z\n  .strictObject(', 'ListPatch = z\n  .object('],
    ['a move may have more fields', 'ListMove = z\n  .strictObject(', 'ListMove = z\n  .object('],
    ['a list is moved to two places', 'before === undefined || after === undefined', 'true'],
    ['archived may be any word', ".enum(['true', 'false'], 'must be true or false')", '.string()'],
    ['not archived is archived', "(value) => value === 'true'", '(value) => Boolean(value)'],
  ]),
  ...mutantsOf('src/labels/repository.ts', LABELS, [
    [
      'a label in the trash is changed',
      '    within: isNull(labels.deletedAt),\n',
      '',
      { killers: shipped('trash labels') },
    ],
    [
      'a label in the trash is read',
      'and(eq(labels.id, id), isNull(labels.deletedAt))',
      'and(eq(labels.id, id))',
    ],
    ['the trash is listed', 'where: and(\n          isNull(labels.deletedAt),\n', 'where: and(\n'],
    ['a condition is left out', 'allowed: allowedBy(labels.version, versions)', 'allowed: undefined'],
    [
      'a page goes on by letter case',
      'lower(${labels.name}) > lower(${afterName}::text)',
      '${labels.name} > ${afterName}::text',
    ],
    ['labels come by letter case', 'asc(sql`lower(${labels.name})`)', 'asc(labels.name)'],
    [
      'a deleted label is not in the trash',
      '{ deletedAt: sql`now()`, deletedWith: id }',
      '{ deletedAt: sql`now()` }',
      { killers: TRASH },
    ],
  ]),
  ...mutantsOf('src/labels/routes.ts', LABELS, [
    ['there is one page', 'limit: limit + 1', 'limit'],
    ['a new label has no address', "    c.header('Location', `/v1/labels/${label.id}`)\n", ''],
    [
      'a change has no condition',
      "      c.req.valid('header')['if-match'],\n    )\n",
      '      undefined,\n    )\n',
    ],
    [
      'a deletion has no condition',
      ".remove(c.req.valid('param').id, c.req.valid('header')['if-match'])",
      ".remove(c.req.valid('param').id, undefined)",
    ],
    ['a changed label has no tag', "    )\n    c.header('ETag', etagOf(label.version))\n", '    )\n'],
  ]),
  ...mutantsOf('src/labels/contract.ts', LABELS, [
    ['a name may be longer', 'MAX_NAME_CHARACTERS = 100', 'MAX_NAME_CHARACTERS = 101'],
    ['a name may be shorter', 'MAX_NAME_CHARACTERS = 100', 'MAX_NAME_CHARACTERS = 99'],
    ['a new label may have more fields', 'NewLabel = z\n  .strictObject(', 'NewLabel = z\n  .object('],
    ['a patch may have more fields', 'LabelPatch = z\n  .strictObject(', 'LabelPatch = z\n  .object('],
  ]),
  ...mutantsOf('src/trash/routes.ts', TRASH, [
    ['there is one page', 'limit: limit + 1', 'limit'],
    ['a cursor may be of the year 0', '.regex(/^(?!0000)/)', ''],
    ['a cursor may be of any id', '  z.uuid(),\n])', '  z.string(),\n])'],
    ['when it was deleted is not told', '({ ...thing, deletedAt: deleted_at })', '({ ...thing })'],
  ]),
  ...mutantsOf('src/sync/routes.ts', SYNC, [
    ['a token may be of any number', '/^\\d{1,15}$/', '/^\\d+$/'],
    ['a token may be of any id', 'z.uuid()', 'z.string()'],
    ['a token may be of any type', 'z.string().regex(/^[a-z]*$/)', 'z.string()'],
    [
      'what a client knows is gone is where it is',
      'knowsGone: Number(knowsGone)',
      'knowsGone: Number(write)',
    ],
    [
      'a token is of no type',
      'return { write: Number(write), id, type,',
      "return { write: Number(write), id, type: '',",
    ],
  ]),
  ...mutantsOf('src/sync/contract.ts', SYNC, [
    ['there may be no changes', '/^([1-9]\\d?|100)$/', '/^(\\d{1,2}|100)$/'],
    ['there may be one change more', '|100)$/', '|10[01])$/'],
    ['fewer changes are told', '.default(MAX_CHANGES)', '.default(50)'],
    [
      'a query may hold anything',
      'SyncQuery = z.strictObject(',
      'SyncQuery = z.object(',
      { killers: shipped('round-trips', 'if the edge can refuse it: sync') },
    ],
  ]),
  ...mutantsOf('src/completions/repository.ts', COMPLETIONS, [
    [
      'what one task is asked for is told of all',
      'task === undefined ? undefined : eq(completions.taskId, task)',
      'undefined',
    ],
    ['the first comes first', '${completions.completedAt} desc', '${completions.completedAt} asc'],
    [
      'a page skips what was done at once',
      '(${completions.completedAt}, ${completions.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)',
      '${completions.completedAt} < ${after[0]}::timestamptz',
    ],
    ['a page begins where the one before ended', '${completions.id}) < (', '${completions.id}) <= ('],
  ]),
  ...mutantsOf('src/completions/routes.ts', COMPLETIONS, [
    ['there is one page', 'limit: limit + 1', 'limit'],
    ['a cursor fits any task', "`completions?task=${task ?? ''}`", "'completions?task='"],
    ['a cursor may be of the year 0', '.regex(/^(?!0000)/)', ''],
    ['a cursor may be of any id', ', z.uuid()])', ', z.string()])'],
  ]),
  ...mutantsOf('src/completions/contract.ts', COMPLETIONS, [
    ['a task may be anything', 'task: id.optional()', 'task: z.string().optional()'],
  ]),
  ...mutantsOf('src/batch/contract.ts', BATCH, [
    ['there may be one operation less', 'MAX_OPERATIONS = 100', 'MAX_OPERATIONS = 99'],
    ['there may be no operation', ".min(1, 'must hold at least one')", ''],
    ['a version may be 0', '  .positive()\n', ''],
    ['a version may be larger than there is', '  .max(MAX_VERSION)\n', ''],
    [
      'no occurrence is named',
      "'completeTask', 'task').extend(completing)",
      "'completeTask', 'task').extend({ timeZone: completing.timeZone })",
    ],
    [
      'what is made may have an id beside it',
      'z.strictObject({ operation: z.literal(operation), body })',
      'z.object({ operation: z.literal(operation), body })',
    ],
  ]),
  ...mutantsOf('src/batch/operations.ts', BATCH, [
    [
      'a move has no condition',
      'tasks.move(asked.id, asked.body, versions)',
      'tasks.move(asked.id, asked.body, undefined)',
    ],
    [
      'a completion has no condition',
      'tasks.complete(asked.id, asked, versions)',
      'tasks.complete(asked.id, asked, undefined)',
    ],
    [
      'a list is changed without its condition',
      'lists.change(asked.id, asked.body, versions)',
      'lists.change(asked.id, asked.body, undefined)',
    ],
    [
      'a label is deleted without its condition',
      'labels.remove(asked.id, versions)',
      'labels.remove(asked.id, undefined)',
    ],
    ['a field is in a body that there is not', "'body' in (operations[at] ?? {})", 'true'],
  ]),
  ...mutantsOf('src/recurrence/work-out.ts', RECURRENCE, [
    [
      'what counts from completion is worked out',
      "if (!due || recurrence?.from !== 'schedule') return",
      'if (!due || !recurrence) return',
    ],
    [
      'a series starts when it is due',
      'occurrencesAfter(day, { rule, start, time, timeZone })',
      'occurrencesAfter(day, { rule, start: day, time, timeZone })',
    ],
    [
      'a series has no time',
      'occurrencesAfter(day, { rule, start, time, timeZone })',
      'occurrencesAfter(day, { rule, start, timeZone })',
    ],
    [
      'a series is in no place',
      'occurrencesAfter(day, { rule, start, time, timeZone })',
      'occurrencesAfter(day, { rule, start, time })',
    ],
    [
      'a rule that never comes true is a fault',
      'throw error instanceof NeverAgain ? NEVER_AGAIN : error',
      'throw error',
      { breaks: true },
    ],
    [
      'further days are those of another time',
      'occurrencesAfter(after, series)',
      'occurrencesAfter(after, { ...series, time: null })',
    ],
    [
      'further days are those of another place',
      'occurrencesAfter(after, series)',
      'occurrencesAfter(after, { ...series, timeZone: null })',
    ],
    [
      'further days are those of another start',
      'occurrencesAfter(after, series)',
      'occurrencesAfter(after, { ...series, start: after })',
    ],
    ['a rule that never came true is a fault', '.catch(ended)', '', { breaks: true }],
    ['a series that never comes true goes on', 'return [END]', 'return []'],
  ]),
  ...mutantsOf('src/recurrence/contract.ts', RECURRENCE, [
    ['a rule may be longer', 'MAX_RULE_CHARACTERS = 255', 'MAX_RULE_CHARACTERS = 256'],
    ['a rule may be shorter', 'MAX_RULE_CHARACTERS = 255', 'MAX_RULE_CHARACTERS = 254'],
    ['a rule is kept as it was written', '  .toUpperCase()\n', ''],
    [
      'what is not told counts from completion',
      ".default('schedule').openapi",
      ".default('completion').openapi",
    ],
    ['a series may start on any text', 'start: date.optional()', 'start: z.string().optional()'],
    ['a recurrence may have more fields', '.strictObject({', '.object({'],
    ['any rule counts from completion', 'faultIn(rule, from)', "faultIn(rule, 'schedule')"],
  ]),
]
