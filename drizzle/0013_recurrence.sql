-- Tasks that come again. The Worker works out the days of a rule when the rule is set, by a library, and puts the next ones
-- beside it: completing then takes the next of them, in one round trip, and knows nothing of rules.

alter table tasks
  -- The day that the series counts from, and that of the occurrence which the task stands for now: its due may be another one.
  add column recurrence_start date,
  add column recurrence_on date,
  -- Days of the series after its start, in order; 'infinity' closes those of a series that ends.
  add column upcoming date[],
  add constraint tasks_series_shape check (
    (recurrence_rule is null) = (recurrence_start is null) and (recurrence_rule is null) = (recurrence_on is null)
  );
--> statement-breakpoint
alter table completions
  -- Of a task that came again: which occurrence it was, and which one it then stood for.
  add column occurrence date,
  add column next_occurrence date,
  -- The completion of a task above that this one belongs to; gone through with it.
  add column along_with uuid;
--> statement-breakpoint
create index completions_along_index on completions (user_id, along_with) where along_with is not null;
--> statement-breakpoint
-- A series starts where its task is due, unless it says otherwise; without a due there is none.
create function edgewise.start_series() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.recurrence_rule is null then
    new.recurrence_start := null;
    new.recurrence_on := null;
    new.upcoming := null;
  else
    new.recurrence_start := coalesce(new.recurrence_start, new.due_date);
    -- What is taken in from a file (0017) says which occurrence it stands for.
    new.recurrence_on := case when tg_op = 'INSERT' then coalesce(new.recurrence_on, new.due_date) else new.due_date end;
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger recur before insert or update of recurrence_rule on tasks
for each row execute function edgewise.start_series();
--> statement-breakpoint
create function edgewise.need_due() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform edgewise.refuse('EW400', 'due', 'is needed while the task recurs');
  return null;
end
$$;
--> statement-breakpoint
create trigger need_due before insert or update of due_date, recurrence_rule on tasks
for each row when (new.recurrence_rule is not null and new.due_date is null) execute function edgewise.need_due();
--> statement-breakpoint
-- The day that a task completed on that day counts on to: FREQ and INTERVAL of its rule from there, up to its UNTIL.
create function edgewise.counted_from(day date, rule text) returns date
language plpgsql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  times integer := coalesce(substring(rule from 'INTERVAL=(\d+)')::integer, 1);
  last_day date := coalesce(to_date(substring(rule from 'UNTIL=(\d{8})'), 'YYYYMMDD'), '9999-12-31');
  counted date := day + case substring(rule from 'FREQ=([A-Z]+)')
    when 'DAILY' then make_interval(days => times)
    when 'WEEKLY' then make_interval(weeks => times)
    when 'MONTHLY' then make_interval(months => times)
    when 'YEARLY' then make_interval(years => times)
  end;
begin
  return case when counted > last_day then 'infinity' else counted end;
end
$$;
--> statement-breakpoint
-- The next day of the task's series for one who completes it today: after the occurrence and the due that it has, and not in
-- the past; 'infinity' if the series has ended, null if the days that were worked out do not reach so far.
create function edgewise.next_occurrence(task tasks, today date) returns date
language sql stable
set search_path = pg_catalog, pg_temp
return case task.recurrence_from
  when 'completion' then edgewise.counted_from(today, task.recurrence_rule)
  else (
    select min(day) from unnest(task.upcoming) as day
    where day > greatest(task.due_date, task.recurrence_on) and day >= today
  )
end;
--> statement-breakpoint
-- A task without what is only for the database.
create function edgewise.told(task tasks) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
return to_jsonb(task) - '{search,long_search,upcoming}'::text[];
--> statement-breakpoint
-- Completes a task. One that comes again is due at its next occurrence then, with all below it open; the others are completed with
-- those below. An occurrence that it does not stand for has either been completed, and stays so, or is refused.
-- Raises EW428, with what is to be worked out, when the days of its series do not reach far enough.
create function edgewise.complete(of_user uuid, of_task uuid, done_on date, zone text) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  task public.tasks;
  today date;
  next_day date := 'infinity';
  completion uuid := gen_random_uuid();
begin
  select * into task from public.tasks where user_id = of_user and id = of_task;
  today := (now() at time zone coalesce(task.due_time_zone, zone))::date;
  if done_on is not null and done_on is distinct from task.due_date then
    if not exists (
      select from public.completions where user_id = of_user and task_id = of_task and due_date = done_on
    ) then
      perform edgewise.refuse('EW409', 'occurrence', 'is not when the task is due');
    end if;
    return edgewise.told(task);
  end if;
  if task.completed_at is not null then
    return edgewise.told(task);
  end if;

  if task.recurrence_rule is not null then
    next_day := edgewise.next_occurrence(task, today);
    if next_day is null then
      raise exception 'a series is not worked out' using errcode = 'EW428',
        constraint = edgewise.to_work_out(of_user, of_task, zone)::text;
    end if;
  end if;
  if next_day = 'infinity' then
    update public.tasks set completed_at = now(), completed_with = id
      where user_id = of_user and id = of_task returning * into task;
    return edgewise.told(task);
  end if;

  insert into public.completions (
    user_id, id, task_id, title, due_date, due_time, due_time_zone, completed_at, occurrence, next_occurrence
  ) values (
    of_user, completion, of_task, task.title, task.due_date, task.due_time, task.due_time_zone, now(),
    task.recurrence_on, next_day
  );
  perform edgewise.go_along(of_user, of_task, completion, next_day);
  update public.tasks set due_date = next_day, recurrence_on = next_day
    where user_id = of_user and id = of_task returning * into task;
  return edgewise.told(task);
end
$$;
--> statement-breakpoint
-- The moment at which a clock in that place shows that time: the first one if it does so twice, which Postgres by itself takes for the
-- second; and if it never does, as if it had not been put forward yet (RFC 5545, 3.3.5).
create function edgewise.moment_of(clock timestamp, place text) returns timestamptz
language sql stable strict parallel safe
set search_path = pg_catalog, pg_temp
begin atomic
  select case when first at time zone place = clock then first else clock at time zone place end
  from (
    -- By the offset of the day before.
    select ((clock - interval '1 day') at time zone place) + interval '24 hours' as first
  ) as by_offset;
end;
--> statement-breakpoint
-- What is below a task that comes again: the open ones count as completed with it, and all are open for the next time.
-- Those that come again by themselves are left alone.
create function edgewise.go_along(of_user uuid, of_task uuid, completion uuid, next_day date) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  below uuid[];
begin
  with recursive tree as (
    select id from public.tasks
      where user_id = of_user and parent_id = of_task and deleted_at is null and recurrence_rule is null
    union all
    select tasks.id from tree join public.tasks on tasks.user_id = of_user and tasks.parent_id = tree.id
      where tasks.deleted_at is null and tasks.recurrence_rule is null
  ) select array_agg(id) into below from tree;

  insert into public.completions (
    user_id, id, task_id, title, due_date, due_time, due_time_zone, completed_at, next_occurrence, along_with
  )
    select of_user, gen_random_uuid(), id, title, due_date, due_time, due_time_zone, now(), next_day, completion
    from public.tasks where user_id = of_user and id = any (below) and completed_at is null;
  update public.completions set along_with = completion
    from public.tasks
    where completions.user_id = of_user and completions.task_id = any (below)
      and tasks.user_id = of_user and tasks.id = completions.task_id
      and completions.completed_at = tasks.completed_at and completions.next_occurrence is null;
  update public.tasks set completed_at = null, completed_with = null
    where user_id = of_user and id = any (below) and completed_at is not null;
end
$$;
--> statement-breakpoint
-- Reopens a task with those that it completed along. One that comes again goes back to the occurrence that was completed last,
-- if it stands where that left it.
create function edgewise.reopen(of_user uuid, of_task uuid) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  task public.tasks;
  undone public.completions;
  before jsonb;
begin
  select * into task from public.tasks where user_id = of_user and id = of_task;
  if task.completed_at is not null then
    update public.tasks set completed_at = null, completed_with = null
      where user_id = of_user and id = of_task returning * into task;
    return edgewise.told(task);
  end if;
  select * into undone from public.completions
    where user_id = of_user and task_id = of_task and next_occurrence = task.recurrence_on and along_with is null
      and task.due_date = task.recurrence_on
    order by completed_at desc, changed_in desc, occurrence desc limit 1;
  if undone.id is null then
    return edgewise.told(task);
  end if;

  select jsonb_agg(completions) into before from public.completions
    where user_id = of_user and along_with = undone.id and next_occurrence is null;
  delete from public.completions where user_id = of_user and (id = undone.id or along_with = undone.id);
  update public.tasks set completed_at = earlier.completed_at, completed_with = tasks.id
    from jsonb_to_recordset(before) as earlier (task_id uuid, completed_at timestamptz)
    where tasks.user_id = of_user and tasks.id = earlier.task_id and tasks.completed_at is null
      and tasks.deleted_at is null;
  update public.tasks set
      due_date = undone.due_date, due_time = undone.due_time, due_time_zone = undone.due_time_zone,
      recurrence_on = undone.occurrence
    where user_id = of_user and id = of_task returning * into task;
  return edgewise.told(task);
end
$$;
--> statement-breakpoint
-- The series to be worked out further: that task's, and as many others of the user's as completing would find wanting, too.
create function edgewise.to_work_out(of_user uuid, of_task uuid, zone text) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
return (
  select jsonb_agg(jsonb_build_object(
    'task', wanting.id, 'rule', recurrence_rule, 'start', recurrence_start,
    'time', due_time, 'timeZone', due_time_zone, 'after', greatest(due_date, recurrence_on, wanting.today - 1)
  )) from (
    select tasks.*, (now() at time zone coalesce(due_time_zone, zone))::date as today from public.tasks
    where user_id = of_user and recurrence_from = 'schedule' and completed_at is null and deleted_at is null
      and edgewise.next_occurrence(tasks, (now() at time zone coalesce(due_time_zone, zone))::date) is null
    order by id <> of_task limit 100
  ) as wanting
);
--> statement-breakpoint
-- Puts days that were worked out beside their rules: a list of { task, days }.
create function edgewise.work_out(of_user uuid, series jsonb) returns void
language sql
set search_path = pg_catalog, pg_temp
begin atomic
  update public.tasks set upcoming = reached.days
    from jsonb_to_recordset(series) as reached (task uuid, days date[])
    where tasks.user_id = of_user and tasks.id = reached.task and tasks.recurrence_rule is not null;
end;
--> statement-breakpoint
revoke all on function
  edgewise.start_series(), edgewise.need_due(), edgewise.counted_from(date, text), edgewise.next_occurrence(tasks, date),
  edgewise.told(tasks), edgewise.moment_of(timestamp, text), edgewise.complete(uuid, uuid, date, text),
  edgewise.go_along(uuid, uuid, uuid, date), edgewise.reopen(uuid, uuid), edgewise.to_work_out(uuid, uuid, text),
  edgewise.work_out(uuid, jsonb)
  from public;
--> statement-breakpoint
grant execute on function
  edgewise.counted_from(date, text), edgewise.next_occurrence(tasks, date),
  edgewise.told(tasks), edgewise.moment_of(timestamp, text), edgewise.complete(uuid, uuid, date, text),
  edgewise.go_along(uuid, uuid, uuid, date), edgewise.reopen(uuid, uuid), edgewise.to_work_out(uuid, uuid, text),
  edgewise.work_out(uuid, jsonb)
  to edgewise_api;
--> statement-breakpoint
grant update (recurrence_start, recurrence_on, upcoming) on tasks to edgewise_api;
--> statement-breakpoint
grant update (along_with) on completions to edgewise_api;
