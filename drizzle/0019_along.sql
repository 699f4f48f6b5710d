-- What goes along with a thing is written by one statement for all of it, however many they are: whoever writes that statement has
-- settled where each belongs, so the triggers that look at one task at a time are for what a request itself names.
drop trigger place on tasks;
--> statement-breakpoint
create trigger place before insert on tasks for each row execute function edgewise.place_task();
--> statement-breakpoint
create trigger place_anew before update of parent_id, list_id, label_ids, deleted_at on tasks
for each row when (pg_trigger_depth() = 0) execute function edgewise.place_task();
--> statement-breakpoint
drop trigger follow on tasks;
--> statement-breakpoint
create trigger follow_new after insert on tasks for each row execute function edgewise.follow_task();
--> statement-breakpoint
create trigger follow after update on tasks
for each row when (pg_trigger_depth() = 0) execute function edgewise.follow_task();
--> statement-breakpoint
-- All below a task: `way` says which of those on the way are gone through, and yielded. All of them; those out of the trash; those that
-- are open, too; those that went into the trash, or were completed, with a certain one.
create function edgewise.below(of_user uuid, of_task uuid, way text, along_with uuid default null) returns uuid[]
language sql stable
set search_path = pg_catalog, pg_temp
return (
  with recursive tree as (
    select of_task as id
    union all
    select tasks.id from tree join public.tasks on tasks.user_id = of_user and tasks.parent_id = tree.id
      where case way
        when 'all' then true
        when 'there' then deleted_at is null
        when 'open' then deleted_at is null and completed_at is null
        when 'deleted along' then deleted_with = along_with
        when 'completed along' then completed_with = along_with
      end
  ) select array_agg(id) from tree where id <> of_task
);
--> statement-breakpoint
create or replace function edgewise.follow_task() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  along uuid[];
begin
  if tg_op = 'INSERT' then
    insert into public.task_labels (user_id, task_id, label_id)
      select new.user_id, new.id, label_id from unnest(new.label_ids) as label_id;
    return null;
  end if;

  if new.label_ids is distinct from old.label_ids then
    -- Those of labels in the trash stay: they come back with the label.
    delete from public.task_labels using public.labels
      where task_labels.user_id = new.user_id and task_labels.task_id = new.id
        and labels.user_id = new.user_id and labels.id = task_labels.label_id and labels.deleted_at is null
        and task_labels.label_id <> all (new.label_ids);
    insert into public.task_labels (user_id, task_id, label_id)
      select new.user_id, new.id, label_id from unnest(new.label_ids) as label_id
      on conflict do nothing;
  end if;

  if new.list_id is distinct from old.list_id then
    along := edgewise.below(new.user_id, new.id, 'all');
    update public.tasks set list_id = new.list_id where user_id = new.user_id and id = any (along);
  end if;

  if old.deleted_at is null and new.deleted_at is not null then
    along := edgewise.below(new.user_id, new.id, 'there');
    update public.tasks set deleted_at = new.deleted_at, deleted_with = new.deleted_with
      where user_id = new.user_id and id = any (along);
  elsif old.deleted_at is not null and new.deleted_at is null then
    along := edgewise.below(new.user_id, new.id, 'deleted along', old.deleted_with);
    update public.tasks set deleted_at = null, deleted_with = null where user_id = new.user_id and id = any (along);
  end if;

  if old.completed_at is null and new.completed_at is not null then
    along := edgewise.below(new.user_id, new.id, 'open');
    update public.tasks set completed_at = new.completed_at, completed_with = new.completed_with
      where user_id = new.user_id and id = any (along);
    insert into public.completions
        (user_id, id, task_id, title, due_date, due_time, due_time_zone, completed_at)
      select user_id, gen_random_uuid(), id, title, due_date, due_time, due_time_zone, new.completed_at from public.tasks
      where user_id = new.user_id and id = any (along || new.id);
  elsif old.completed_at is not null and new.completed_at is null then
    along := edgewise.below(new.user_id, new.id, 'completed along', old.completed_with);
    update public.tasks set completed_at = null, completed_with = null where user_id = new.user_id and id = any (along);
    delete from public.completions
      where user_id = new.user_id and task_id = any (along || new.id) and completed_at = old.completed_at
        -- Those of tasks that come again (0013) stay: it is for the next time that they are opened.
        and next_occurrence is null and along_with is null;
  end if;
  return null;
end
$$;
--> statement-breakpoint
create or replace function edgewise.follow_list() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.deleted_at is null and new.deleted_at is not null then
    update public.tasks set deleted_at = new.deleted_at, deleted_with = new.id
      where user_id = new.user_id and list_id = new.id and deleted_at is null;
  elsif old.deleted_at is not null and new.deleted_at is null then
    update public.tasks set deleted_at = null, deleted_with = null
      where user_id = new.user_id and list_id = new.id and deleted_with = new.id;
  end if;
  return null;
end
$$;
--> statement-breakpoint
-- The words of a task are worked out when they change. As generated columns they were with each change of anything.
alter table tasks alter column search drop expression, alter column long_search drop expression;
--> statement-breakpoint
create function edgewise.note_words() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  words constant tsvector := edgewise.searchable(new.title, new.notes);
begin
  new.search := edgewise.few(words);
  new.long_search := edgewise.many(words);
  return new;
end
$$;
--> statement-breakpoint
create trigger words before insert or update of title, notes on tasks
for each row execute function edgewise.note_words();
--> statement-breakpoint
create or replace function edgewise.stamp() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  claim constant text := current_setting('app.write', true);
begin
  if tg_op = 'UPDATE' then
    if tg_table_name = 'tasks' then
      -- What is generated (0010) is not there yet in the new row; what was worked out of a rule (0013) is no change.
      old.due_key := null;
      old.upcoming := new.upcoming;
    end if;
    if new is not distinct from old then
      return new;
    end if;
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  if starts_with(claim, new.user_id || ':') then
    new.changed_in := substr(claim, 38)::bigint;
  else
    -- The principal's own, also if the row claims to be somebody else's: that is for row-level security to refuse.
    new.changed_in := edgewise.write_of(coalesce(edgewise.principal(), new.user_id));
  end if;
  return new;
end
$$;
--> statement-breakpoint
-- As before, but numbered once, and not with each of its rows.
create or replace function edgewise.bury_removed() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  owner record;
  written bigint;
begin
  for owner in
    select user_id, count(*)::integer as rows from removed
    where exists (select from public.users where users.id = removed.user_id) group by user_id
  loop
    written := edgewise.write_of(owner.user_id);
    insert into edgewise.tombstones (user_id, changed_in, id, kind)
      select user_id, written, id, tg_argv[0] from removed where user_id = owner.user_id
      on conflict do nothing;
    update edgewise.writers set
      tasks = tasks - case when tg_table_name = 'tasks' then owner.rows else 0 end,
      lists = lists - case when tg_table_name = 'lists' then owner.rows else 0 end,
      labels = labels - case when tg_table_name = 'labels' then owner.rows else 0 end
      where user_id = owner.user_id;
  end loop;
  return null;
end
$$;
--> statement-breakpoint
revoke all on function edgewise.below(uuid, uuid, text, uuid), edgewise.note_words() from public;
--> statement-breakpoint
grant execute on function edgewise.below(uuid, uuid, text, uuid) to edgewise_api;
