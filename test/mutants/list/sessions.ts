import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const LIST = shipped('own-sessions', 'the list')
const ENDING = shipped('own-sessions', 'ending')
const ANY_SQL = shipped('own-sessions', 'whatever SQL')
const DEVICE = shipped('own-sessions', 'a device')

const NEXT = ';\n--> statement-breakpoint\n'

/** One's own sessions: seen without tokens, and ended. */
export const SESSIONS = [
  ...mutantsOf('drizzle/0006_own_sessions.sql', ANY_SQL, [
    [
      'anybody’s sessions are listed',
      'where sessions.user_id = (select edgewise.principal())\n    and sessions.expires_at',
      'where sessions.expires_at',
    ],
    [
      'anybody’s session can be ended',
      'where sessions.id = session_id\n    and sessions.user_id = (select edgewise.principal())',
      'where sessions.id = session_id',
    ],
    [
      'everybody’s sessions end with the others',
      'where sessions.user_id = (select edgewise.principal()) and sessions.id <> kept_id',
      'where sessions.id <> kept_id',
    ],
    ['the current session ends with the others', ' and sessions.id <> kept_id', '', { killers: ENDING }],
    ['ending all but none ends all', 'sessions.id <> kept_id', 'sessions.id is distinct from kept_id'],
    [
      'a list has dead sessions',
      '    and sessions.expires_at > now()\n    and (before',
      '    and (before',
      { killers: LIST },
    ],
    [
      'a dead session can be ended',
      '    and sessions.expires_at > now()\n  returning',
      '  returning',
      { killers: LIST },
    ],
    ['a list says tokens', 'left(sessions.user_agent, 256)', 'sessions.token', { killers: LIST }],
    [
      'anybody may call the functions',
      '  from public;',
      `  from public${NEXT}grant execute on function edgewise.my_sessions(uuid, integer) to public;`,
    ],
    [
      'a page begins where it should not',
      'sessions.id < before_id',
      'sessions.id <= before_id',
      { killers: LIST },
    ],
  ]),
  ...mutantsOf('src/sessions/repository.ts', LIST, [
    ['no session is the current one', 'id = ${scope.sessionId}::uuid as current', 'false as current'],
    [
      'the current session is kept by nobody',
      'end_my_other_sessions(${scope.sessionId}::uuid)',
      'end_my_other_sessions(gen_random_uuid())',
      { killers: ENDING },
    ],
  ]),
  ...mutantsOf('src/sessions/device.ts', DEVICE, [
    ['an agent may be any length', 'MAX_AGENT_CHARACTERS = 256', 'MAX_AGENT_CHARACTERS = 1e9'],
    ['a name may be any text', ' && NAME.test(name)', ''],
    ['a name may be longer', 'MAX_NAME_CHARACTERS = 40', 'MAX_NAME_CHARACTERS = 41'],
  ]),
]
