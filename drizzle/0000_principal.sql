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
-- The seal of a claim in this very transaction: keyed with the secret on both sides, over a user's id as text
-- (36 characters), the backend and the transaction's start, each of a fixed length.
create function edgewise.seal(secret bytea, of_user text) returns text
language sql stable parallel restricted
return encode(
  sha256(secret || convert_to(of_user, 'UTF8') || int4send(pg_backend_pid()) || timestamptz_send(now()) || secret),
  'hex'
);
--> statement-breakpoint
-- The user that begin_request opened this transaction for, or null. A claim is "<id>:<seal>", 36 + 1 + 64 characters.
create function edgewise.principal() returns uuid
language plpgsql stable parallel restricted security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  claim text := current_setting('app.principal', true);
begin
  if length(claim) = 101 and exists (
    select from edgewise.seal_secret where substr(claim, 37) = ':' || edgewise.seal(value, left(claim, 36))
  ) then
    return left(claim, 36)::uuid;
  end if;
  return null;
end
$$;
--> statement-breakpoint
revoke all on function edgewise.seal(bytea, text), edgewise.principal() from public;
--> statement-breakpoint
grant usage on schema edgewise to edgewise_api;
--> statement-breakpoint
grant execute on function edgewise.principal() to edgewise_api;
