-- What is listed is chosen in an index alone: each has all that a filter or an order can name, and those that give an order the words
-- that a search looks at, too. A user's entries lie side by side there, however many others there are, which the rows of a table do not.
drop index tasks_open_index, tasks_completed_index, tasks_position_index, tasks_due_index, tasks_priority_index,
  tasks_created_index, tasks_changed_index, tasks_list_index, tasks_parent_index;
--> statement-breakpoint
create unique index tasks_position_index on tasks (user_id, position)
  include (id, deleted_at, completed_at, list_id, parent_id, priority, due_key, due_time, due_time_zone, updated_at, search);
--> statement-breakpoint
create index tasks_due_index on tasks (user_id, due_key, id)
  include (deleted_at, completed_at, list_id, parent_id, priority, due_time, due_time_zone, updated_at, search);
--> statement-breakpoint
create index tasks_priority_index on tasks (user_id, priority, id)
  include (deleted_at, completed_at, list_id, parent_id, due_key, due_time, due_time_zone, updated_at, search);
--> statement-breakpoint
create index tasks_created_index on tasks (user_id, created_at, id)
  include (deleted_at, completed_at, list_id, parent_id, priority, due_key, due_time, due_time_zone, updated_at, search);
--> statement-breakpoint
create index tasks_changed_index on tasks (user_id, changed_in, id)
  include (deleted_at, completed_at, list_id, parent_id, priority, due_key, due_time, due_time_zone, updated_at, search);
--> statement-breakpoint
create index tasks_list_index on tasks (user_id, list_id, position)
  include (id, created_at, changed_in, deleted_at, completed_at, parent_id, priority, due_key, due_time, due_time_zone, updated_at);
--> statement-breakpoint
create index tasks_parent_index on tasks (user_id, parent_id, position)
  include (id, created_at, changed_in, deleted_at, completed_at, list_id, priority, due_key, due_time, due_time_zone, updated_at);
--> statement-breakpoint
-- The few tasks whose words are too many for an index.
create index tasks_long_search_index on tasks (user_id, id) where search is null;
--> statement-breakpoint
-- A list is one user's, and so is a task above others: without this, the planner takes a user's list for a small part of what it is.
create statistics tasks_list_statistics (dependencies) on user_id, list_id from tasks;
--> statement-breakpoint
create statistics tasks_parent_statistics (dependencies) on user_id, parent_id from tasks;
--> statement-breakpoint
-- Without one of its owner's, a trash would be looked for among everybody's.
create index lists_trash_index on lists (user_id, deleted_at, id) where deleted_with = id;
--> statement-breakpoint
create index labels_trash_index on labels (user_id, deleted_at, id) where deleted_with = id;
