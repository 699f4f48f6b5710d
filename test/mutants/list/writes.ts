import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const KEYS = shipped('idempotency')
const CHANGING = shipped('tasks', 'changing a task|the completion of a task')
const CONDITION = shipped('tasks', 'a condition')
const REPEATED = shipped('faults deadlines', 'a write whose answer was lost|is made again only')

/** What makes a write once: its key, the user's turn, the answer that is kept. */
export const WRITES = [
  ...mutantsOf('drizzle/0009_writes.sql', KEYS, [
    ['an answer is given for ever', ' and expires_at > now()', ''],
    ['any request gets the answer of the key', 'if earlier.request <> of_request then', 'if false then'],
    ['a key is everybody’s', 'where user_id = for_user and key = write_key', 'where key = write_key'],
    ['no answer is found', 'if not found then', 'if true then'],
    ['answers are never deleted', 'where expires_at < now() limit 5', 'where false limit 5'],
    [
      'answers that somebody may ask for are deleted',
      'where expires_at < now() limit 5',
      'where true limit 5',
    ],
    [
      'writes of a user do not take turns',
      '  perform edgewise.write_of(for_user);\n',
      '',
      { killers: killersIn('postgres')('concurrency/idempotency') },
    ],
    [
      'a missing thing is a stale one',
      'if answer is null and is_there then',
      'if answer is null then',
      { killers: CONDITION },
    ],
    [
      'a stale thing is a missing one',
      'if answer is null and is_there then',
      'if false then',
      { killers: CONDITION },
    ],
    [
      'what changes nothing answers all the same',
      'elsif answer is null then',
      'elsif false then',
      { killers: CONDITION, breaks: true },
    ],
    [
      'everybody may open a write',
      'edgewise.write_of(uuid), edgewise.begin_write(uuid, uuid, text, text), edgewise.changed',
      'edgewise.changed',
      { killers: shipped('row-level-security', 'a function') },
    ],
    [
      'the data role sets versions itself',
      'revoke update (version, updated_at) on tasks from edgewise_api',
      'select 1',
      { killers: shipped('row-level-security', 'the data role') },
    ],
  ]),
  ...mutantsOf('drizzle/0019_along.sql', CHANGING, [
    ['a change raises no version', 'old.version + 1', 'old.version'],
    ['what sets the same values raises the version', 'if new is not distinct from old then', 'if false then'],
    ['a change does not tell its time', '    new.updated_at := now();\n', ''],
  ]),
  ...mutantsOf('src/http/idempotency.ts', KEYS, [
    ['a key may be any text', '/^[\\x21-\\x7e]{1,255}$/', '/^/'],
    ['a key may be longer', '{1,255}$/', '{1,256}$/'],
    ['a key does not belong to its method', '[request.method, pathname', '["", pathname'],
    ['a key does not belong to its path', 'pathname + search', '""'],
    ['a key does not belong to its condition', "request.header('If-Match') ?? null", 'null'],
    ['a key does not belong to its body', 'bytes.set(body, text.length)', ''],
    ['an answer is kept for less than a day', "'24 hours'", "'23 hours'"],
    ['an answer is kept for more than a day', "'24 hours'", "'25 hours'"],
    ['reading takes a key', ' && !SAFE.has(c.req.method)', '', { lives: 'what reads does not look at it' }],
  ]),
  ...mutantsOf('src/db/write.ts', KEYS, [
    ['what nobody can ask for is kept for a day', "keptFor: '1 hour'", "keptFor: '24 hours'"],
    [
      'all writes without a key have the same',
      'once:${crypto.randomUUID()}',
      'once:',
      { killers: shipped('tasks', 'listing tasks') },
    ],
    ['a stale thing is a missing one', "EW412: 'stale'", "EW412: 'missing'", { killers: CONDITION }],
    [
      'any error of the kind has answers',
      "code !== 'EW200' || ",
      '',
      { killers: REPEATED, lives: 'no other error of ours names a constraint that is JSON' },
    ],
  ]),
  ...mutantsOf('src/auth/gate.ts', KEYS, [
    ['no key is looked at', 'c.var.writeKey ?? oneTimeKey()', 'oneTimeKey()'],
  ]),
]
