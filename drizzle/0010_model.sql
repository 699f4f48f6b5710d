CREATE TABLE "completions" (
	"user_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_in" bigint DEFAULT 0 NOT NULL,
	"task_id" uuid NOT NULL,
	"title" text NOT NULL,
	"due_date" date,
	"due_time" time(0),
	"due_time_zone" text,
	"completed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "completions_user_id_id_pk" PRIMARY KEY("user_id","id")
);
--> statement-breakpoint
ALTER TABLE "completions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "labels" (
	"user_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_in" bigint DEFAULT 0 NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	"name" text NOT NULL,
	"color" text,
	CONSTRAINT "labels_user_id_id_pk" PRIMARY KEY("user_id","id"),
	CONSTRAINT "labels_name_length" CHECK (char_length(name) between 1 and 100),
	CONSTRAINT "labels_color" CHECK (color ~ '^#[0-9a-f]{6}$')
);
--> statement-breakpoint
ALTER TABLE "labels" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lists" (
	"user_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_in" bigint DEFAULT 0 NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"deleted_with" uuid,
	"name" text NOT NULL,
	"color" text,
	"position" text collate "C" DEFAULT '' NOT NULL,
	"archived_at" timestamp (3) with time zone,
	CONSTRAINT "lists_user_id_id_pk" PRIMARY KEY("user_id","id"),
	CONSTRAINT "lists_name_length" CHECK (char_length(name) between 1 and 200),
	CONSTRAINT "lists_color" CHECK (color ~ '^#[0-9a-f]{6}$')
);
--> statement-breakpoint
ALTER TABLE "lists" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "task_labels" (
	"user_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"label_id" uuid NOT NULL,
	CONSTRAINT "task_labels_user_id_label_id_task_id_pk" PRIMARY KEY("user_id","label_id","task_id")
);
--> statement-breakpoint
ALTER TABLE "task_labels" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "tasks_open_index";--> statement-breakpoint
DROP INDEX "tasks_completed_index";--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "deleted_with" uuid;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "due_key" timestamp GENERATED ALWAYS AS (coalesce(due_date + coalesce(due_time, '00:00'), 'infinity')) STORED;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "recurrence_rule" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "recurrence_from" text;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "completed_with" uuid;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "list_id" uuid;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "label_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "position" text collate "C" DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "completions" ADD CONSTRAINT "completions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "completions" ADD CONSTRAINT "completions_task_fk" FOREIGN KEY ("user_id","task_id") REFERENCES "public"."tasks"("user_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "labels" ADD CONSTRAINT "labels_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lists" ADD CONSTRAINT "lists_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_labels" ADD CONSTRAINT "task_labels_task_fk" FOREIGN KEY ("user_id","task_id") REFERENCES "public"."tasks"("user_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_labels" ADD CONSTRAINT "task_labels_label_fk" FOREIGN KEY ("user_id","label_id") REFERENCES "public"."labels"("user_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "completions_time_index" ON "completions" USING btree ("user_id","completed_at","id");--> statement-breakpoint
CREATE INDEX "completions_task_index" ON "completions" USING btree ("user_id","task_id","completed_at");--> statement-breakpoint
CREATE INDEX "completions_changed_index" ON "completions" USING btree ("user_id","changed_in","id");--> statement-breakpoint
CREATE UNIQUE INDEX "labels_name_index" ON "labels" USING btree ("user_id",lower(name)) WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "labels_changed_index" ON "labels" USING btree ("user_id","changed_in","id");--> statement-breakpoint
CREATE UNIQUE INDEX "lists_position_index" ON "lists" USING btree ("user_id","position");--> statement-breakpoint
CREATE INDEX "lists_changed_index" ON "lists" USING btree ("user_id","changed_in","id");--> statement-breakpoint
CREATE INDEX "task_labels_task_index" ON "task_labels" USING btree ("user_id","task_id");--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_list_fk" FOREIGN KEY ("user_id","list_id") REFERENCES "public"."lists"("user_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_parent_fk" FOREIGN KEY ("user_id","parent_id") REFERENCES "public"."tasks"("user_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- Tasks that are there already, in the order in which they were made; for this their owner's role must see them.
ALTER TABLE "tasks" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "tasks" DISABLE TRIGGER "stamp";--> statement-breakpoint
UPDATE "tasks" SET "position" = numbered.position FROM (
  SELECT user_id, id, 'g' || lpad(row_number() OVER (PARTITION BY user_id ORDER BY id)::text, 7, '0') AS position FROM "tasks"
) AS numbered WHERE numbered.user_id = "tasks".user_id AND numbered.id = "tasks".id;--> statement-breakpoint
ALTER TABLE "tasks" ENABLE TRIGGER "stamp";--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_position_index" ON "tasks" USING btree ("user_id","position");--> statement-breakpoint
CREATE INDEX "tasks_changed_index" ON "tasks" USING btree ("user_id","changed_in","id");--> statement-breakpoint
CREATE INDEX "tasks_due_index" ON "tasks" USING btree ("user_id","due_key","id");--> statement-breakpoint
CREATE INDEX "tasks_priority_index" ON "tasks" USING btree ("user_id","priority","id");--> statement-breakpoint
CREATE INDEX "tasks_created_index" ON "tasks" USING btree ("user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "tasks_trash_index" ON "tasks" USING btree ("user_id","deleted_at","id") WHERE deleted_with = id;--> statement-breakpoint
CREATE INDEX "tasks_list_index" ON "tasks" USING btree ("user_id","list_id","position");--> statement-breakpoint
CREATE INDEX "tasks_parent_index" ON "tasks" USING btree ("user_id","parent_id","position");--> statement-breakpoint
CREATE INDEX "tasks_open_index" ON "tasks" USING btree ("user_id","created_at","id") WHERE completed_at is null;--> statement-breakpoint
CREATE INDEX "tasks_completed_index" ON "tasks" USING btree ("user_id","created_at","id") WHERE completed_at is not null;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_recurrence_shape" CHECK ((recurrence_rule is null) = (recurrence_from is null) and (recurrence_rule is null or due_date is not null));--> statement-breakpoint
CREATE POLICY "completions_own_rows" ON "completions" AS PERMISSIVE FOR ALL TO "edgewise_api" USING (user_id = (select edgewise.principal())) WITH CHECK (user_id = (select edgewise.principal()));--> statement-breakpoint
CREATE POLICY "labels_own_rows" ON "labels" AS PERMISSIVE FOR ALL TO "edgewise_api" USING (user_id = (select edgewise.principal())) WITH CHECK (user_id = (select edgewise.principal()));--> statement-breakpoint
CREATE POLICY "lists_own_rows" ON "lists" AS PERMISSIVE FOR ALL TO "edgewise_api" USING (user_id = (select edgewise.principal())) WITH CHECK (user_id = (select edgewise.principal()));--> statement-breakpoint
CREATE POLICY "task_labels_own_rows" ON "task_labels" AS PERMISSIVE FOR ALL TO "edgewise_api" USING (user_id = (select edgewise.principal())) WITH CHECK (user_id = (select edgewise.principal()));