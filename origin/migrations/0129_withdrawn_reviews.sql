-- A review that its writer withdrew leaves a note as well: a backup of before would bring it back.
ALTER TABLE "erasures" ADD COLUMN "review_id" text, ADD COLUMN "edit_digest" text,
  DROP CONSTRAINT "erasures_whom",
  ADD CONSTRAINT "erasures_whom" CHECK (num_nonnulls("email_hash", "shop_digest", "review_id") = 1),
  ADD CONSTRAINT "erasures_withdrawn" CHECK (("review_id" IS NULL) = ("edit_digest" IS NULL));
--> statement-breakpoint
CREATE UNIQUE INDEX "erasures_review" ON "erasures" ("shop_id", "review_id") WHERE "review_id" IS NOT NULL;
