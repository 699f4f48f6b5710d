-- Completes as before, but for what counts from its completion and is due on the same day again then, as it is when it is done
-- early: no second click can tell that the first has counted. That day counts once until the calendar leads to another one.
create function edgewise.complete_once(of_user uuid, of_task uuid, done_on date, zone text) returns jsonb
language sql
set search_path = pg_catalog, pg_temp
return coalesce(
  (
    select edgewise.told(tasks) from public.tasks
    where user_id = of_user and id = of_task and recurrence_from = 'completion' and completed_at is null
      and due_date = coalesce(done_on, due_date)
      and due_date = edgewise.next_occurrence(tasks, (now() at time zone coalesce(due_time_zone, zone))::date)
      and exists (
        select from public.completions
        where completions.user_id = of_user and completions.task_id = of_task
          and completions.due_date = tasks.due_date and completions.next_occurrence = tasks.due_date
      )
  ),
  edgewise.complete(of_user, of_task, done_on, zone)
);
--> statement-breakpoint
revoke all on function edgewise.complete_once(uuid, uuid, date, text) from public;
--> statement-breakpoint
grant execute on function edgewise.complete_once(uuid, uuid, date, text) to edgewise_api;
