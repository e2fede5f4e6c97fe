-- What a text is recognised by when it comes again, and what its writer may change it with.
ALTER TABLE "reviews" ADD COLUMN "text_digest" text, ADD COLUMN "edit_digest" text;
--> statement-breakpoint
CREATE INDEX "reviews_text_digest" ON "reviews" ("shop_id", "text_digest") WHERE "text_digest" IS NOT NULL;
