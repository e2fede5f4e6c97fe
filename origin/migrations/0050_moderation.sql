-- What a shop has set, version by version: rows are added and never changed. Its rules of moderation
-- are the first kind; whether reviews are published at once becomes one of them.
CREATE TABLE "settings_versions" (
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "kind" text NOT NULL,
  "version" integer NOT NULL,
  "value" jsonb NOT NULL,
  "actor" text NOT NULL,
  "at" timestamp (3) with time zone NOT NULL,
  PRIMARY KEY ("shop_id", "kind", "version")
);
--> statement-breakpoint
ALTER TABLE "settings_versions" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "settings_versions" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT ON "settings_versions" TO "plaudit_app";
--> statement-breakpoint
INSERT INTO "settings_versions"
  SELECT "id", 'moderation', 1, jsonb_build_object('autoPublish', "auto_publish"), 'system', now() FROM "shops";
--> statement-breakpoint
ALTER TABLE "shops" DROP COLUMN "auto_publish";
--> statement-breakpoint
-- Which rules hold what waits, or held it.
ALTER TABLE "reviews" ADD COLUMN "held_by" jsonb;
--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "held_by" jsonb;
--> statement-breakpoint
ALTER TABLE "answers" ADD COLUMN "held_by" jsonb;
