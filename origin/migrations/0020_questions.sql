CREATE TABLE "questions" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "public_id" text NOT NULL UNIQUE,
  "shop_id" bigint NOT NULL REFERENCES "shops"("id") ON DELETE CASCADE,
  "product_id" bigint NOT NULL REFERENCES "products"("id") ON DELETE CASCADE,
  "body" text NOT NULL,
  "author" text,
  "email" text,
  "locale" text,
  "status" text NOT NULL,
  "votes_up" integer DEFAULT 0 NOT NULL,
  "votes_down" integer DEFAULT 0 NOT NULL,
  "source_key" text,
  "source_digest" text,
  "created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "questions_source_key" ON "questions" ("shop_id","source_key");
--> statement-breakpoint
CREATE INDEX "questions_product_newest" ON "questions" ("product_id","created_at","id") WHERE "status" = 'published';
--> statement-breakpoint
CREATE INDEX "questions_pending" ON "questions" ("shop_id","id") WHERE "status" = 'pending';
--> statement-breakpoint
CREATE TABLE "answers" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "public_id" text NOT NULL UNIQUE,
  "shop_id" bigint NOT NULL REFERENCES "shops"("id") ON DELETE CASCADE,
  "question_id" bigint NOT NULL REFERENCES "questions"("id") ON DELETE CASCADE,
  "body" text NOT NULL,
  "author" text,
  "by_shop" boolean NOT NULL,
  "status" text NOT NULL,
  "votes_up" integer DEFAULT 0 NOT NULL,
  "votes_down" integer DEFAULT 0 NOT NULL,
  "created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "answers_question" ON "answers" ("question_id","id") WHERE "status" = 'published';
--> statement-breakpoint
CREATE INDEX "answers_pending" ON "answers" ("shop_id","id") WHERE "status" = 'pending';
--> statement-breakpoint
CREATE TABLE "question_counts" (
  "product_id" bigint PRIMARY KEY REFERENCES "products"("id") ON DELETE CASCADE,
  "shop_id" bigint NOT NULL REFERENCES "shops"("id") ON DELETE CASCADE,
  "questions" integer DEFAULT 0 NOT NULL,
  "answers" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "votes" (
  "shop_id" bigint NOT NULL REFERENCES "shops"("id") ON DELETE CASCADE,
  "kind" text NOT NULL,
  "subject_id" bigint NOT NULL,
  "voter" text NOT NULL,
  "vote" smallint NOT NULL,
  "created_at" timestamp (3) with time zone NOT NULL,
  PRIMARY KEY ("kind","subject_id","voter")
);
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['questions', 'answers', 'question_counts', 'votes'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "own_shop" ON %I TO "plaudit_app" USING ("shop_id" = plaudit_shop())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO "plaudit_app"', name);
  END LOOP;
END $$;
