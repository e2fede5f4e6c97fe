-- People who may sign in to a shop. Their address is known again by a keyed hash; it is not kept.
CREATE TABLE "people" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "public_id" text NOT NULL UNIQUE,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "email_hash" text NOT NULL,
  "password_hash" text NOT NULL,
  "created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "people_shop_email" ON "people" ("shop_id", "email_hash");
--> statement-breakpoint
ALTER TABLE "people" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "people" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "people" TO "plaudit_app";
