-- The whole shop's reviews in the other orders, which were sorted by all of them before.
CREATE INDEX "reviews_shop_rating" ON "reviews" ("shop_id", "rating", "created_at", "id")
  WHERE "status" = 'published';
--> statement-breakpoint
CREATE INDEX "reviews_shop_lowest" ON "reviews" ("shop_id", "rating_negated", "created_at", "id")
  WHERE "status" = 'published';
--> statement-breakpoint
CREATE INDEX "reviews_shop_helpful" ON "reviews" ("shop_id", "helpfulness", "created_at", "id")
  WHERE "status" = 'published';
--> statement-breakpoint
CREATE INDEX "reviews_shop_media" ON "reviews" ("shop_id", "media_count", "created_at", "id")
  WHERE "status" = 'published';
