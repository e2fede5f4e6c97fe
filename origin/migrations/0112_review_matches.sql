-- Beside their ids, the reviews that hold a filter's words and marks now come with all that lists are
-- ordered by: the first page of a rare word is known before anything else of any review is read.
DROP FUNCTION "plaudit_find_reviews"(tsquery);
--> statement-breakpoint
CREATE FUNCTION "plaudit_find_reviews"(query tsquery) RETURNS TABLE (
  "id" bigint,
  "created_at" timestamp (3) with time zone,
  "rating" smallint,
  "rating_negated" smallint,
  "helpfulness" integer,
  "media_count" smallint,
  "relevance" integer
)
  LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off
  AS $$ SELECT r."id", r."created_at", r."rating", r."rating_negated", r."helpfulness", r."media_count", r."relevance"
        FROM "reviews" r
        WHERE r."search" @@ query AND r."shop_id" = plaudit_shop() AND r."status" = 'published' $$;
