-- Who a request acts for, in a form that the data role cannot forge.
--
-- `edgewise.begin_request` (next custom migration) is the only writer of `app.principal`; anybody may
-- SET a custom setting, so it carries a seal over the user, the backend and the transaction, made with
-- a secret that only the owner can read. Row-level-security policies compare with edgewise.principal().

-- Without an exception block: Neon misreads a role without a password that is made in a subtransaction
-- (pgxn/neon/control_plane_connector.c, MergeTable).

do $$ begin
  if not exists (select from pg_roles where rolname = 'edgewise_api') then
    create role edgewise_api nologin;
  end if;
end $$;
--> statement-breakpoint
do $$ begin
  if not exists (select from pg_roles where rolname = 'edgewise_auth') then
    create role edgewise_auth nologin;
  end if;
end $$;
--> statement-breakpoint
create schema edgewise;
--> statement-breakpoint
create table edgewise.seal_secret (
  only_row boolean primary key default true check (only_row),
  value bytea not null
);
--> statement-breakpoint
-- gen_random_uuid() is the core's strong random source: 3 × 122 random bits.
insert into edgewise.seal_secret (value)
values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
--> statement-breakpoint
create function edgewise.seal(of_user uuid) returns text
language sql stable parallel restricted
return (
  select encode(
    sha256(value || uuid_send(of_user) || int4send(pg_backend_pid()) || timestamptz_send(now()) || value),
    'hex'
  )
  from edgewise.seal_secret
);
--> statement-breakpoint
create function edgewise.principal() returns uuid
language plpgsql stable parallel restricted security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  claim text := current_setting('app.principal', true);
begin
  if claim is null or claim !~ '^[0-9a-f-]{36}:[0-9a-f]{64}$' then
    return null;
  end if;
  if split_part(claim, ':', 2) = edgewise.seal(split_part(claim, ':', 1)::uuid) then
    return split_part(claim, ':', 1)::uuid;
  end if;
  return null;
end
$$;
--> statement-breakpoint
revoke all on function edgewise.seal(uuid), edgewise.principal() from public;
--> statement-breakpoint
grant usage on schema edgewise to edgewise_api;
--> statement-breakpoint
grant execute on function edgewise.principal() to edgewise_api;
