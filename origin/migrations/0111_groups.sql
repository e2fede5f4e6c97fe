-- Products of one group share their reviews. A group's number is negative, so that the number of a list
-- of reviews says whose it is: a product's, or a group's.
CREATE TABLE "product_groups" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (INCREMENT BY -1),
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "name" text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "product_groups_name" ON "product_groups" ("shop_id", "name");
--> statement-breakpoint
ALTER TABLE "product_groups" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "product_groups" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "product_groups" TO "plaudit_app";
--> statement-breakpoint
-- What is kept of a product's list is kept of a group's as well.
ALTER TABLE "rating_summaries" DROP CONSTRAINT "rating_summaries_product_id_products_id_fk";
--> statement-breakpoint
ALTER TABLE "rating_summaries" RENAME COLUMN "product_id" TO "list_id";
--> statement-breakpoint
ALTER TABLE "review_facets" RENAME COLUMN "product_id" TO "list_id";
--> statement-breakpoint
ALTER TABLE "topic_quotes" DROP CONSTRAINT "topic_quotes_product_id_fkey";
--> statement-breakpoint
ALTER TABLE "topic_quotes" RENAME COLUMN "product_id" TO "list_id";
--> statement-breakpoint
ALTER TABLE "products" ADD COLUMN "group_id" bigint REFERENCES "product_groups" ("id"),
  ADD COLUMN "list_id" bigint GENERATED ALWAYS AS (coalesce("group_id", "id")) STORED;
--> statement-breakpoint
-- Of its product. The rows of a large table stay as they are: most are of products without a group.
ALTER TABLE "reviews" ADD COLUMN "group_id" bigint;
--> statement-breakpoint
-- Groups that shops have named before.
INSERT INTO "product_groups" ("shop_id", "name")
  SELECT DISTINCT "shop_id", "group_name" FROM "product_details" WHERE "group_name" <> '';
--> statement-breakpoint
UPDATE "products" SET "group_id" = "product_groups"."id"
  FROM "product_details" JOIN "product_groups" ON "product_groups"."shop_id" = "product_details"."shop_id"
    AND "product_groups"."name" = "product_details"."group_name"
  WHERE "products"."id" = "product_details"."product_id";
--> statement-breakpoint
UPDATE "reviews" SET "group_id" = "products"."group_id"
  FROM "products" WHERE "products"."id" = "reviews"."product_id" AND "products"."group_id" IS NOT NULL;
--> statement-breakpoint
INSERT INTO "rating_summaries" ("list_id", "shop_id", "n1", "n2", "n3", "n4", "n5",
    "organic1", "organic2", "organic3", "organic4", "organic5")
  SELECT "products"."group_id", "products"."shop_id",
    coalesce(sum("n1"), 0), coalesce(sum("n2"), 0), coalesce(sum("n3"), 0), coalesce(sum("n4"), 0),
    coalesce(sum("n5"), 0), coalesce(sum("organic1"), 0), coalesce(sum("organic2"), 0),
    coalesce(sum("organic3"), 0), coalesce(sum("organic4"), 0), coalesce(sum("organic5"), 0)
  FROM "products" LEFT JOIN "rating_summaries" ON "rating_summaries"."list_id" = "products"."id"
  WHERE "products"."group_id" IS NOT NULL
  GROUP BY "products"."group_id", "products"."shop_id";
--> statement-breakpoint
INSERT INTO "review_facets" ("shop_id", "list_id", "kind", "value", "count", "total", "label")
  SELECT "products"."shop_id", "products"."group_id", "kind", "value", sum("count"), sum("total"), max("label")
  FROM "products" JOIN "review_facets" ON "review_facets"."shop_id" = "products"."shop_id"
    AND "review_facets"."list_id" = "products"."id"
  WHERE "products"."group_id" IS NOT NULL AND "kind" <> 'topic'
  GROUP BY "products"."shop_id", "products"."group_id", "kind", "value";
--> statement-breakpoint
-- Their shops' answers show less than they should. In a tag, capitals are written as `.hex.`.
INSERT INTO "outbox" ("shop_id", "kind", "payload")
  SELECT "id", 'purge', jsonb_build_object('mode', 'soft', 'tags', jsonb_build_array('shop:' || (
    SELECT string_agg(CASE WHEN "sign" = lower("sign") THEN "sign"
      ELSE '.' || to_hex(ascii("sign")) || '.' END, '' ORDER BY "place")
    FROM unnest(string_to_array("app_key", NULL)) WITH ORDINALITY AS "signs" ("sign", "place"))))
  FROM "shops" WHERE "id" IN (SELECT "shop_id" FROM "product_groups");
--> statement-breakpoint
CREATE INDEX "products_group" ON "products" ("group_id") WHERE "group_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "reviews_group_newest" ON "reviews" ("group_id", "created_at", "id")
  WHERE "status" = 'published' AND "group_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "reviews_group_rating" ON "reviews" ("group_id", "rating", "created_at", "id")
  WHERE "status" = 'published' AND "group_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "reviews_group_lowest" ON "reviews" ("group_id", "rating_negated", "created_at", "id")
  WHERE "status" = 'published' AND "group_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "reviews_group_helpful" ON "reviews" ("group_id", "helpfulness", "created_at", "id")
  WHERE "status" = 'published' AND "group_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "reviews_group_media" ON "reviews" ("group_id", "media_count", "created_at", "id")
  WHERE "status" = 'published' AND "group_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "reviews_group_relevant" ON "reviews" ("group_id", "relevance", "created_at", "id")
  WHERE "status" = 'published' AND "group_id" IS NOT NULL;
