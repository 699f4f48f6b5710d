-- The principal's own sessions, for the data role: to see them without their tokens, and to end them. All three
-- act on edgewise.principal(). The session's id that the caller passes only chooses among the principal's own.

-- A person's sessions in the order of the list: however many somebody makes, a page reads no more than it shows.
create index "sessions_user_id_id_index" on "sessions" using btree ("user_id", "id");
--> statement-breakpoint
drop index "sessions_user_id_index";
--> statement-breakpoint
-- Live sessions, newest first, from before that id if one is given. Agents are cut here to save the way; who
-- reads them bounds them again.
create function edgewise.my_sessions(before_id uuid, at_most integer)
returns table (
  id uuid, user_agent text, ip_address text, created_at timestamptz, last_used_at timestamptz, expires_at timestamptz
)
language sql stable security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select sessions.id, left(sessions.user_agent, 256), sessions.ip_address,
    sessions.created_at, sessions.last_used_at, sessions.expires_at
  from public.sessions
  where sessions.user_id = (select edgewise.principal())
    and sessions.expires_at > now()
    and (before_id is null or sessions.id < before_id)
  order by sessions.id desc
  limit at_most;
end;
--> statement-breakpoint
-- Returns the id of the session it ended: no row if the principal has no such live session.
create function edgewise.end_my_session(session_id uuid) returns table (id uuid)
language sql volatile security definer
set search_path = pg_catalog, pg_temp
begin atomic
  delete from public.sessions
  where sessions.id = session_id
    and sessions.user_id = (select edgewise.principal())
    and sessions.expires_at > now()
  returning sessions.id;
end;
--> statement-breakpoint
-- Ends all but one. Null keeps all: `<>` is then not true of any.
create function edgewise.end_my_other_sessions(kept_id uuid) returns void
language sql volatile security definer
set search_path = pg_catalog, pg_temp
begin atomic
  delete from public.sessions
  where sessions.user_id = (select edgewise.principal()) and sessions.id <> kept_id;
end;
--> statement-breakpoint
revoke all on function
  edgewise.my_sessions(uuid, integer), edgewise.end_my_session(uuid), edgewise.end_my_other_sessions(uuid)
  from public;
--> statement-breakpoint
grant execute on function
  edgewise.my_sessions(uuid, integer), edgewise.end_my_session(uuid), edgewise.end_my_other_sessions(uuid)
  to edgewise_api;
