-- Beside its words, the search column now holds marks of what lists are narrowed down by: shop (s),
-- product (p), rating (r), language (l), country (c), and whether it has photos (m), is verified (v) or
-- incentivized (i). They begin with a space, which no word has, so one index answers for any combination.
-- A review that is not published has none.
ALTER TABLE "reviews" DROP COLUMN "search";
--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "search" "tsvector" GENERATED ALWAYS AS (
  to_tsvector('simple', coalesce("title", '') || ' ' || coalesce("body", ''))
  || CASE WHEN "status" = 'published' THEN array_to_tsvector(array_remove(ARRAY[
    ' s' || "shop_id"::text,
    ' p' || "product_id"::text,
    ' r' || "rating"::text,
    ' l' || lower("locale"),
    ' c' || "country",
    CASE WHEN "media_count" > 0 THEN ' m' END,
    CASE WHEN "verified" THEN ' v' END,
    CASE WHEN "incentivized" THEN ' i' END
  ], NULL)) ELSE '' END
) STORED;
--> statement-breakpoint
CREATE INDEX "reviews_search" ON "reviews" USING gin ("search");
--> statement-breakpoint
DROP FUNCTION "plaudit_find_reviews"(tsquery, integer);
--> statement-breakpoint
-- Text search is not leak-proof, so under row-level security its index is used in here only, where the
-- shop is given anyhow. It finds all there are: ask for what is rare.
CREATE FUNCTION "plaudit_find_reviews"(query tsquery) RETURNS SETOF bigint
  LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off
  AS $$ SELECT "id" FROM "reviews"
        WHERE "search" @@ query AND "shop_id" = plaudit_shop() AND "status" = 'published' $$;
