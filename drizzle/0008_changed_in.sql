ALTER TABLE "tasks" ADD COLUMN "changed_in" bigint DEFAULT 0 NOT NULL;
