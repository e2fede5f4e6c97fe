-- What is said of a topic: sentences of reviews, which go with their review. The topics are facets.
CREATE TABLE "topic_quotes" (
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "product_id" bigint NOT NULL REFERENCES "products" ("id") ON DELETE CASCADE,
  "topic" text NOT NULL,
  "review_id" bigint NOT NULL REFERENCES "reviews" ("id") ON DELETE CASCADE,
  "quote" text NOT NULL,
  PRIMARY KEY ("product_id", "topic", "review_id")
);
--> statement-breakpoint
CREATE INDEX "topic_quotes_review" ON "topic_quotes" ("review_id");
--> statement-breakpoint
ALTER TABLE "topic_quotes" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "topic_quotes" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "topic_quotes" TO "plaudit_app";
--> statement-breakpoint
-- Whether a product's reviews have changed since its topics were found, and when that was.
ALTER TABLE "rating_summaries" ADD COLUMN "topics_stale" boolean DEFAULT true NOT NULL,
  ADD COLUMN "topics_at" timestamp (3) with time zone;
--> statement-breakpoint
CREATE INDEX "rating_summaries_topics" ON "rating_summaries" ("shop_id", "product_id") WHERE "topics_stale";
