-- What the management API adds: answers kept for those who ask again, indexes for the lists of what
-- visitors do not see, and the words of reviews of every status.
CREATE TABLE "request_answers" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "app_id" text NOT NULL,
  "key" text NOT NULL,
  "digest" text NOT NULL,
  "answer" text NOT NULL,
  "key_version" integer NOT NULL,
  "created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "request_answers_key" ON "request_answers" ("shop_id", "app_id", "key");
--> statement-breakpoint
CREATE INDEX "request_answers_created" ON "request_answers" ("created_at");
--> statement-breakpoint
ALTER TABLE "request_answers" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "request_answers" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "request_answers" TO "plaudit_app";
--> statement-breakpoint
CREATE INDEX "reviews_unpublished" ON "reviews" ("shop_id", "status", "created_at", "id")
  WHERE "status" <> 'published';
--> statement-breakpoint
CREATE INDEX "questions_shop" ON "questions" ("shop_id", "id");
--> statement-breakpoint
CREATE INDEX "answers_of_question" ON "answers" ("question_id", "id");
--> statement-breakpoint
CREATE FUNCTION "plaudit_find_any_reviews"(query tsquery, most integer) RETURNS SETOF bigint
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET enable_seqscan = off
  AS $$ SELECT "id" FROM "reviews"
        WHERE "search" @@ query AND "shop_id" = plaudit_shop() LIMIT most $$;
