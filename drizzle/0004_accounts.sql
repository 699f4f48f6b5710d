-- The account's life: a password that changes ends every session, in the same statement; an account that
-- is deleted takes all it owns along; keys made before there was a schedule get an end.

create function edgewise.end_sessions_of_user() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  delete from public.sessions where user_id = new.user_id;
  return null;
end
$$;
--> statement-breakpoint
revoke all on function edgewise.end_sessions_of_user() from public;
--> statement-breakpoint
create trigger accounts_password_set after insert on accounts
for each row when (new.password is not null)
execute function edgewise.end_sessions_of_user();
--> statement-breakpoint
create trigger accounts_password_changed after update of password on accounts
for each row when (new.password is distinct from old.password)
execute function edgewise.end_sessions_of_user();
--> statement-breakpoint
grant delete on users to edgewise_auth;
--> statement-breakpoint
update jwks set expires_at = created_at + interval '30 days' where expires_at is null;
