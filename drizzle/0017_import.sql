-- What is taken in from a file: many things in one write. Each is reported as added, already there, or refused with a reason; what is
-- there already is left as it is, trash included. Nothing here reaches further than who calls it: row-level security holds.
--
-- A report is a list in the order of what was given: the text 'added' or 'there', or an object with `outcome` and what else there is to say.

-- Of a list or label of that name that came with the file, the id of one that was here before; each is joined with one at most.
create function edgewise.join_by_name(of_user uuid, kind text, things jsonb) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
begin atomic
  with given as (
    select (value ->> 'id')::uuid as id, lower(value ->> 'name') as name, ordinality as place
    from jsonb_array_elements(things) with ordinality
    where value ->> 'deleted_at' is null
  ), here as (
    select id, lower(name) as name, position as place from public.lists
      where kind = 'list' and user_id = of_user and deleted_at is null
    union all
    select id, lower(name), '' from public.labels
      where kind = 'label' and user_id = of_user and deleted_at is null
  ), unknown as (
    select id, name, row_number() over (partition by name order by place) as nth
    from given where not exists (select from here where here.id = given.id)
  ), others as (
    select id, name, row_number() over (partition by name order by place, id) as nth
    from here where not exists (select from given where given.id = here.id)
  )
  select coalesce(jsonb_object_agg(unknown.id, others.id), '{}')
  from unknown join others on others.name = unknown.name and others.nth = unknown.nth;
end;
--> statement-breakpoint
-- Notes ids that things of the file have here under another one.
create function edgewise.note_joined(ids jsonb) returns void
language sql volatile
set search_path = pg_catalog, pg_temp
begin atomic
  select set_config('app.joined', (coalesce(nullif(current_setting('app.joined', true), ''), '{}')::jsonb || ids)::text, true);
end;
--> statement-breakpoint
create function edgewise.joined_ids() returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
return coalesce(nullif(current_setting('app.joined', true), ''), '{}')::jsonb;
--> statement-breakpoint
-- How many things of the import were refused so far.
create function edgewise.refused_so_far() returns integer
language sql stable
set search_path = pg_catalog, pg_temp
return coalesce(nullif(current_setting('app.refused', true), ''), '0')::integer;
--> statement-breakpoint
-- Notes how many of the report were refused, and yields it.
create function edgewise.noted_report(report jsonb) returns jsonb
language plpgsql volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  refused constant integer := jsonb_array_length(jsonb_path_query_array(report, '$[*] ? (@.outcome == "refused")'));
begin
  perform set_config('app.refused', (edgewise.refused_so_far() + coalesce(refused, 0))::text, true);
  return coalesce(report, '[]');
end
$$;
--> statement-breakpoint
create function edgewise.refused_for(code text, path text, reason text) returns jsonb
language sql immutable
set search_path = pg_catalog, pg_temp
return jsonb_build_object('outcome', 'refused', 'code', code, 'path', path, 'reason', reason);
--> statement-breakpoint
-- Lists and labels, in the order in which they were given. One that a file only names has an id that follows from the name; if
-- that is in the trash, another one is made.
create function edgewise.import_named(of_user uuid, kind text, things jsonb, is_lenient boolean) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  joined constant jsonb := edgewise.join_by_name(of_user, kind, things);
  given record;
  is_here boolean;
  in_trash boolean;
  has_clash boolean := false;
  report jsonb[] := '{}';
  same uuid;
  code text;
  path text;
  reason text;
begin
  perform edgewise.note_joined(joined);
  if kind = 'list' then
    select exists (
      select from jsonb_array_elements(things) join public.lists on lists.position = value ->> 'position'
      where user_id = of_user and not exists (
        select from public.lists as same where same.user_id = of_user and same.id = (value ->> 'id')::uuid
      )
    ) or count(distinct value ->> 'position') < count(*) into has_clash
    from jsonb_array_elements(things) where value ->> 'position' <> '';
  end if;

  for given in
    select thing, (thing ->> 'id')::uuid as id from jsonb_array_elements(things) with ordinality as listed (thing, place)
    order by place
  loop
    if joined ? given.id::text then
      report := report || jsonb_build_object('outcome', 'there', 'id', joined -> given.id::text);
      continue;
    end if;
    select true, deleted_at is not null into is_here, in_trash from (
      select deleted_at from public.lists where kind = 'list' and user_id = of_user and lists.id = given.id
      union all
      select deleted_at from public.labels where kind = 'label' and user_id = of_user and labels.id = given.id
    ) as here;
    if is_here and in_trash and is_lenient then
      perform edgewise.note_joined(jsonb_build_object(given.id, gen_random_uuid()));
      given.id := edgewise.joined_ids() ->> given.id::text;
    elsif is_here then
      report := report || case
        when in_trash then jsonb_build_object('outcome', 'there', 'inTrash', true) else '"there"' end;
      continue;
    end if;
    begin
      if kind = 'list' then
        insert into public.lists (user_id, id, name, color, position, archived_at, created_at, deleted_at, deleted_with)
          select of_user, given.id, name, color, case when has_clash then '' else position end, archived_at,
            coalesce(created_at, now()), deleted_at, case when deleted_at is not null then given.id end
          from jsonb_populate_record(null::public.lists, given.thing);
      else
        insert into public.labels (user_id, id, name, color, created_at, deleted_at, deleted_with)
          select of_user, given.id, name, color, coalesce(created_at, now()), deleted_at,
            case when deleted_at is not null then given.id end
          from jsonb_populate_record(null::public.labels, given.thing);
      end if;
      report := report || jsonb_build_object('outcome', 'added', 'id', given.id);
    exception when sqlstate 'EW400' or sqlstate 'EW409' or sqlstate 'EW429' then
      get stacked diagnostics code = returned_sqlstate, path = column_name, reason = constraint_name;
      -- Two labels of the file have one name here.
      select id into same from public.labels
        where code = 'EW409' and path = 'name' and user_id = of_user and deleted_at is null
          and lower(name) = lower(given.thing ->> 'name');
      if same is not null then
        perform edgewise.note_joined(jsonb_build_object(given.id, same));
      end if;
      report := report || case
        when same is not null then jsonb_build_object('outcome', 'there', 'id', same)
        else edgewise.refused_for(code, path, reason) end;
    end;
  end loop;
  return edgewise.noted_report(to_jsonb(report));
end
$$;
--> statement-breakpoint
-- Adds tasks in the order in which they were given, with the marks of labels in the trash, and the completions that they bring along.
create function edgewise.add_tasks(of_user uuid, things jsonb) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into public.tasks (
    user_id, id, created_at, title, notes, priority, due_date, due_time, due_time_zone, recurrence_rule, recurrence_from,
    recurrence_start, recurrence_on,
    completed_at, completed_with, deleted_at, deleted_with, list_id, parent_id, label_ids, position
  )
  select
    of_user, task.id, coalesce(task.created_at, now()), task.title, task.notes, task.priority, task.due_date, task.due_time,
    task.due_time_zone, task.recurrence_rule, task.recurrence_from, task.recurrence_start, task.recurrence_on,
    task.completed_at, case when task.completed_at is not null then coalesce(task.completed_with, task.id) end,
    task.deleted_at, case when task.deleted_at is not null then coalesce(task.deleted_with, task.id) end,
    task.list_id, task.parent_id, task.label_ids, task.position
  from jsonb_array_elements(things) with ordinality as given (thing, place),
    jsonb_populate_record(null::public.tasks, thing) as task
  order by place;

  insert into public.task_labels (user_id, task_id, label_id)
    select of_user, (thing ->> 'id')::uuid, labels.id
    from jsonb_array_elements(things) as thing,
      jsonb_array_elements_text(thing -> 'labels_in_trash') as marked,
      public.labels
    where labels.user_id = of_user and labels.id = marked::uuid and labels.deleted_at is not null
    on conflict do nothing;

  insert into public.completions (user_id, id, task_id, title, due_date, due_time, due_time_zone, completed_at)
    select of_user, (thing ->> 'completion')::uuid, task.id, task.title, task.due_date, task.due_time, task.due_time_zone,
      task.completed_at
    from jsonb_array_elements(things) as thing, jsonb_populate_record(null::public.tasks, thing) as task
    where thing ->> 'completion' is not null and task.completed_at is not null
    on conflict do nothing;
end
$$;
--> statement-breakpoint
-- Adds tasks as above, all at once, or, where one of them is refused, in halves, down to that one. Yields by its id what there is to say of each that
-- was not simply added. A lenient import lets a task stand alone whose parent cannot be its parent.
create function edgewise.try_tasks(of_user uuid, things jsonb, is_lenient boolean, looked_at_most integer) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  middle constant integer := jsonb_array_length(things) / 2;
  id constant text := things -> 0 ->> 'id';
  earlier jsonb;
  code text;
  path text;
  reason text;
begin
  if looked_at_most <= 0 then
    return (
      select jsonb_object_agg(value ->> 'id', edgewise.refused_for('EW400', '', 'was not looked at: too much before it was refused'))
      from jsonb_array_elements(things)
    );
  end if;
  begin
    perform edgewise.add_tasks(of_user, things);
    return '{}';
  exception when sqlstate 'EW400' or sqlstate 'EW409' or sqlstate 'EW429' then
    get stacked diagnostics code = returned_sqlstate, path = column_name, reason = constraint_name;
  end;
  if middle > 0 then
    earlier := edgewise.try_tasks(
      of_user, jsonb_path_query_array(things, '$[0 to $last]', jsonb_build_object('last', middle - 1)), is_lenient, looked_at_most
    );
    return earlier || edgewise.try_tasks(
      of_user, jsonb_path_query_array(things, '$[$first to last]', jsonb_build_object('first', middle)), is_lenient,
      looked_at_most - jsonb_array_length(jsonb_path_query_array(earlier, '$.* ? (@.outcome == "refused")'))
    );
  end if;
  if is_lenient and path = 'parentId' then
    return jsonb_build_object(id, jsonb_build_object('outcome', 'added', 'alone', true))
      || edgewise.try_tasks(of_user, jsonb_set(things, '{0,parent_id}', 'null'), false, 1);
  end if;
  return jsonb_build_object(id, edgewise.refused_for(code, path, reason));
end
$$;
--> statement-breakpoint
-- Tasks, parents first. They keep their places in the order unless one of these is taken, or the task that they follow has another:
-- then they go to the end, in the order in which they were given.
create function edgewise.import_tasks(of_user uuid, things jsonb, follows jsonb, is_lenient boolean) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  most_refused constant integer := 100;
  joined constant jsonb := edgewise.joined_ids();
  ids constant uuid[] := array(select (value ->> 'id')::uuid from jsonb_array_elements(things));
  outcomes jsonb;
  fresh jsonb;
  parents uuid[];
  places text[];
begin
  select coalesce(jsonb_object_agg(id, case
    when deleted_at is null then '"there"' else jsonb_build_object('outcome', 'there', 'inTrash', true) end), '{}')
  into outcomes from public.tasks where user_id = of_user and id = any (ids);

  select coalesce(jsonb_agg(
    value || jsonb_build_object(
      'list_id', coalesce(joined ->> (value ->> 'list_id'), value ->> 'list_id'),
      'label_ids', (
        select coalesce(jsonb_agg(label order by place), '[]') from (
          select coalesce(joined ->> named, named) as label, min(nth) as place
          from jsonb_array_elements_text(value -> 'label_ids') with ordinality as labelled (named, nth) group by 1
        ) as labels
      )
    ) order by ordinality
  ), '[]') into fresh from jsonb_array_elements(things) with ordinality where not outcomes ? (value ->> 'id');

  if is_lenient then
    parents := array(
      select id from public.tasks where user_id = of_user and deleted_at is null
        and id = any (array(select (value ->> 'parent_id')::uuid from jsonb_array_elements(fresh)))
    ) || ids;
    select outcomes || coalesce(jsonb_object_agg(value ->> 'id', jsonb_build_object('outcome', 'added', 'alone', true)), '{}')
    into outcomes from jsonb_array_elements(fresh) where (value ->> 'parent_id')::uuid <> all (parents);
    select jsonb_agg(case
      when (value ->> 'parent_id')::uuid <> all (parents) then value || '{"parent_id": null}' else value
    end order by ordinality) into fresh from jsonb_array_elements(fresh) with ordinality;
    fresh := coalesce(fresh, '[]');
  end if;

  places := array(select value ->> 'position' from jsonb_array_elements(fresh) where value ->> 'position' <> '');
  if exists (
    select from public.tasks
    where user_id = of_user and id = (follows ->> 'id')::uuid and position <> follows ->> 'position'
  ) or exists (
    select from public.tasks where user_id = of_user and position = any (places)
  ) or (
    select count(distinct place) < count(*) from unnest(places) as place
  ) then
    select coalesce(jsonb_agg(value || '{"position": ""}' order by ordinality), '[]') into fresh
    from jsonb_array_elements(fresh) with ordinality;
  end if;

  outcomes := outcomes || edgewise.try_tasks(of_user, fresh, is_lenient, most_refused - edgewise.refused_so_far());
  return edgewise.noted_report((
    select jsonb_agg(coalesce(outcomes -> (value ->> 'id'), '"added"') order by ordinality)
    from jsonb_array_elements(things) with ordinality
  ));
end
$$;
--> statement-breakpoint
create function edgewise.import_completions(of_user uuid, things jsonb) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  report jsonb;
  here uuid[];
  task_ids uuid[];
begin
  here := array(
    select id from public.completions where user_id = of_user
      and id = any (array(select (value ->> 'id')::uuid from jsonb_array_elements(things)))
  );
  task_ids := array(
    select id from public.tasks where user_id = of_user
      and id = any (array(select (value ->> 'task_id')::uuid from jsonb_array_elements(things)))
  );
  select jsonb_agg(case
    when (value ->> 'id')::uuid = any (here) then '"there"'
    when (value ->> 'task_id')::uuid = any (task_ids) then '"added"'
    else edgewise.refused_for('EW400', 'taskId', 'is no task of yours')
  end order by ordinality) into report from jsonb_array_elements(things) with ordinality;

  insert into public.completions (
    user_id, id, task_id, title, due_date, due_time, due_time_zone, completed_at, occurrence, next_occurrence, along_with
  )
    select of_user, given.id, given.task_id, given.title, given.due_date, given.due_time, given.due_time_zone,
      given.completed_at, given.occurrence, given.next_occurrence, given.along_with
    from jsonb_array_elements(things) with ordinality as listed (thing, place),
      jsonb_populate_record(null::public.completions, thing) as given
    where report -> (place - 1)::integer = '"added"';
  return edgewise.noted_report(report);
end
$$;
--> statement-breakpoint
-- Ends an import: if anything was refused, all of it is rolled back, and told as of a trial.
create function edgewise.settle_import() returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if edgewise.refused_so_far() > 0 then
    perform edgewise.end_trial();
  end if;
  return to_jsonb(true);
end
$$;
--> statement-breakpoint
revoke all on function
  edgewise.join_by_name(uuid, text, jsonb), edgewise.note_joined(jsonb), edgewise.joined_ids(), edgewise.refused_so_far(),
  edgewise.noted_report(jsonb),
  edgewise.refused_for(text, text, text), edgewise.import_named(uuid, text, jsonb, boolean), edgewise.add_tasks(uuid, jsonb),
  edgewise.try_tasks(uuid, jsonb, boolean, integer),
  edgewise.import_tasks(uuid, jsonb, jsonb, boolean), edgewise.import_completions(uuid, jsonb), edgewise.settle_import()
  from public;
--> statement-breakpoint
grant execute on function
  edgewise.join_by_name(uuid, text, jsonb), edgewise.note_joined(jsonb), edgewise.joined_ids(), edgewise.refused_so_far(),
  edgewise.noted_report(jsonb),
  edgewise.refused_for(text, text, text), edgewise.import_named(uuid, text, jsonb, boolean), edgewise.add_tasks(uuid, jsonb),
  edgewise.try_tasks(uuid, jsonb, boolean, integer),
  edgewise.import_tasks(uuid, jsonb, jsonb, boolean), edgewise.import_completions(uuid, jsonb), edgewise.settle_import()
  to edgewise_api;
