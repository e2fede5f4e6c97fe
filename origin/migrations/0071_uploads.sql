-- Photos that visitors send, in the three sizes that are shown; what was sent itself is not kept.
CREATE TABLE "uploads" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "public_id" text NOT NULL UNIQUE,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "review_id" bigint REFERENCES "reviews" ("id") ON DELETE CASCADE,
  "small" bytea NOT NULL,
  "medium" bytea NOT NULL,
  "large" bytea NOT NULL,
  "created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "uploads_review" ON "uploads" ("review_id") WHERE "review_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "uploads_unused" ON "uploads" ("created_at") WHERE "review_id" IS NULL;
--> statement-breakpoint
-- Compressed already.
ALTER TABLE "uploads" ALTER COLUMN "small" SET STORAGE EXTERNAL, ALTER COLUMN "medium" SET STORAGE EXTERNAL, ALTER COLUMN "large" SET STORAGE EXTERNAL;
--> statement-breakpoint
ALTER TABLE "uploads" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "uploads" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "uploads" TO "plaudit_app";
