-- What is tried at sign-in, counted exactly and for all isolates at once: see docs/decisions/008-limits.md.

-- Logged, though counters are worth little: Neon empties unlogged tables whenever its compute sleeps, and an
-- attacker can wait for that. A key is a hash: the table tells neither addresses nor emails.
create table edgewise.attempts (
  key bytea primary key,
  used integer not null,
  resets_at timestamptz not null
) with (fillfactor = 70);
--> statement-breakpoint
create index attempts_resets_at_index on edgewise.attempts (resets_at);
--> statement-breakpoint
-- Counts an attempt under each key in turn, up to the first that has reached its limit: that one is told as not
-- allowed, and those after it are neither counted nor told. A window begins with the first attempt in it.
--
-- Locks are taken in the order of the keys: an address's first, then its pair with an account, then the account's own,
-- and expired rows only where nobody waits. So no two calls can wait for each other. A key that is at its limit is only
-- read: a flood that is refused writes nothing and waits for nobody.
create function edgewise.count_attempt(keys bytea[], limits integer[], window_seconds integer)
returns table (allowed boolean, remaining integer, resets_in_seconds integer)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  counted edgewise.attempts;
begin
  for i in 1 .. cardinality(keys) loop
    select * into counted from edgewise.attempts
      where attempts.key = keys[i] and attempts.resets_at > now() and attempts.used >= limits[i];
    allowed := not found;
    if allowed then
      insert into edgewise.attempts as known (key, used, resets_at)
        values (keys[i], 1, now() + make_interval(secs => window_seconds))
        on conflict (key) do update set
          used = case when known.resets_at > now() then known.used + 1 else 1 end,
          resets_at = case when known.resets_at > now() then known.resets_at else excluded.resets_at end
          where known.used < limits[i] or known.resets_at <= now()
        returning * into counted;
      allowed := found;
      if not allowed then
        select * into counted from edgewise.attempts where attempts.key = keys[i];
      end if;
    end if;
    remaining := case when allowed then limits[i] - counted.used else 0 end;
    resets_in_seconds := greatest(1, ceil(extract(epoch from counted.resets_at - now())));
    return next;
    exit when not allowed;
  end loop;

  delete from edgewise.attempts where key = any (array(
    select expired.key from edgewise.attempts expired
    where expired.resets_at <= now()
    order by expired.resets_at
    limit 10
    for update skip locked
  ));
end
$$;
--> statement-breakpoint
-- The same for one who has a session: after the keys, the user of each of those sessions is counted. With `touch` the
-- sessions are marked as used now, to the minute.
create function edgewise.count_session_attempt(
  operation text, keys bytea[], limits integer[], session_tokens text[], user_limit integer, window_seconds integer,
  touch boolean
)
returns table (allowed boolean, remaining integer, resets_in_seconds integer)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  user_keys bytea[];
begin
  select coalesce(array_agg(distinct sha256(convert_to(operation || ' ' || sessions.user_id, 'UTF8'))), '{}')
    into user_keys
    from public.sessions
    where sessions.token = any (session_tokens) and sessions.expires_at > now();

  for allowed, remaining, resets_in_seconds in
    select * from edgewise.count_attempt(
      keys || user_keys, limits || array_fill(user_limit, array[cardinality(user_keys)]), window_seconds
    )
  loop
    return next;
  end loop;

  if touch and allowed then
    update public.sessions set last_used_at = now()
      where sessions.token = any (session_tokens) and sessions.expires_at > now()
        and sessions.last_used_at <= now() - interval '1 minute';
  end if;
end
$$;
--> statement-breakpoint
revoke all on function
  edgewise.count_attempt(bytea[], integer[], integer),
  edgewise.count_session_attempt(text, bytea[], integer[], text[], integer, integer, boolean)
from public;
--> statement-breakpoint
grant usage on schema edgewise to edgewise_auth;
--> statement-breakpoint
grant execute on function
  edgewise.count_attempt(bytea[], integer[], integer),
  edgewise.count_session_attempt(text, bytea[], integer[], text[], integer, integer, boolean)
to edgewise_auth;
