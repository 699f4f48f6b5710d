/** Something done to a database that was set up, and what is to be said of it. */
type Sabotage = [what: string, sql: string, sentence: string]

/** What no migration may do either: the command says it in these words. */
export const BREACHES: Sabotage[] = [
  [
    'row-level security off',
    'alter table tasks disable row level security',
    'row-level security is off on public.tasks',
  ],
  [
    'it not forced',
    'alter table tasks no force row level security',
    'row-level security is not forced on public.tasks',
  ],
  ['no policy', 'drop policy tasks_own_rows on tasks', 'public.tasks has no row-level-security policy'],
  [
    'a grant on sessions',
    'grant select on sessions to edgewise_api',
    'row-level security is off on public.sessions',
  ],
  [
    'a grant on users',
    'grant select (email) on users to edgewise_api',
    'edgewise_api can reach public.users',
  ],
  ['a grant to everybody', 'grant select on tasks to public', 'edgewise_auth can reach public.tasks'],
  [
    'rows that can be given away',
    'grant update on tasks to edgewise_api',
    'edgewise_api can give rows of public.tasks to another user',
  ],
  [
    'a view',
    'create view mine as select * from tasks; grant select on mine to edgewise_api',
    'edgewise_api can reach public.mine, which is no table',
  ],
  [
    'leave to create',
    'grant create on schema public to edgewise_auth',
    'edgewise_auth may create things in schema public',
  ],
]

/** What only a comparison with the migrations shows. */
export const ALTERATIONS: Sabotage[] = [
  ['nothing amiss', 'select 1', 'none'],
  ['a policy for all rows', 'alter policy tasks_own_rows on tasks using (true)', 'policy tasks_own_rows'],
  ['one more policy', 'create policy more on tasks using (true)', 'added: policy more on public.tasks'],
  [
    'another guard',
    `create or replace function edgewise.begin_request(for_user uuid, in_session uuid) returns void language sql security definer return null`,
    'altered: function edgewise.begin_request(uuid,uuid)',
  ],
  [
    'a right to forge',
    'grant execute on function edgewise.seal(bytea, text) to edgewise_api',
    'edgewise_api: EXECUTE on edgewise.seal(bytea,text)',
  ],
  [
    'a right to private keys',
    'grant select on jwks to edgewise_api',
    'added: edgewise_api: SELECT on public.jwks',
  ],
  [
    'a right too few',
    'revoke delete on tasks from edgewise_api',
    'missing or altered: edgewise_api: DELETE on public.tasks',
  ],
  [
    'a lost foreign key',
    'alter table tasks drop constraint tasks_user_id_users_id_fk',
    'constraint tasks_user_id_users_id_fk',
  ],
]

/** What the probe must find by itself, with nobody looking at the catalogue. */
export const HOLES: Sabotage[] = [
  ['nothing amiss', 'select 1', 'none'],
  [
    'row-level security off',
    'alter table tasks disable row level security',
    'a user can see the rows of others',
  ],
  [
    'a policy for all rows',
    'alter policy tasks_own_rows on tasks using (true)',
    'a user can see the rows of others',
  ],
  [
    'free insertion',
    'create policy more on tasks for insert with check (true)',
    'edgewise_api can add rows for another user',
  ],
  [
    'blind writes',
    'create policy more on tasks for delete using (true)',
    'a statement without a filter writes to the rows of others',
  ],
  [
    'claims that need no seal',
    `create or replace function edgewise.principal() returns uuid language sql stable security definer return left(nullif(current_setting('app.principal', true), ''), 36)::uuid`,
    'the data role can act for a user without a live session',
  ],
  [
    'seals that never age',
    `create or replace function edgewise.seal(secret bytea, of_user text) returns text language sql stable return encode(sha256(convert_to(of_user, 'UTF8')), 'hex')`,
    'the data role can act for a user without a live session',
  ],
  [
    'sessions that never end',
    `create or replace function edgewise.begin_request(for_user uuid, in_session uuid) returns void language plpgsql security definer as $$ begin
       if not exists (select from public.sessions where id = in_session and user_id = for_user) then raise exception using errcode = '28000'; end if;
       perform set_config('app.principal', for_user || ':' || (select edgewise.seal(value, for_user::text) from edgewise.seal_secret), true); end $$`,
    'a session lives on after its end',
  ],
  ['readable sessions', 'grant select on sessions to edgewise_api', 'edgewise_api can read sessions'],
  [
    'users that can be enabled',
    'grant update on users to edgewise_auth',
    'edgewise_auth can enable and disable users',
  ],
  ['tasks for the other role', 'grant select on tasks to edgewise_auth', 'edgewise_auth can read tasks'],
]
