import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const FORGETFUL = shipped('row-level-security', 'a statement that forgets its owner')
const FORGED = shipped('row-level-security', 'a forged principal')
const RIGHTS = shipped('row-level-security', 'may not: |a function')
const ROWS = shipped('row-level-security', 'a row')
const SESSIONS = shipped('sessions')

const NEXT = ';\n--> statement-breakpoint\n'
const HASH = "convert_to(of_user, 'UTF8') || int4send(pg_backend_pid()) || timestamptz_send(now())"
const PRINCIPAL = '(user_id = (select edgewise.principal()))'
const SEARCH_PATH = '\nset search_path = pg_catalog, pg_temp'

/** The second wall and the third: policies, the sealed principal, grants, keys. */
export const DATABASE = [
  ...mutantsOf('drizzle/0000_principal.sql', FORGED, [
    ['a principal needs no seal', "substr(claim, 37) = ':' || edgewise.seal(value, left(claim, 36))", 'true'],
    ['a seal is not over the user', "convert_to(of_user, 'UTF8')", "convert_to('', 'UTF8')"],
    ['a seal outlives its transaction', 'timestamptz_send(now())', "timestamptz_send('epoch')"],
    ['a seal is made without the secret', `secret || ${HASH} || secret`, HASH],
    [
      'a seal is not bound to its backend',
      'int4send(pg_backend_pid())',
      'int4send(0)',
      {
        lives: 'two backends would have to begin their transactions in the same microsecond',
      },
    ],
    [
      'a claim may have any length',
      'length(claim) = 101 and ',
      '',
      {
        lives: 'the comparison of the seal implies the length; this only spares the hash',
      },
    ],
    [
      'the secret is not random',
      '(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))',
      "('secret'::bytea)",
      { killers: RIGHTS },
    ],
    ['principal() looks things up where its caller says', SEARCH_PATH, '', { killers: RIGHTS }],
    [
      'everybody may make seals',
      'revoke all on function edgewise.seal(bytea, text), edgewise.principal() from public',
      'select 1',
      { killers: RIGHTS },
    ],
    [
      'the data role may read the secret',
      'grant usage on schema edgewise to edgewise_api',
      `grant usage on schema edgewise to edgewise_api${NEXT}grant select on edgewise.seal_secret to edgewise_api`,
      { killers: RIGHTS },
    ],
  ]),
  ...mutantsOf('drizzle/0001_tables.sql', FORGETFUL, [
    ['tasks have no row-level security', 'ALTER TABLE "tasks" ENABLE ROW LEVEL SECURITY;', 'SELECT 1;'],
    ['the policy lets all rows be seen', `USING ${PRINCIPAL}`, 'USING (true)'],
    ['the policy lets any row be written', `WITH CHECK ${PRINCIPAL}`, 'WITH CHECK (true)'],
    [
      'the key is without the owner',
      'PRIMARY KEY("user_id","id")',
      'PRIMARY KEY("id"), UNIQUE("user_id","id")',
      { killers: shipped('isolation/isolation', 'two people happen to share') },
    ],
    [
      'tasks outlive their user',
      '"tasks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade',
      '"tasks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id")',
      { killers: shipped('tasks', 'a user who is deleted') },
    ],
    [
      'sign-in methods outlive their user',
      '"accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade',
      '"accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id")',
      { killers: shipped('sessions', 'its user is gone') },
    ],
    [
      'sessions outlive their user',
      '"sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade',
      '"sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id")',
      { killers: shipped('sessions', 'its user is gone') },
    ],
    ['a title has any length', 'char_length(title) between 1 and 500', 'true', { killers: ROWS }],
    ['notes have any length', 'char_length(notes) <= 16384', 'true', { killers: ROWS }],
    ['a priority is any number', 'priority between 0 and 3', 'true', { killers: ROWS }],
    ['a time needs no day', '(due_time is null or due_date is not null)', 'true', { killers: ROWS }],
    [
      'a time zone needs no time',
      '(due_time_zone is null or due_time is not null)',
      'true',
      { killers: ROWS },
    ],
    [
      'two users have one address',
      'CONSTRAINT "users_email_unique" UNIQUE("email")',
      'CHECK (true)',
      { killers: ROWS },
    ],
    [
      'two sessions have one token',
      'CONSTRAINT "sessions_token_unique" UNIQUE("token")',
      'CHECK (true)',
      { killers: ROWS },
    ],
    [
      'two users have one sign-in method',
      'CONSTRAINT "accounts_provider_id_account_id_unique" UNIQUE("provider_id","account_id")',
      'CHECK (true)',
      { killers: ROWS },
    ],
  ]),
  ...mutantsOf(
    'drizzle/0011_upkeep.sql',
    ROWS,
    ['tasks', 'lists', 'labels', 'task_labels', 'completions'].map(
      (table) =>
        [
          `row-level security of ${table} is not for the owner`,
          `alter table ${table} force row level security`,
          'select 1',
        ] as const,
    ),
  ),
  ...mutantsOf('drizzle/0002_grants.sql', RIGHTS, [
    ['any session of the user will do', 'sessions.id = in_session', 'true', { killers: SESSIONS }],
    ["another's session will do", '\n      and sessions.user_id = for_user', '', { killers: SESSIONS }],
    ['an expired session will do', '\n      and sessions.expires_at > now()', '', { killers: SESSIONS }],
    ['a disabled user will do', '\n      and users.disabled_at is null', '', { killers: SESSIONS }],
    ['no session at all will do', 'if claim is null then', 'if false then', { killers: SESSIONS }],
    [
      'a session that is not live has another SQLSTATE',
      "'invalid_authorization_specification'",
      "'raise_exception'",
      { killers: SESSIONS },
    ],
    [
      'the principal is set for the whole session',
      "set_config('app.principal', claim, true)",
      "set_config('app.principal', claim, false)",
      {
        killers: FORGED,
        lives: 'its seal is good for one transaction, and Neon resets each session',
      },
    ],
    [
      "every user's profile is one's own",
      'where users.id = edgewise.principal()',
      'where true',
      { killers: shipped('row-level-security', 'reads of a profile') },
    ],
    ['guards look things up where their caller says', SEARCH_PATH, '', { times: 2 }],
    [
      'everybody may call the guards',
      'revoke all on function edgewise.begin_request(uuid, uuid), edgewise.my_profile() from public',
      'select 1',
    ],
    [
      'roles may make tables',
      'revoke create on schema public from public',
      'grant create on schema public to public',
    ],
    [
      'roles may make temporary tables',
      'revoke temporary on database %I from public',
      'grant temporary on database %I to public',
    ],
    [
      'the data role may empty tables',
      'grant select, insert, delete on tasks',
      'grant select, insert, delete, truncate on tasks',
    ],
    ['the data role may change the owner', 'grant update (title,', 'grant update (user_id, title,'],
    ['the data role may change an id', 'grant update (title,', 'grant update (id, title,'],
    [
      'the data role may change when a task was made',
      'grant update (title,',
      'grant update (created_at, title,',
    ],
    [
      'the data role may read private keys',
      'grant select (id, public_key, alg, crv, created_at, expires_at) on jwks',
      'grant select on jwks',
    ],
    [
      'the data role may change keys',
      'grant select (id, public_key, alg, crv, created_at, expires_at) on jwks',
      'grant select (id, public_key), update (public_key) on jwks',
    ],
    [
      'the data role may read sessions and the like',
      'sessions, accounts, verifications, jwks to edgewise_auth',
      'sessions, accounts, verifications, jwks to edgewise_auth, edgewise_api',
    ],
    [
      'the data role may read users',
      'grant select, insert on users to edgewise_auth',
      'grant select, insert on users to edgewise_auth, edgewise_api',
    ],
    [
      'the sign-in role may read tasks',
      'grant select, insert, delete on tasks to edgewise_api',
      'grant select, insert, delete on tasks to edgewise_api, edgewise_auth',
    ],
    ['the sign-in role may enable and disable', 'grant update (name,', 'grant update (disabled_at, name,'],
    ['the sign-in role may change the id of a user', 'grant update (name,', 'grant update (id, name,'],
  ]),
]
