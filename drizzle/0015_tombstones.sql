-- Things of different types may have one id, by their caller's will: a page that ends between two of them goes on with the second.
drop function edgewise.my_tombstones(bigint, uuid, integer);
--> statement-breakpoint
create function edgewise.my_tombstones(after_write bigint, after_id uuid, after_kind text, at_most integer)
returns table (changed_in bigint, id uuid, kind text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
begin atomic
  select tombstones.changed_in, tombstones.id, tombstones.kind from edgewise.tombstones
  where tombstones.user_id = (select edgewise.principal())
    and (tombstones.changed_in, tombstones.id, tombstones.kind) > (after_write, after_id, after_kind)
  order by tombstones.changed_in, tombstones.id, tombstones.kind
  limit at_most;
end;
--> statement-breakpoint
revoke all on function edgewise.my_tombstones(bigint, uuid, text, integer) from public;
--> statement-breakpoint
grant execute on function edgewise.my_tombstones(bigint, uuid, text, integer) to edgewise_api;
