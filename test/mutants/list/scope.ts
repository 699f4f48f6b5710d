import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const withoutRls = killersIn('without-rls')
const NARROWED = withoutRls('isolation/scope')
const SESSIONS = shipped('sessions')
const onceIn = (operation: string) => shipped('deadlines', `^${operation}, .* is made again only`)

/** The first wall: the owner in every statement, whatever row-level security does. */
export const SCOPE = [
  ...mutantsOf('src/db/owned.ts', NARROWED, [
    ['the owner predicate holds for everyone', 'eq(table.userId, userId)', 'eq(table.userId, table.userId)'],
  ]),
  ...mutantsOf('src/db/user-scope.ts', NARROWED, [
    [
      'select forgets the owner',
      "mine(table, typeof where === 'function' ? where(owner) : where)",
      "(typeof where === 'function' ? where(owner) : where)",
    ],
    [
      'select by id forgets the owner',
      'byId ? mine(table, sql`id in ${ids()}`)',
      'byId ? sql`id in ${ids()}`',
    ],
    ['first forgets the owner', '.where(mine(table, where)).limit(1)', '.where(where).limit(1)'],
    [
      'update forgets the owner',
      '.set(patch)\n        .where(oneOf(table, target))',
      '.set(patch)\n        .where(and(eq(table.id, target.id), target.allowed))',
    ],
    [
      'a function of the database is given anybody’s row',
      'const condition = oneOf(table, target)',
      'const condition = and(eq(table.id, target.id), target.allowed)',
    ],
    [
      'remove forgets the owner',
      '.delete(table).where(oneOf(table, target))',
      '.delete(table).where(and(eq(table.id, target.id), target.allowed))',
    ],
    ['a condition stands without parentheses', 'where && sql`(${where})`', 'where', { killers: NARROWED }],
    ['a change’s condition stands without parentheses', 'allowed && sql`(${allowed})`', 'allowed'],
    [
      'whether there is such a thing is asked of everybody’s',
      'exists (select from ${table} where ${oneOf(table, { id, within })})',
      'exists (select from ${table} where ${eq(table.id, id)})',
    ],
    ['an inserted row may name its owner', '{ ...row, userId }', '{ userId, ...row }'],
    [
      'a selection is not bounded',
      'where(which).orderBy(orderBy).limit(limit)',
      'where(which).orderBy(orderBy)',
    ],
  ]),
  ...mutantsOf('src/db/transactions.ts', NARROWED, [
    ['a request may make several writes', "if (hasWritten) throw new Error('a request makes one write')", ''],
    [
      'no session is asked for',
      'select edgewise.begin_request(${userId}, ${sessionId})',
      'select ${userId}, ${sessionId}',
      { killers: SESSIONS },
    ],
    [
      'an ended session is a fault of ours',
      'throw saysSessionEnded(error) ? new SessionEnded() : error',
      'throw error',
      { killers: SESSIONS },
    ],
    [
      'a write is not made again',
      "await run(\n          'keyed change',",
      "await run(\n          'read' as 'keyed change',",
      { killers: shipped('deadlines', '^changeTask, .* at the deadline') },
    ],
    [
      'what was answered before is not told',
      'if (answers) return answers',
      '',
      { killers: onceIn('changeTask') },
    ],
    [
      'why a write was refused is not told',
      'throw refusalIn(error) ?? error',
      'throw error',
      { killers: shipped('tasks', 'a condition') },
    ],
    [
      'a write is opened for any session',
      'select edgewise.begin_write(${userId}, ${sessionId}, ',
      'select edgewise.begin_write(${userId}, (select id from sessions where user_id = ${userId} limit 1), ',
      { killers: SESSIONS, breaks: true },
    ],
  ]),
  ...mutantsOf('src/db/session-ended.ts', SESSIONS, [
    [
      'any refusal of a login ends the session',
      " && routine === 'exec_stmt_raise'",
      '',
      { killers: shipped('faults', 'a database that refuses') },
    ],
    ['any RAISE ends the session', "code === '28000' && ", '', { killers: shipped('faults failure-table') }],
  ]),
]
