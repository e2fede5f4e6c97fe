ALTER TABLE "reviews" ADD COLUMN "answers" jsonb, ADD COLUMN "incentive" text;
--> statement-breakpoint
-- What a list can be narrowed down to by an answer: chosen options and places on a scale.
CREATE TABLE "review_answers" (
  "review_id" bigint NOT NULL REFERENCES "reviews"("id") ON DELETE CASCADE,
  "shop_id" bigint NOT NULL REFERENCES "shops"("id") ON DELETE CASCADE,
  "product_id" bigint NOT NULL,
  "question" text NOT NULL,
  "value" text NOT NULL,
  PRIMARY KEY ("review_id","question","value")
);
--> statement-breakpoint
CREATE INDEX "review_answers_product" ON "review_answers" ("product_id","question","value","review_id");
--> statement-breakpoint
CREATE INDEX "review_answers_shop" ON "review_answers" ("shop_id","question","value","review_id");
--> statement-breakpoint
-- How many published reviews have a value. Product 0 stands for the whole shop.
CREATE TABLE "review_facets" (
  "shop_id" bigint NOT NULL REFERENCES "shops"("id") ON DELETE CASCADE,
  "product_id" bigint NOT NULL,
  "kind" text NOT NULL,
  "value" text NOT NULL,
  "count" integer NOT NULL,
  "total" integer NOT NULL,
  "label" text,
  PRIMARY KEY ("shop_id","product_id","kind","value")
);
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['review_answers', 'review_facets'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "own_shop" ON %I TO "plaudit_app" USING ("shop_id" = plaudit_shop())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO "plaudit_app"', name);
  END LOOP;
END $$;
--> statement-breakpoint
INSERT INTO "review_facets" ("shop_id", "product_id", "kind", "value", "count", "total")
SELECT "shop_id", coalesce("product_id", 0), "kind", "value", count(*), 0
FROM (
  SELECT "shop_id", "product_id", 'locale' AS "kind", lower("locale") AS "value" FROM "reviews"
    WHERE "status" = 'published' AND "locale" <> ''
  UNION ALL
  SELECT "shop_id", "product_id", 'country', "country" FROM "reviews"
    WHERE "status" = 'published' AND "country" <> ''
) AS "had"
GROUP BY GROUPING SETS (("shop_id", "product_id", "kind", "value"), ("shop_id", "kind", "value"));
