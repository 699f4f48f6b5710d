-- What is deleted for good by itself, a little at a time: what has been in the trash for 30 days, the notes of what was
-- purged after 90, and answers that nobody can ask for any more. No function here is told whose or which: it deletes what is due.

create function edgewise.trash_kept() returns interval
language sql immutable parallel safe
return interval '30 days';
--> statement-breakpoint
CREATE INDEX "labels_due_to_go_index" ON "labels" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "lists_due_to_go_index" ON "lists" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "tasks_due_to_go_index" ON "tasks" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE POLICY "completions_due" ON "completions" AS PERMISSIVE FOR ALL TO current_user USING (exists (select from tasks where tasks.user_id = completions.user_id and tasks.id = task_id and deleted_at <= now() - edgewise.trash_kept())) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "labels_due" ON "labels" AS PERMISSIVE FOR ALL TO current_user USING (deleted_at <= now() - edgewise.trash_kept()) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "lists_due" ON "lists" AS PERMISSIVE FOR ALL TO current_user USING (deleted_at <= now() - edgewise.trash_kept()) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "task_labels_due" ON "task_labels" AS PERMISSIVE FOR ALL TO current_user USING (exists (select from labels where labels.user_id = task_labels.user_id and labels.id = label_id and deleted_at <= now() - edgewise.trash_kept())) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "tasks_due" ON "tasks" AS PERMISSIVE FOR ALL TO current_user USING (deleted_at <= now() - edgewise.trash_kept()) WITH CHECK (false);
--> statement-breakpoint
-- As many as one step may delete, whatever its caller asks for: none is to hold locks for long.
create function edgewise.step_size(at_most integer) returns integer
language sql immutable parallel safe
return least(greatest(at_most, 1), 1000);
--> statement-breakpoint
-- Takes the user's turn, on which that user's writes wait, if nobody has it; and keeps the account, whose deletion would meet us half-way.
-- What is taken already is left for the next step: nothing here waits for a lock, so no ring of waiting can come about.
create function edgewise.take_free_turn(of_user uuid) returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  perform 1 from edgewise.writers join public.users on users.id = writers.user_id
    where writers.user_id = of_user
    for update of writers skip locked for key share of users skip locked;
  return found;
end
$$;
--> statement-breakpoint
-- Each of these deletes so many rows of what is due at most, and yields how many: 0 when nothing was left that it could take. What is
-- due is no more to be restored, so nobody sees that it goes piece by piece: first what hangs on a thing, then the thing, so
-- that nothing cascades further than was counted. Whether it is still there is looked at again in the user's turn.
create function edgewise.purge_due_tasks(at_most integer) returns integer
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  due constant timestamptz := now() - edgewise.trash_kept();
  allowed constant integer := edgewise.step_size(at_most);
  unused integer := allowed;
  deleted integer;
  batch record;
begin
  for batch in
    select user_id, array_agg(id) as ids from (
      select tasks.user_id, tasks.id from public.tasks
      where tasks.deleted_at <= due and not exists (
        select from public.tasks as below where below.user_id = tasks.user_id and below.parent_id = tasks.id
      )
      order by tasks.deleted_at limit allowed
    ) as leaves group by user_id
  loop
    continue when not edgewise.take_free_turn(batch.user_id);
    delete from public.completions where user_id = batch.user_id and id in (
      select completions.id from public.completions
      join public.tasks on tasks.user_id = completions.user_id and tasks.id = completions.task_id
      where completions.user_id = batch.user_id and completions.task_id = any (batch.ids) and tasks.deleted_at <= due
      limit unused
    );
    get diagnostics deleted = row_count;
    unused := unused - deleted;
    exit when unused = 0;
    delete from public.tasks where user_id = batch.user_id and id in (
      select tasks.id from public.tasks
      where tasks.user_id = batch.user_id and tasks.id = any (batch.ids) and tasks.deleted_at <= due
      limit unused
    );
    get diagnostics deleted = row_count;
    unused := unused - deleted;
    exit when unused = 0;
  end loop;
  return allowed - unused;
end
$$;
--> statement-breakpoint
create function edgewise.purge_due_lists(at_most integer) returns integer
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  due constant timestamptz := now() - edgewise.trash_kept();
  deleted integer;
  total integer := 0;
  batch record;
begin
  for batch in
    select user_id, array_agg(id) as ids from (
      select lists.user_id, lists.id from public.lists
      where lists.deleted_at <= due and not exists (
        select from public.tasks where tasks.user_id = lists.user_id and tasks.list_id = lists.id
      )
      order by lists.deleted_at limit edgewise.step_size(at_most)
    ) as empty group by user_id
  loop
    continue when not edgewise.take_free_turn(batch.user_id);
    delete from public.lists where user_id = batch.user_id and id = any (batch.ids) and deleted_at <= due;
    get diagnostics deleted = row_count;
    total := total + deleted;
  end loop;
  return total;
end
$$;
--> statement-breakpoint
create function edgewise.purge_due_labels(at_most integer) returns integer
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  due constant timestamptz := now() - edgewise.trash_kept();
  allowed constant integer := edgewise.step_size(at_most);
  unused integer := allowed;
  deleted integer;
  batch record;
begin
  for batch in
    select user_id, array_agg(id) as ids from (
      select labels.user_id, labels.id from public.labels
      where labels.deleted_at <= due order by labels.deleted_at limit allowed
    ) as oldest group by user_id
  loop
    continue when not edgewise.take_free_turn(batch.user_id);
    delete from public.task_labels where user_id = batch.user_id and (label_id, task_id) in (
      select task_labels.label_id, task_labels.task_id from public.task_labels
      join public.labels on labels.user_id = task_labels.user_id and labels.id = task_labels.label_id
      where task_labels.user_id = batch.user_id and task_labels.label_id = any (batch.ids) and labels.deleted_at <= due
      limit unused
    );
    get diagnostics deleted = row_count;
    unused := unused - deleted;
    exit when unused = 0;
    delete from public.labels where user_id = batch.user_id and id in (
      select labels.id from public.labels
      where labels.user_id = batch.user_id and labels.id = any (batch.ids) and labels.deleted_at <= due
      limit unused
    );
    get diagnostics deleted = row_count;
    unused := unused - deleted;
    exit when unused = 0;
  end loop;
  return allowed - unused;
end
$$;
--> statement-breakpoint
-- Whoever has not yet been told of what is forgotten here must begin anew: `forgotten` says so in the same transaction.
create function edgewise.forget_tombstones(at_most integer) returns integer
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  due constant timestamptz := now() - interval '90 days';
  deleted integer;
  total integer := 0;
  batch record;
begin
  for batch in
    select user_id, max(changed_in) as last, array_agg(changed_in) as writes, array_agg(id) as ids, array_agg(kind) as kinds
    from (
      select * from edgewise.tombstones where made_at <= due order by made_at limit edgewise.step_size(at_most)
    ) as oldest group by user_id
  loop
    continue when not edgewise.take_free_turn(batch.user_id);
    delete from edgewise.tombstones where user_id = batch.user_id and (changed_in, id, kind) in (
      select * from unnest(batch.writes, batch.ids, batch.kinds)
    );
    get diagnostics deleted = row_count;
    total := total + deleted;
    update edgewise.writers set forgotten = greatest(forgotten, batch.last) where user_id = batch.user_id;
  end loop;
  return total;
end
$$;
--> statement-breakpoint
create function edgewise.forget_answers(at_most integer) returns integer
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  deleted integer;
begin
  delete from edgewise.answers where (user_id, key) in (
    select user_id, key from edgewise.answers where expires_at <= now()
    order by expires_at limit edgewise.step_size(at_most) for update skip locked
  );
  get diagnostics deleted = row_count;
  return deleted;
end
$$;
--> statement-breakpoint
-- As before, but for what is due: that is lost, whether it has been purged yet or not. By the clock of now, in the user's turn: what
-- a purge that came first was to take is due for this, too.
create or replace function edgewise.restore(of_user uuid, thing uuid) returns jsonb
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  due constant timestamptz := clock_timestamp() - edgewise.trash_kept();
  restored jsonb;
begin
  update public.lists set deleted_at = null, deleted_with = null
    where user_id = of_user and id = thing and deleted_with = thing and deleted_at > due
    returning jsonb_build_object('type', 'list', 'id', id, 'name', name) into restored;
  if restored is null then
    update public.tasks set deleted_at = null, deleted_with = null
      where user_id = of_user and id = thing and deleted_with = thing and deleted_at > due
      returning jsonb_build_object('type', 'task', 'id', id, 'name', title) into restored;
  end if;
  if restored is null then
    update public.labels set deleted_at = null, deleted_with = null
      where user_id = of_user and id = thing and deleted_with = thing and deleted_at > due
      returning jsonb_build_object('type', 'label', 'id', id, 'name', name) into restored;
  end if;
  return restored;
end
$$;
--> statement-breakpoint
revoke all on function
  edgewise.trash_kept(), edgewise.step_size(integer), edgewise.take_free_turn(uuid), edgewise.purge_due_tasks(integer),
  edgewise.purge_due_lists(integer), edgewise.purge_due_labels(integer), edgewise.forget_tombstones(integer),
  edgewise.forget_answers(integer)
  from public;
--> statement-breakpoint
grant execute on function edgewise.trash_kept() to edgewise_api;
--> statement-breakpoint
-- Not to the data role, which reaches nothing but its principal's rows, not even by deleting or counting what is due.
grant execute on function
  edgewise.purge_due_tasks(integer), edgewise.purge_due_lists(integer), edgewise.purge_due_labels(integer),
  edgewise.forget_tombstones(integer), edgewise.forget_answers(integer)
  to edgewise_auth;
