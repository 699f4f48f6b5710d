-- Fills a database as years of use would: each row where its last version was written, at the end of what was written before, one
-- user's between everybody's.
-- What looks random is a hash of a row's number, so every run makes the same rows, and a database that holds only
-- some of the users holds them as the full one does.
--
-- Told by settings: fill.users, fill.tasks, fill.big_tasks (those of user 1), fill.moment (the end of those years), fill.only (users to be
-- made, as an array; all if empty), fill.words (the vocabulary, as an array, the commonest first).

set session_replication_role = replica;
set maintenance_work_mem = '512MB';
set work_mem = '256MB';

create schema fill;

create function fill.chance(n bigint, salt integer) returns double precision
language sql immutable parallel safe
return (hashint8extended(n, salt) & 2147483647) / 2147483648.0;

create function fill.moment() returns timestamptz
language sql stable parallel safe
return current_setting('fill.moment')::timestamptz;

create function fill.pick(n bigint, salt integer, among integer) returns integer
language sql immutable parallel safe
return floor(fill.chance(n, salt) * among)::integer;

create function fill.uuid_of(what text) returns uuid
language sql immutable parallel safe
return overlay(overlay(md5(what) placing '4' from 13) placing '8' from 17)::uuid;

create unlogged table fill.people as
  select n as number,
    fill.uuid_of('user ' || n) as id,
    case when n = 1 then 60 else 1 + fill.pick(n, 1, 9) end as lists,
    case when n = 1 then 80 else 3 + fill.pick(n, 2, 8) end as labels
  from generate_series(1, current_setting('fill.users')::integer) n
  where current_setting('fill.only') = '{}' or n = any (current_setting('fill.only')::integer[]);
alter table fill.people add primary key (number);

insert into users (id, name, email, email_verified)
  select id, 'Person ' || number, 'person-' || number || '@example.com', true from fill.people;
insert into sessions (id, user_id, token, expires_at)
  select fill.uuid_of('session ' || number), id, md5('token ' || number), now() + interval '7 days' from fill.people;

-- Words as people use them: the second half as often as the first, and so on down to many that are rare.
create unlogged table fill.words as
  select rank, coalesce(
    (current_setting('fill.words')::text[])[rank],
    (select string_agg((array['ba','ko','mi','ter','sal','vo','ne','lu','pra','di','gon','sch','eau','ña','ź'])[1 + fill.pick(rank * 8 + part, 3, 15)], '')
      from generate_series(1, 2 + rank % 3) part)
  ) as word
  from generate_series(1, 8000) rank;
alter table fill.words add primary key (rank);

create unlogged table fill.phrases as
  select phrase, string_agg(word, ' ' order by place) as text
  from generate_series(0, 39999) phrase cross join generate_series(1, 1 + phrase % 3) place
    join fill.words on rank = floor(power(8000, fill.chance(phrase * 4 + place, 4)))::integer
  group by phrase;

create unlogged table fill.paragraphs as
  select paragraph, string_agg(word, ' ' order by place) as text
  from generate_series(0, 9999) paragraph cross join generate_series(1, 4 + paragraph % 40) place
    join fill.words on rank = floor(power(8000, fill.chance(paragraph * 64 + place, 5)))::integer
  group by paragraph;

-- Whole pages of notes, whose words are too many for an index.
create unlogged table fill.long_texts as
  select paragraph, string_agg(word, ' ' order by place) as text
  from generate_series(0, 199) paragraph cross join generate_series(1, 400 + paragraph * 5) place
    join fill.words on rank = floor(power(8000, fill.chance(paragraph * 2048 + place, 36)))::integer
  group by paragraph;

-- Of each task: its number in the order of all, its owner, its number among the owner's, its time and id.
create unlogged table fill.drafts as
  with owned as (
    select n, case
        when n % (current_setting('fill.tasks')::bigint / current_setting('fill.big_tasks')::bigint) = 0 then 1
        else 2 + floor((current_setting('fill.users')::integer - 1) * power(fill.chance(n, 6), 1.5))::integer
      end as owner
    from generate_series(1, current_setting('fill.tasks')::bigint) n
  ), timed as (
    select owned.*, people.id as user_id, lists, labels,
      date_trunc('day', fill.moment()) - interval '1000 days' + interval '1000 days' * n / current_setting('fill.tasks')::bigint as made
    from owned join fill.people on number = owner
  )
  select *, row_number() over (partition by owner order by n) as nth, count(*) over (partition by owner) as owned,
    (lpad(to_hex((extract(epoch from made) * 1000)::bigint), 12, '0') || '7' || left(md5(n::text), 3) || '8' || right(md5(n::text), 15))::uuid as id
  from timed order by n;
alter table fill.drafts add primary key (owner, nth);
analyze fill.drafts, fill.phrases, fill.paragraphs, fill.long_texts, fill.people;

insert into lists (user_id, id, created_at, updated_at, changed_in, name, color, position, archived_at, deleted_at, deleted_with)
  select people.id, list, fill.moment() - interval '1000 days', fill.moment() - interval '1000 days', n, 'List ' || n, null, 'a' || lpad(n::text, 3, '0'),
    case when n % 7 = 6 then fill.moment() end, case when n % 31 = 30 then fill.moment() - interval '1 day' * (n % 29) end, case when n % 31 = 30 then list end
  from fill.people, generate_series(1, lists) n, fill.uuid_of('list ' || number || ' ' || n) list;

insert into labels (user_id, id, created_at, updated_at, changed_in, name, deleted_at, deleted_with)
  select people.id, label, fill.moment() - interval '1000 days', fill.moment() - interval '1000 days', n, 'label ' || n,
    case when n > labels then fill.moment() - interval '1 day' end, case when n > labels then label end
  from fill.people, generate_series(1, labels + 1) n, fill.uuid_of('label ' || number || ' ' || n) label;

-- Every seventh task may head a tree of three below it, in three levels; a tree is in one list and completed as one.
insert into tasks (
  user_id, id, title, notes, priority, due_date, due_time, due_time_zone, recurrence_rule, recurrence_from,
  recurrence_start, recurrence_on, upcoming, completed_at, completed_with, created_at, updated_at, version, changed_in, deleted_at, deleted_with,
  list_id, parent_id, label_ids, position, search, long_search
)
  with shaped as (
    select drafts.*, nth % 7 as place, owner * 1000003::bigint + nth / 7 as block,
      fill.chance(owner * 1000003::bigint + nth / 7, 10) < 0.35 as is_tree, fill.chance(n, 11) < 0.4 as is_edited
    from fill.drafts
  ), decided as (
    select shaped.*,
      fill.chance(case when is_tree then block else n end, 12) < 0.6 as is_completed,
      not is_tree and fill.chance(n, 13) < 0.025 as is_trashed,
      fill.chance(n, 14) < 0.5 as is_due,
      case when is_tree and place in (3, 4) then nth - place + 1 when is_tree and place = 5 then nth - 2 end as parent_nth,
      case when fill.chance(block, 15) < 0.75 then 1 + floor(lists * power(fill.chance(block, 16), 1.7))::integer end as list,
      floor(labels * power(fill.chance(n, 17), 2))::integer as label
    from shaped
  ), dated as (
    select *,
      case when is_completed then least(fill.moment(), made + interval '1 day' * fill.pick(n, 25, 60)) end as completed_at,
      case when is_trashed then fill.moment() - interval '1 minute' * fill.pick(n, 28, 43000) end as deleted_at,
      -- Mostly soon, some years later.
      case when is_edited then made + (fill.moment() - made) * power(fill.chance(n, 26), 3) end as edited_at
    from decided
  ), written as (
    select *, greatest(made, completed_at, deleted_at, edited_at) as written_at from dated
  ), counted as (
    select *, 2 * row_number() over (partition by owner order by written_at, n) as changed_in from written
  )
  select counted.user_id, counted.id, title, notes,
    greatest(0, fill.pick(counted.n, 21, 8) - 4),
    case when is_due then counted.made::date + fill.pick(counted.n, 22, 90) end,
    case when is_due and counted.n % 2 = 0 then time '06:00' + interval '30 minutes' * fill.pick(counted.n, 23, 36) end,
    case when is_due and counted.n % 4 = 0 then (array['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Pacific/Auckland'])[1 + fill.pick(counted.n, 24, 4)] end,
    case when is_due and counted.n % 33 = 0 then 'FREQ=WEEKLY' end, case when is_due and counted.n % 33 = 0 then 'schedule' end,
    first_day, first_day, case when first_day is not null then array[first_day + 7, first_day + 14, 'infinity'] end,
    completed_at, case when is_completed then counted.id end,
    counted.made, written_at, 1 + num_nonnulls(completed_at, deleted_at, edited_at), counted.changed_in, deleted_at, case when is_trashed then counted.id end,
    case when list is not null then fill.uuid_of('list ' || counted.owner || ' ' || list) end, parent.id,
    (array[
      fill.uuid_of('label ' || counted.owner || ' ' || 1 + label),
      fill.uuid_of('label ' || counted.owner || ' ' || 1 + (label + 1) % labels),
      fill.uuid_of('label ' || counted.owner || ' ' || 1 + (label + 2) % labels)
    ])[1:greatest(0, fill.pick(counted.n, 29, 7) - 3)],
    -- Some were put elsewhere in the order.
    'g' || lpad((case when fill.chance(counted.n, 30) < 0.1 then 1 + fill.pick(counted.n, 31, owned::integer) else counted.nth end)::text, 7, '0')
      || 'V' || lpad(counted.nth::text, 7, '0'),
    edgewise.few(words), edgewise.many(words)
  from counted
    join fill.phrases first on first.phrase = fill.pick(n, 32, 40000)
    join fill.phrases second on second.phrase = fill.pick(n, 33, 40000)
    join fill.paragraphs on paragraph = fill.pick(n, 34, 10000)
    left join fill.long_texts long_text on counted.n % 400 = 0 and long_text.paragraph = fill.pick(n, 35, 200)
    cross join lateral (
      select initcap(first.text) || ' ' || second.text as title, case
        when counted.n % 400 = 0 then long_text.text
        when fill.chance(counted.n, 20) < 0.35 then paragraphs.text
        else ''
      end as notes
    ) texts
    -- As a trigger would, once.
    cross join lateral (select edgewise.searchable(title, notes) as words offset 0) worked_out
    cross join lateral (select case when is_due and counted.n % 33 = 0 then counted.made::date + fill.pick(counted.n, 22, 90) end as first_day) series
    left join (select owner, nth, id from fill.drafts) parent on parent.owner = counted.owner and parent.nth = counted.parent_nth
  order by written_at, counted.n;

insert into task_labels (user_id, task_id, label_id)
  select user_id, id, label from tasks, unnest(label_ids) label;

-- Those that recur have been completed every week before.
insert into completions (user_id, id, created_at, updated_at, changed_in, task_id, title, due_date, due_time, due_time_zone, completed_at)
  select user_id, fill.uuid_of('completion ' || id || time), completed_at, completed_at, changed_in, id, title, due_date - 7 * time, due_time, due_time_zone,
    completed_at - interval '7 days' * time
  from tasks, generate_series(0, case when recurrence_rule is null then 0 else 5 end) time
  where completed_at is not null order by completed_at;

insert into edgewise.tombstones (user_id, changed_in, id, kind, made_at)
  select user_id, owned + fill.pick(n, 40, owned::integer), fill.uuid_of('gone ' || n), 'task', fill.moment() - interval '1 minute' * fill.pick(n, 41, 120000)
  from fill.drafts where fill.chance(n, 42) < 0.02;

insert into edgewise.writers (user_id, last_write, tasks, lists, labels)
  select user_id, 2 * count(*), count(*), max(lists), max(labels) + 1 from fill.drafts group by user_id
  on conflict (user_id) do update set
    last_write = excluded.last_write, tasks = excluded.tasks, lists = excluded.lists, labels = excluded.labels;

drop schema fill cascade;
reset session_replication_role;
