-- The keys that a shop's addresses and secrets are sealed with, themselves wrapped by a key that is not
-- in the database. `key_version` 0 is what was written before there were keys: it is sealed at the next start.
CREATE TABLE "data_keys" (
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "kind" text NOT NULL,
  "version" integer NOT NULL,
  "wrapped" text NOT NULL,
  "created_at" timestamp (3) with time zone NOT NULL,
  "rotated_at" timestamp (3) with time zone,
  PRIMARY KEY ("shop_id", "kind", "version")
);
--> statement-breakpoint
ALTER TABLE "data_keys" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "data_keys" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "data_keys" TO "plaudit_app";
--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "email_hash" text, ADD COLUMN "key_version" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
CREATE INDEX "reviews_email_hash" ON "reviews" ("shop_id", "email_hash") WHERE "email_hash" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "reviews_clear" ON "reviews" ("shop_id") WHERE "key_version" = 0;
--> statement-breakpoint
ALTER TABLE "questions" ADD COLUMN "email_hash" text, ADD COLUMN "key_version" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
CREATE INDEX "questions_email_hash" ON "questions" ("shop_id", "email_hash") WHERE "email_hash" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "questions_clear" ON "questions" ("shop_id") WHERE "key_version" = 0;
--> statement-breakpoint
ALTER TABLE "webhook_endpoints" ADD COLUMN "key_version" integer DEFAULT 0 NOT NULL;
