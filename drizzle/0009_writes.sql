-- Writes that are safe to send again. Each has a key, of the caller's or made for the request, and what it answered
-- is kept with its effect; a user's writes take turns, and are numbered in the order in which they were committed.

-- One row a user: the lock that lets one write of the user's run at a time, and the number of the last one.
create table edgewise.writers (
  user_id uuid primary key references public.users (id) on delete cascade,
  last_write bigint not null default 0
);
--> statement-breakpoint
create table edgewise.answers (
  user_id uuid not null references public.users (id) on delete cascade,
  key text not null,
  -- What was asked under the key, hashed: another request must not get this answer.
  request text not null,
  answers jsonb not null,
  expires_at timestamptz not null,
  primary key (user_id, key)
);
--> statement-breakpoint
create index answers_expires_at_index on edgewise.answers (expires_at);
--> statement-breakpoint
-- The number of the user's write that this transaction is. Takes the user's lock with the first call.
create function edgewise.write_of(of_user uuid) returns bigint
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  claim text := current_setting('app.write', true);
  written bigint;
begin
  if starts_with(claim, of_user || ':') then
    return substr(claim, 38)::bigint;
  end if;
  insert into edgewise.writers (user_id, last_write) values (of_user, 1)
    on conflict (user_id) do update set last_write = writers.last_write + 1
    returning last_write into written;
  perform set_config('app.write', of_user || ':' || written, true);
  return written;
end
$$;
--> statement-breakpoint
-- Opens a write as begin_request opens a read. Raises EW200 when it has been made before, with its answers in a
-- field of the error that Postgres does not log, as it would the detail; EW422 when the key was another request's.
create function edgewise.begin_write(for_user uuid, in_session uuid, write_key text, of_request text) returns void
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  earlier edgewise.answers;
begin
  perform edgewise.begin_request(for_user, in_session);
  perform edgewise.write_of(for_user);
  select * into earlier from edgewise.answers
    where user_id = for_user and key = write_key and expires_at > now();
  if not found then
    perform set_config('app.answers', '', true);
    return;
  end if;
  if earlier.request <> of_request then
    raise exception 'the key belongs to another request' using errcode = 'EW422';
  end if;
  raise exception 'the write has been made' using errcode = 'EW200', constraint = earlier.answers::text;
end
$$;
--> statement-breakpoint
-- Takes down what one change of the write answers; `app.step` says which one it is, if there are several. Raises EW412 if there was nothing to change though it is there,
-- in a version that the condition does not allow; EW404 if it is not there.
create function edgewise.changed(answer jsonb, is_there boolean) returns void
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  earlier text := current_setting('app.answers');
  step text := coalesce(current_setting('app.step', true), '');
begin
  if answer is null and is_there then
    raise exception 'the condition does not hold' using errcode = 'EW412', table = step;
  elsif answer is null then
    raise exception 'there is no such thing' using errcode = 'EW404', table = step;
  end if;
  perform set_config('app.answers', earlier || case when earlier = '' then '' else ',' end || answer, true);
end
$$;
--> statement-breakpoint
-- Closes a write: keeps what it answers, and returns it. A few of those that nobody can ask for any more go each time.
create function edgewise.end_write(write_key text, of_request text, kept_for interval) returns jsonb
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  given jsonb := '[' || current_setting('app.answers') || ']';
begin
  insert into edgewise.answers (user_id, key, request, answers, expires_at)
    values (edgewise.principal(), write_key, of_request, given, now() + kept_for)
    on conflict (user_id, key) do update
      set request = excluded.request, answers = excluded.answers, expires_at = excluded.expires_at;
  delete from edgewise.answers where (user_id, key) in (
    select user_id, key from edgewise.answers where expires_at < now() limit 5 for update skip locked
  );
  return given;
end
$$;
--> statement-breakpoint
-- What changes a row: it gets the number of the write that it is part of, the next version, and the time.
-- What sets the values that are there already changes nothing.
create function edgewise.stamp() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'UPDATE' then
    if tg_table_name = 'tasks' then
      -- What is generated (0010, 0011) is not there yet in the new row; what was worked out of a rule (0013) is no change.
      old.due_key := null;
      old.search := null;
      old.long_search := null;
      old.upcoming := new.upcoming;
    end if;
    if new is not distinct from old then
      return new;
    end if;
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  -- The principal's own, also if the row claims to be somebody else's: that is for row-level security to refuse.
  new.changed_in := edgewise.write_of(coalesce(edgewise.principal(), new.user_id));
  return new;
end
$$;
--> statement-breakpoint
create trigger stamp before insert or update on tasks for each row execute function edgewise.stamp();
--> statement-breakpoint
revoke all on function
  edgewise.write_of(uuid), edgewise.begin_write(uuid, uuid, text, text), edgewise.changed(jsonb, boolean),
  edgewise.end_write(text, text, interval), edgewise.stamp()
  from public;
--> statement-breakpoint
grant execute on function
  edgewise.begin_write(uuid, uuid, text, text), edgewise.changed(jsonb, boolean),
  edgewise.end_write(text, text, interval)
  to edgewise_api;
--> statement-breakpoint
revoke update (version, updated_at) on tasks from edgewise_api;
--> statement-breakpoint
drop function edgewise.take_turn(uuid, integer);
--> statement-breakpoint
drop table edgewise.turns;
