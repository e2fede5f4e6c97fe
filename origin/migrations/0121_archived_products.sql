-- Products that their shops have taken away. The reviews that went with one come back with it.
ALTER TABLE "products" ADD COLUMN "archived_at" timestamp (3) with time zone;
--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "archived_with_product" boolean NOT NULL DEFAULT false;
--> statement-breakpoint
CREATE INDEX "reviews_archived_with_product" ON "reviews" ("product_id", "id") WHERE "archived_with_product";
