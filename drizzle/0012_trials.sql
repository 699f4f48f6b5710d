-- A write that is only tried: all of it is done, its answers are told as of a write that was made before, and it is rolled back.
create function edgewise.end_trial() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'the write was tried' using errcode = 'EW200', constraint = '[' || current_setting('app.answers') || ']';
end
$$;
--> statement-breakpoint
revoke all on function edgewise.end_trial() from public;
--> statement-breakpoint
grant execute on function edgewise.end_trial() to edgewise_api;
