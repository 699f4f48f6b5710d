-- What the database keeps up by itself, whoever writes: an order with room between any two, a tree without loops,
-- the labels of a task, what goes and comes back with what, and how much a user may have.
--
-- Triggers on tables with row-level security run as who writes, so that they reach no further than that.

alter table lists force row level security;
--> statement-breakpoint
alter table labels force row level security;
--> statement-breakpoint
alter table task_labels force row level security;
--> statement-breakpoint
alter table completions force row level security;
--> statement-breakpoint
-- Says why a write cannot be made: EW400 for what does not fit, EW409 for what is in the way. `path` names the field and
-- `reason` is for people, in a field that Postgres does not log; neither holds a value.
create function edgewise.refuse(code text, path text, reason text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception 'the write was refused' using errcode = code, column = path, constraint = reason,
    table = coalesce(current_setting('app.step', true), '');
end
$$;
--> statement-breakpoint
-- Keys of an order: the algorithm of "Implementing Fractional Indexing" (David Greenspan, 2020), as the library
-- fractional-indexing has it; base 62, compared byte by byte. A key is an integer part, whose first letter tells its length, and a fraction.
create function edgewise.digit(of_value integer) returns text
language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
return substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', of_value + 1, 1);
--> statement-breakpoint
create function edgewise.value_of(digit text) returns integer
language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
return strpos('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', digit) - 1;
--> statement-breakpoint
-- The shortest fraction between two; `high` null is 1, and neither ends in 0.
create function edgewise.fraction_between(low text, high text) returns text
language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  same integer := 0;
  from_digit integer;
  to_digit integer;
begin
  if high is not null then
    while coalesce(nullif(substr(low, same + 1, 1), ''), '0') = substr(high, same + 1, 1) loop
      same := same + 1;
    end loop;
    if same > 0 then
      return left(high, same) || edgewise.fraction_between(substr(low, same + 1), substr(high, same + 1));
    end if;
  end if;
  from_digit := case when low = '' then 0 else edgewise.value_of(left(low, 1)) end;
  to_digit := case when high is null then 62 else edgewise.value_of(left(high, 1)) end;
  if to_digit - from_digit > 1 then
    return edgewise.digit((from_digit + to_digit + 1) / 2);
  end if;
  if length(high) > 1 then
    return left(high, 1);
  end if;
  return edgewise.digit(from_digit) || edgewise.fraction_between(substr(low, 2), null);
end
$$;
--> statement-breakpoint
create function edgewise.integer_part(of_key text) returns text
language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
return left(of_key, case
  when ascii(of_key) between ascii('a') and ascii('z') then ascii(of_key) - ascii('a') + 2
  else ascii('Z') - ascii(of_key) + 2
end);
--> statement-breakpoint
-- The next integer part, or the one before; null past the last one of 27 digits.
create function edgewise.integer_beside(integer_part text, step integer) returns text
language plpgsql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  head integer := ascii(integer_part);
  digits text := substr(integer_part, 2);
  digit integer;
begin
  for place in reverse length(digits)..1 loop
    digit := edgewise.value_of(substr(digits, place, 1)) + step;
    digits := overlay(digits placing edgewise.digit((digit + 62) % 62) from place for 1);
    if digit between 0 and 61 then
      return chr(head) || digits;
    end if;
  end loop;
  -- All digits have wrapped round: one digit more away from zero, one less towards it.
  if step > 0 then
    if chr(head) = 'Z' then return 'a0'; end if;
    if chr(head) = 'z' then return null; end if;
    return chr(head + 1) || case when head + 1 > ascii('a') then digits || '0' else substr(digits, 2) end;
  end if;
  if chr(head) = 'a' then return 'Zz'; end if;
  if chr(head) = 'A' then return null; end if;
  return chr(head - 1) || case when head - 1 < ascii('Z') then digits || 'z' else substr(digits, 2) end;
end
$$;
--> statement-breakpoint
-- A key between two: null for none on that side. What is between does not move, and nothing else does.
create function edgewise.position_between(low text, high text) returns text
language plpgsql immutable parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
  low_integer text := edgewise.integer_part(low);
  high_integer text := edgewise.integer_part(high);
  beside text;
begin
  if low is null and high is null then
    return 'a0';
  end if;
  if low is null then
    beside := edgewise.integer_beside(high_integer, -1);
    if beside is null then
      return high_integer || edgewise.fraction_between('', substr(high, length(high_integer) + 1));
    end if;
    return case when high_integer collate "C" < high collate "C" then high_integer else beside end;
  end if;
  beside := edgewise.integer_beside(low_integer, 1);
  if high is null then
    return coalesce(beside, low_integer || edgewise.fraction_between(substr(low, length(low_integer) + 1), null));
  end if;
  if low_integer = high_integer then
    return low_integer || edgewise.fraction_between(
      substr(low, length(low_integer) + 1), substr(high, length(high_integer) + 1)
    );
  end if;
  if beside collate "C" < high collate "C" then return beside; end if;
  return low_integer || edgewise.fraction_between(substr(low, length(low_integer) + 1), null);
end
$$;
--> statement-breakpoint
-- Where a task goes that is to stand right before or right after another of the user's; at the end if neither is named.
create function edgewise.task_position(of_user uuid, task uuid, before_task uuid, after_task uuid) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  place text;
  neighbour text;
begin
  if before_task is null and after_task is null then
    select max(position) into place from public.tasks where user_id = of_user and id <> task;
    return edgewise.position_between(place, null);
  end if;
  select position into place from public.tasks
    where user_id = of_user and id = coalesce(before_task, after_task) and id <> task and deleted_at is null;
  if place is null then
    perform edgewise.refuse('EW400', case when before_task is null then 'after' else 'before' end, 'is no other task of yours');
  end if;
  if before_task is not null then
    select max(position) into neighbour from public.tasks where user_id = of_user and position < place and id <> task;
    return edgewise.position_between(neighbour, place);
  end if;
  select min(position) into neighbour from public.tasks where user_id = of_user and position > place and id <> task;
  return edgewise.position_between(place, neighbour);
end
$$;
--> statement-breakpoint
-- The same for a list.
create function edgewise.list_position(of_user uuid, list uuid, before_list uuid, after_list uuid) returns text
language plpgsql stable
set search_path = pg_catalog, pg_temp
as $$
declare
  place text;
  neighbour text;
begin
  if before_list is null and after_list is null then
    select max(position) into place from public.lists where user_id = of_user and id <> list;
    return edgewise.position_between(place, null);
  end if;
  select position into place from public.lists
    where user_id = of_user and id = coalesce(before_list, after_list) and id <> list and deleted_at is null;
  if place is null then
    perform edgewise.refuse('EW400', case when before_list is null then 'after' else 'before' end, 'is no other list of yours');
  end if;
  if before_list is not null then
    select max(position) into neighbour from public.lists where user_id = of_user and position < place and id <> list;
    return edgewise.position_between(neighbour, place);
  end if;
  select min(position) into neighbour from public.lists where user_id = of_user and position > place and id <> list;
  return edgewise.position_between(place, neighbour);
end
$$;
--> statement-breakpoint
-- Text without what people leave out when they search: marks over and under letters, and letter case. Signs part words, or else an address,
-- a path or a day (`milk/bread`, `2026-12-01`) would be one that only its beginning finds.
create function edgewise.plain(of_text text) returns text
language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
return lower(regexp_replace(
  normalize(
    replace(replace(replace(translate(of_text, 'øØłŁđĐıİ/@.:_-+=&?#%~|\', 'oOlLdDiI               '), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), NFKD
  ),
  '[\u0300-\u036f]+', '', 'g'
));
--> statement-breakpoint
-- What a search looks at: the words of the title, which weigh more, and those of the notes.
create function edgewise.searchable(title text, notes text) returns tsvector
language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
return setweight(to_tsvector('pg_catalog.simple', edgewise.plain(title)), 'A')
  || setweight(to_tsvector('pg_catalog.simple', edgewise.plain(notes)), 'B');
--> statement-breakpoint
-- All words of the text, each as the beginning of one.
create function edgewise.prefix_query(of_text text) returns tsquery
language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
return coalesce(
  (
    select to_tsquery('pg_catalog.simple', string_agg(
      '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || ''':*', ' & '
    ))
    from unnest(to_tsvector('pg_catalog.simple', edgewise.plain(of_text)))
  ),
  ''::tsquery
);
--> statement-breakpoint
-- Words if they are few enough to be in an index, whose entries may have 2,704 bytes in all. Immutable for what has just been worked
-- out, which is not compressed.
create function edgewise.few(words tsvector) returns tsvector
language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
return case when pg_column_size(words) <= 1200 then words end;
--> statement-breakpoint
create function edgewise.many(words tsvector) returns tsvector
language sql immutable strict parallel safe
set search_path = pg_catalog, pg_temp
return case when pg_column_size(words) > 1200 then words end;
--> statement-breakpoint
-- The words of most tasks are in indexes (0016); those of long notes are in their rows alone.
alter table tasks
  add column search tsvector generated always as (edgewise.few(edgewise.searchable(title, notes))) stored,
  add column long_search tsvector generated always as (edgewise.many(edgewise.searchable(title, notes))) stored;
--> statement-breakpoint
-- Before a task is written: its id is free, its list, parent and labels are there, and it hangs in a tree of five levels.
create function edgewise.place_task() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  parent public.tasks;
  above integer;
  below integer;
  loops boolean;
  moves boolean := tg_op = 'INSERT' or new.parent_id is distinct from old.parent_id;
begin
  if tg_op = 'INSERT' then
    if exists (select from public.tasks where user_id = new.user_id and id = new.id) then
      perform edgewise.refuse('EW409', 'id', 'is that of another task of yours');
    end if;
    if new.position = '' then
      new.position := edgewise.task_position(new.user_id, new.id, null, null);
    end if;
  elsif old.deleted_at is not null and new.deleted_at is null then
    -- What comes back finds its place among what is there.
    if exists (select from public.tasks where user_id = new.user_id and id = new.parent_id and deleted_at is not null) then
      new.parent_id := null;
    end if;
    if exists (select from public.lists where user_id = new.user_id and id = new.list_id and deleted_at is not null) then
      new.list_id := null;
    end if;
    moves := false;
  end if;

  if moves and new.parent_id is not null then
    select * into parent from public.tasks
      where user_id = new.user_id and id = new.parent_id and (deleted_at is null or new.deleted_at is not null);
    if parent.id is null then
      perform edgewise.refuse('EW400', 'parentId', 'is no task of yours');
    end if;
    with recursive line as (
      select parent.id as id, parent.parent_id as parent_id, 1 as level
      union all
      select tasks.id, tasks.parent_id, line.level + 1
      from line join public.tasks on tasks.user_id = new.user_id and tasks.id = line.parent_id
      where line.level < 5
    ) select max(level), bool_or(id = new.id) into above, loops from line;
    if loops then
      perform edgewise.refuse('EW400', 'parentId', 'is the task itself or one below it');
    end if;
    with recursive tree as (
      select new.id as id, 1 as level
      union all
      select tasks.id, tree.level + 1
      from tree join public.tasks on tasks.user_id = new.user_id and tasks.parent_id = tree.id
      where tree.level < 6
    ) select max(level) into below from tree;
    if above + below > 5 then
      perform edgewise.refuse('EW400', 'parentId', 'is too deep: tasks nest in five levels');
    end if;
    new.list_id := parent.list_id;
  elsif tg_op = 'INSERT' or new.list_id is distinct from old.list_id then
    if new.list_id is not null and not exists (
      select from public.lists
      where user_id = new.user_id and id = new.list_id and (deleted_at is null or new.deleted_at is not null)
    ) then
      perform edgewise.refuse('EW400', 'listId', 'is no list of yours');
    end if;
    if new.parent_id is not null and exists (
      select from public.tasks
      where user_id = new.user_id and id = new.parent_id and list_id is distinct from new.list_id
    ) then
      perform edgewise.refuse('EW400', 'listId', 'is that of its parent while it has one');
    end if;
  end if;

  -- What is added to the trash went there by itself, unless with what it hangs on: so it can be found, restored and purged.
  if tg_op = 'INSERT' and new.deleted_at is not null and new.deleted_with is distinct from new.id and not exists (
    select from public.tasks
    where user_id = new.user_id and id = new.parent_id and deleted_with = new.deleted_with
    union all
    select from public.lists
    where user_id = new.user_id and id = new.list_id and id = new.deleted_with and deleted_at is not null
  ) then
    new.deleted_with := new.id;
  end if;

  if (tg_op = 'INSERT' or new.label_ids is distinct from old.label_ids) and cardinality(new.label_ids) > (
    select count(*) from public.labels
    where user_id = new.user_id and id = any (new.label_ids) and deleted_at is null
  ) then
    perform edgewise.refuse('EW400', 'labelIds', 'must be different labels of yours');
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger place before insert or update of parent_id, list_id, label_ids, deleted_at on tasks
for each row execute function edgewise.place_task();
--> statement-breakpoint
-- After a task was written: what hangs on it goes along, and its labels are noted.
create function edgewise.follow_task() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
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
    update public.tasks set list_id = new.list_id
      where user_id = new.user_id and parent_id = new.id and list_id is distinct from new.list_id;
  end if;

  if old.deleted_at is null and new.deleted_at is not null then
    update public.tasks set deleted_at = new.deleted_at, deleted_with = new.deleted_with
      where user_id = new.user_id and parent_id = new.id and deleted_at is null;
  elsif old.deleted_at is not null and new.deleted_at is null then
    update public.tasks set deleted_at = null, deleted_with = null
      where user_id = new.user_id and parent_id = new.id and deleted_with = old.deleted_with;
  end if;

  if old.completed_at is null and new.completed_at is not null then
    update public.tasks set completed_at = new.completed_at, completed_with = new.completed_with
      where user_id = new.user_id and parent_id = new.id and completed_at is null and deleted_at is null;
    insert into public.completions
        (user_id, id, task_id, title, due_date, due_time, due_time_zone, completed_at)
      values (new.user_id, gen_random_uuid(), new.id, new.title, new.due_date, new.due_time, new.due_time_zone,
        new.completed_at);
  elsif old.completed_at is not null and new.completed_at is null then
    update public.tasks set completed_at = null, completed_with = null
      where user_id = new.user_id and parent_id = new.id and completed_with = old.completed_with;
    delete from public.completions
      where user_id = new.user_id and task_id = new.id and completed_at = old.completed_at
        -- Those of tasks that come again (0013) stay: it is for the next time that they are opened.
        and next_occurrence is null and along_with is null;
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger follow after insert or update on tasks for each row execute function edgewise.follow_task();
--> statement-breakpoint
create function edgewise.place_list() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if exists (select from public.lists where user_id = new.user_id and id = new.id) then
    perform edgewise.refuse('EW409', 'id', 'is that of another list of yours');
  end if;
  if new.position = '' then
    new.position := edgewise.list_position(new.user_id, new.id, null, null);
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger place before insert on lists for each row execute function edgewise.place_list();
--> statement-breakpoint
-- A list takes its tasks into the trash and back: those below another come with that one.
create function edgewise.follow_list() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.deleted_at is null and new.deleted_at is not null then
    update public.tasks set deleted_at = new.deleted_at, deleted_with = new.id
      where user_id = new.user_id and list_id = new.id and deleted_at is null;
  elsif old.deleted_at is not null and new.deleted_at is null then
    update public.tasks set deleted_at = null, deleted_with = null
      where user_id = new.user_id and list_id = new.id and deleted_with = new.id and parent_id is null;
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger follow after update of deleted_at on lists for each row execute function edgewise.follow_list();
--> statement-breakpoint
create function edgewise.place_label() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' and exists (select from public.labels where user_id = new.user_id and id = new.id) then
    perform edgewise.refuse('EW409', 'id', 'is that of another label of yours');
  end if;
  if new.deleted_at is null and exists (
    select from public.labels
    where user_id = new.user_id and lower(name) = lower(new.name) and id <> new.id and deleted_at is null
  ) then
    perform edgewise.refuse('EW409', 'name', 'is that of another label of yours');
  end if;
  return new;
end
$$;
--> statement-breakpoint
create trigger place before insert or update of name, deleted_at on labels
for each row execute function edgewise.place_label();
--> statement-breakpoint
-- A label in the trash is on no task, and on the same ones again when it comes back.
create function edgewise.follow_label() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if old.deleted_at is null and new.deleted_at is not null then
    update public.tasks set label_ids = array_remove(label_ids, new.id)
      where user_id = new.user_id and new.id = any (label_ids) and id in (
        select task_id from public.task_labels where user_id = new.user_id and label_id = new.id
      );
  elsif old.deleted_at is not null and new.deleted_at is null then
    update public.tasks set label_ids = label_ids || new.id
      where user_id = new.user_id and new.id <> all (label_ids) and id in (
        select task_id from public.task_labels where user_id = new.user_id and label_id = new.id
      );
  end if;
  return null;
end
$$;
--> statement-breakpoint
create trigger follow after update of deleted_at on labels for each row execute function edgewise.follow_label();
--> statement-breakpoint
create trigger stamp before insert or update on lists for each row execute function edgewise.stamp();
--> statement-breakpoint
create trigger stamp before insert or update on labels for each row execute function edgewise.stamp();
--> statement-breakpoint
create trigger stamp before insert or update on completions for each row execute function edgewise.stamp();
--> statement-breakpoint
-- What was purged, for those who keep in step: a user's things that are no more, by the write that removed them.
create table edgewise.tombstones (
  user_id uuid not null references public.users (id) on delete cascade,
  changed_in bigint not null,
  id uuid not null,
  kind text not null,
  made_at timestamptz not null default now(),
  primary key (user_id, changed_in, id, kind)
);
--> statement-breakpoint
create index tombstones_made_at_index on edgewise.tombstones (made_at);
--> statement-breakpoint
-- How far the principal's writes have come, and up to which the tombstones of them have been forgotten.
alter table edgewise.writers add column forgotten bigint not null default 0;
--> statement-breakpoint
create function edgewise.my_writes() returns table (last_write bigint, forgotten bigint)
language sql stable security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select coalesce(max(writers.last_write), 0), coalesce(max(writers.forgotten), 0) from edgewise.writers
  where writers.user_id = (select edgewise.principal());
end;
--> statement-breakpoint
create function edgewise.my_tombstones(after_write bigint, after_id uuid, at_most integer)
returns table (changed_in bigint, id uuid, kind text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select tombstones.changed_in, tombstones.id, tombstones.kind from edgewise.tombstones
  where tombstones.user_id = (select edgewise.principal())
    and (tombstones.changed_in, tombstones.id) > (after_write, after_id)
  order by tombstones.changed_in, tombstones.id
  limit at_most;
end;
--> statement-breakpoint
-- Takes a thing out of the trash, with all that went there with it; yields what it is, or null.
create function edgewise.restore(of_user uuid, thing uuid) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  restored jsonb;
begin
  update public.lists set deleted_at = null, deleted_with = null
    where user_id = of_user and id = thing and deleted_with = thing
    returning jsonb_build_object('type', 'list', 'id', id, 'name', name) into restored;
  if restored is null then
    update public.tasks set deleted_at = null, deleted_with = null
      where user_id = of_user and id = thing and deleted_with = thing
      returning jsonb_build_object('type', 'task', 'id', id, 'name', title) into restored;
  end if;
  if restored is null then
    update public.labels set deleted_at = null, deleted_with = null
      where user_id = of_user and id = thing and deleted_with = thing
      returning jsonb_build_object('type', 'label', 'id', id, 'name', name) into restored;
  end if;
  return restored;
end
$$;
--> statement-breakpoint
-- Deletes what is in the trash for good: one thing, with all that went there with it, or those that came first.
create function edgewise.purge(of_user uuid, thing uuid, at_most integer) returns integer
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  purged integer := 0;
  found_rows integer;
begin
  delete from public.tasks where user_id = of_user and id in (
    select id from public.tasks
    where user_id = of_user and deleted_with = id and (thing is null or id = thing) order by deleted_at limit at_most
  );
  get diagnostics purged = row_count;
  delete from public.lists where user_id = of_user and id in (
    select id from public.lists
    where user_id = of_user and deleted_with = id and (thing is null or id = thing) limit at_most - purged
  );
  get diagnostics found_rows = row_count;
  purged := purged + found_rows;
  delete from public.labels where user_id = of_user and id in (
    select id from public.labels
    where user_id = of_user and deleted_with = id and (thing is null or id = thing) limit at_most - purged
  );
  get diagnostics found_rows = row_count;
  return purged + found_rows;
end
$$;
--> statement-breakpoint
alter table edgewise.writers
  add column tasks integer not null default 0,
  add column lists integer not null default 0,
  add column labels integer not null default 0;
--> statement-breakpoint
insert into edgewise.writers (user_id, tasks) select user_id, count(*) from tasks group by user_id
  on conflict (user_id) do update set tasks = excluded.tasks;
--> statement-breakpoint
alter table tasks force row level security;
--> statement-breakpoint
-- Counts what a user has, trash included, in the row that the user's writes take turns on; refuses what is too much.
create function edgewise.count_added() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  owner record;
begin
  for owner in select user_id, count(*)::integer as rows from added group by user_id loop
    perform edgewise.write_of(owner.user_id);
    update edgewise.writers set
      tasks = tasks + case when tg_table_name = 'tasks' then owner.rows else 0 end,
      lists = lists + case when tg_table_name = 'lists' then owner.rows else 0 end,
      labels = labels + case when tg_table_name = 'labels' then owner.rows else 0 end
      where user_id = owner.user_id;
    if exists (
      select from edgewise.writers where user_id = owner.user_id and case tg_table_name
        when 'tasks' then tasks > 100000 when 'lists' then lists > 500 else labels > 500 end
    ) then
      perform edgewise.refuse('EW429', tg_table_name::text, 'are as many as one may have; the trash counts, too');
    end if;
  end loop;
  return null;
end
$$;
--> statement-breakpoint
create trigger count_added after insert on tasks referencing new table as added
for each statement execute function edgewise.count_added();
--> statement-breakpoint
create trigger count_added after insert on lists referencing new table as added
for each statement execute function edgewise.count_added();
--> statement-breakpoint
create trigger count_added after insert on labels referencing new table as added
for each statement execute function edgewise.count_added();
--> statement-breakpoint
-- Of an account that is being deleted nothing is noted any more: it takes its notes along.
create function edgewise.bury_removed() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  owner record;
begin
  for owner in
    select user_id, count(*)::integer as rows from removed
    where exists (select from public.users where users.id = removed.user_id) group by user_id
  loop
    insert into edgewise.tombstones (user_id, changed_in, id, kind)
      select user_id, edgewise.write_of(owner.user_id), id, tg_argv[0] from removed where user_id = owner.user_id
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
create trigger bury_removed after delete on tasks referencing old table as removed
for each statement execute function edgewise.bury_removed('task');
--> statement-breakpoint
create trigger bury_removed after delete on lists referencing old table as removed
for each statement execute function edgewise.bury_removed('list');
--> statement-breakpoint
create trigger bury_removed after delete on labels referencing old table as removed
for each statement execute function edgewise.bury_removed('label');
--> statement-breakpoint
create trigger bury_removed after delete on completions referencing old table as removed
for each statement execute function edgewise.bury_removed('completion');
--> statement-breakpoint
revoke all on function
  edgewise.refuse(text, text, text), edgewise.digit(integer), edgewise.value_of(text),
  edgewise.fraction_between(text, text), edgewise.integer_part(text), edgewise.integer_beside(text, integer),
  edgewise.position_between(text, text), edgewise.task_position(uuid, uuid, uuid, uuid),
  edgewise.list_position(uuid, uuid, uuid, uuid), edgewise.plain(text), edgewise.searchable(text, text), edgewise.few(tsvector),
  edgewise.many(tsvector),
  edgewise.prefix_query(text), edgewise.my_writes(), edgewise.my_tombstones(bigint, uuid, integer),
  edgewise.restore(uuid, uuid), edgewise.purge(uuid, uuid, integer), edgewise.place_task(), edgewise.follow_task(),
  edgewise.place_list(), edgewise.follow_list(), edgewise.place_label(), edgewise.follow_label(),
  edgewise.count_added(), edgewise.bury_removed()
  from public;
--> statement-breakpoint
grant execute on function
  edgewise.refuse(text, text, text), edgewise.digit(integer), edgewise.value_of(text),
  edgewise.fraction_between(text, text), edgewise.integer_part(text), edgewise.integer_beside(text, integer),
  edgewise.position_between(text, text), edgewise.task_position(uuid, uuid, uuid, uuid),
  edgewise.list_position(uuid, uuid, uuid, uuid), edgewise.plain(text), edgewise.searchable(text, text), edgewise.few(tsvector),
  edgewise.many(tsvector),
  edgewise.prefix_query(text), edgewise.my_writes(), edgewise.my_tombstones(bigint, uuid, integer),
  edgewise.restore(uuid, uuid), edgewise.purge(uuid, uuid, integer)
  to edgewise_api;
--> statement-breakpoint
grant select, insert, delete on lists, labels, task_labels, completions to edgewise_api;
--> statement-breakpoint
grant update (
  title, notes, priority, due_date, due_time, due_time_zone, recurrence_rule, recurrence_from, completed_at,
  completed_with, deleted_at, deleted_with, list_id, parent_id, label_ids, position
) on tasks to edgewise_api;
--> statement-breakpoint
grant update (name, color, position, archived_at, deleted_at, deleted_with) on lists to edgewise_api;
--> statement-breakpoint
grant update (name, color, deleted_at, deleted_with) on labels to edgewise_api;
