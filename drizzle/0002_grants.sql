-- The guard that opens every authenticated request, and least privilege for the Worker's two roles.

alter table tasks force row level security;
--> statement-breakpoint
-- Raises 28000 unless the session lives and its user is enabled; otherwise sets the transaction's principal.
create function edgewise.begin_request(for_user uuid, in_session uuid) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  claim text;
begin
  select for_user || ':' || edgewise.seal(seal_secret.value, for_user::text) into claim
    from public.sessions
    join public.users on users.id = sessions.user_id
    cross join edgewise.seal_secret
    where sessions.id = in_session
      and sessions.user_id = for_user
      and sessions.expires_at > now()
      and users.disabled_at is null;
  if claim is null then
    raise exception 'the session is not live' using errcode = 'invalid_authorization_specification';
  end if;
  perform set_config('app.principal', claim, true);
end
$$;
--> statement-breakpoint
-- The principal's own profile: the one thing of `users` that the data role may read.
create function edgewise.my_profile()
returns table (id uuid, name text, email text, email_verified boolean, created_at timestamptz, updated_at timestamptz)
language sql stable security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select users.id, users.name, users.email, users.email_verified, users.created_at, users.updated_at
  from public.users
  where users.id = edgewise.principal();
end;
--> statement-breakpoint
revoke all on function edgewise.begin_request(uuid, uuid), edgewise.my_profile() from public;
--> statement-breakpoint
grant execute on function edgewise.begin_request(uuid, uuid), edgewise.my_profile() to edgewise_api;
--> statement-breakpoint
revoke create on schema public from public;
--> statement-breakpoint
-- A temporary table is found before a real one of its name: nobody may leave one in a pooled session.
do $$ begin
  execute format('revoke temporary on database %I from public', current_database());
end $$;
--> statement-breakpoint
grant usage on schema public to edgewise_api, edgewise_auth;
--> statement-breakpoint
grant select, insert, delete on tasks to edgewise_api;
--> statement-breakpoint
grant update (title, notes, priority, due_date, due_time, due_time_zone, completed_at, updated_at, version)
  on tasks to edgewise_api;
--> statement-breakpoint
grant select (id, public_key, alg, crv, created_at, expires_at) on jwks to edgewise_api;
--> statement-breakpoint
grant select, insert, update, delete on sessions, accounts, verifications, jwks to edgewise_auth;
--> statement-breakpoint
grant select, insert on users to edgewise_auth;
--> statement-breakpoint
-- Not `id`, and not `disabled_at`: disabling a user is the operator's act.
grant update (name, email, email_verified, image, updated_at) on users to edgewise_auth;
