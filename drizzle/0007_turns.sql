-- A call whose answer was lost may still be on its way when it is made again. It must not run after its own
-- repeat, or it would undo what its user has done since: complete again what was reopened, add again what was deleted.

-- Repeated calls only, each with the last turn that it has taken.
create table edgewise.turns (
  call_id uuid primary key,
  turn smallint not null,
  taken_at timestamptz not null default now()
);
--> statement-breakpoint
create index turns_taken_at_index on edgewise.turns (taken_at);
--> statement-breakpoint
-- To be called in the transaction that makes the call. Raises 55000 when a later turn has been taken; else nothing
-- of an earlier one is, or ever will be, committed after it.
create function edgewise.take_turn(of_call uuid, this_turn integer) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(of_call::text, 0));
  if exists (select from edgewise.turns where call_id = of_call and turn > this_turn) then
    raise exception 'the call has been made again since' using errcode = 'object_not_in_prerequisite_state';
  end if;
  if this_turn > 1 then
    insert into edgewise.turns (call_id, turn) values (of_call, this_turn)
      on conflict (call_id) do update set turn = excluded.turn;
    delete from edgewise.turns where call_id = any (array(
      select call_id from edgewise.turns where taken_at < now() - interval '1 day' limit 10 for update skip locked
    ));
  end if;
end
$$;
--> statement-breakpoint
revoke all on function edgewise.take_turn(uuid, integer) from public;
--> statement-breakpoint
grant execute on function edgewise.take_turn(uuid, integer) to edgewise_api;
