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
    ['select forgets the owner', '.where(mine(table, where)).orderBy', '.where(where).orderBy'],
    ['first forgets the owner', '.where(mine(table, where)).limit(1)', '.where(where).limit(1)'],
    ['update forgets the owner', '.set(patch).where(mine(table, where))', '.set(patch).where(where)'],
    [
      'remove forgets the owner',
      'delete(erased(table)).where(mine(table, where))',
      'delete(erased(table)).where(where)',
    ],
    ['a condition stands without parentheses', 'where && sql`(${where})`', 'where'],
    ['an inserted row may name its owner', '{ ...row, userId }', '{ userId, ...row }'],
    ['a selection is not bounded', '.orderBy(orderBy).limit(limit)', '.orderBy(orderBy)'],
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
      'a batch is repeated like its mildest statement',
      'GRAVITY.indexOf(effect) > GRAVITY.indexOf(worst)',
      'false',
      { killers: onceIn('changeTask') },
    ],
    [
      'an insert is not repeated',
      "statement('idempotent change', query",
      "statement('change', query",
      { killers: onceIn('createTask') },
    ],
    [
      'an insert that is repeated changes the row',
      '{ version: table.version }',
      '{ version: sql`${table.version} + 1` }',
      { killers: onceIn('createTask') },
    ],
    [
      'an update is repeated',
      "effect: Effect = 'change'",
      "effect: Effect = 'idempotent change'",
      { killers: onceIn('changeTask') },
    ],
    [
      'a removal is repeated',
      "statement('change', query",
      "statement('idempotent change', query",
      { killers: onceIn('deleteTask') },
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
