-- The role that visitors' and merchants' work runs under. It owns nothing and cannot bypass row-level
-- security. Roles belong to the whole server, so another database may have made it already.
DO $$
BEGIN
  CREATE ROLE "plaudit_app" NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
--> statement-breakpoint
DO $$
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT "plaudit_app" TO %I', current_user);
  END IF;
END $$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO "plaudit_app";
--> statement-breakpoint
-- The shop that the transaction is in; null outside of one, which equals nothing.
CREATE FUNCTION "plaudit_shop"() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('plaudit.shop', true), '')::bigint $$;
--> statement-breakpoint
-- The one look across shops that a visitor's request needs: by the public key, one shop at most.
CREATE FUNCTION "plaudit_find_shop"(key text) RETURNS SETOF "shops" LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp ROWS 1
  AS $$ SELECT * FROM "shops" WHERE "app_key" = key $$;
--> statement-breakpoint
ALTER TABLE "shops" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "shops" TO "plaudit_app" USING ("id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, UPDATE ON "shops" TO "plaudit_app";
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['shop_summaries', 'products', 'rating_summaries', 'reviews', 'outbox', 'imports'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "own_shop" ON %I TO "plaudit_app" USING ("shop_id" = plaudit_shop())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO "plaudit_app"', name);
  END LOOP;
END $$;
--> statement-breakpoint
-- Under row-level security only leak-proof operators reach an index, and a minus is none: the sort key
-- of `lowest` becomes a column. That of `helpful` now counts down votes as well.
ALTER TABLE "reviews"
  ADD COLUMN "rating_negated" smallint GENERATED ALWAYS AS (-"rating") STORED,
  ADD COLUMN "helpfulness" integer GENERATED ALWAYS AS ("votes_up" - "votes_down") STORED;
--> statement-breakpoint
DROP INDEX "reviews_product_lowest";
--> statement-breakpoint
DROP INDEX "reviews_product_helpful";
--> statement-breakpoint
CREATE INDEX "reviews_product_lowest" ON "reviews" USING btree ("product_id","rating_negated","created_at","id") WHERE "reviews"."status" = 'published';
--> statement-breakpoint
CREATE INDEX "reviews_product_helpful" ON "reviews" USING btree ("product_id","helpfulness","created_at","id") WHERE "reviews"."status" = 'published';
--> statement-breakpoint
-- Text search is not leak-proof either, so its index is used in here, where the shop is given anyhow.
-- At most `most` reviews: a word that more of them hold is found fast by reading along the list.
CREATE FUNCTION "plaudit_find_reviews"(query tsquery, most integer) RETURNS SETOF bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off
  AS $$ SELECT "id" FROM "reviews"
        WHERE "search" @@ query AND "shop_id" = plaudit_shop() AND "status" = 'published' LIMIT most $$;
