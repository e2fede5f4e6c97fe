-- What is read without adding anything, and why a file could not be read to its end.
ALTER TABLE "imports" ADD COLUMN "is_dry_run" boolean NOT NULL DEFAULT false, ADD COLUMN "failure" text;
--> statement-breakpoint
-- Files that wait to be imported. They are in a folder of the origin that took them, sealed with the keys
-- that are kept here: without its row a file is of no use to anybody.
CREATE TABLE "import_files" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "public_id" text NOT NULL UNIQUE,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "import_id" bigint NOT NULL UNIQUE REFERENCES "imports" ("id") ON DELETE CASCADE,
  "key" text NOT NULL,
  "key_version" integer NOT NULL,
  "plan" jsonb NOT NULL,
  "attempts" integer NOT NULL DEFAULT 0,
  "created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "import_files_shop" ON "import_files" ("shop_id");
--> statement-breakpoint
ALTER TABLE "import_files" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "import_files" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "import_files" TO "plaudit_app";
--> statement-breakpoint
-- What was wrong with which row.
CREATE TABLE "import_row_errors" (
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "import_id" bigint NOT NULL REFERENCES "imports" ("id") ON DELETE CASCADE,
  "row" bigint NOT NULL,
  "line" bigint NOT NULL,
  "field" text,
  "reason" text NOT NULL,
  PRIMARY KEY ("import_id", "row")
);
--> statement-breakpoint
CREATE INDEX "import_row_errors_shop" ON "import_row_errors" ("shop_id");
--> statement-breakpoint
ALTER TABLE "import_row_errors" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "import_row_errors" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "import_row_errors" TO "plaudit_app";
