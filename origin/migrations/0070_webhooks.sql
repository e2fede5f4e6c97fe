-- Who is told of what happens in a shop, what they are told, and each attempt to tell them.
CREATE TABLE "webhook_endpoints" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "public_id" text NOT NULL UNIQUE,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "url" text NOT NULL,
  "events" text[] NOT NULL,
  "secret" text NOT NULL,
  "previous_secret" text,
  "previous_secret_until" timestamp (3) with time zone,
  "disabled_for" text,
  "failing_since" timestamp (3) with time zone,
  "created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "webhook_endpoints_shop" ON "webhook_endpoints" ("shop_id", "id");
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "endpoint_id" bigint NOT NULL REFERENCES "webhook_endpoints" ("id") ON DELETE CASCADE,
  "message_id" text NOT NULL,
  "type" text NOT NULL,
  "payload" text NOT NULL,
  "state" text NOT NULL,
  "attempts" integer NOT NULL DEFAULT 0,
  "next_attempt_at" timestamp (3) with time zone NOT NULL,
  "created_at" timestamp (3) with time zone NOT NULL,
  "settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" ("next_attempt_at", "id") WHERE "state" = 'waiting';
--> statement-breakpoint
CREATE INDEX "webhook_deliveries_endpoint" ON "webhook_deliveries" ("endpoint_id", "created_at", "id");
--> statement-breakpoint
CREATE INDEX "webhook_deliveries_settled" ON "webhook_deliveries" ("settled_at") WHERE "settled_at" IS NOT NULL;
--> statement-breakpoint
CREATE TABLE "webhook_attempts" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "delivery_id" bigint NOT NULL REFERENCES "webhook_deliveries" ("id") ON DELETE CASCADE,
  "at" timestamp (3) with time zone NOT NULL,
  "status" integer,
  "failure" text,
  "duration_ms" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "webhook_attempts_delivery" ON "webhook_attempts" ("delivery_id", "id");
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['webhook_endpoints', 'webhook_deliveries', 'webhook_attempts'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "own_shop" ON %I TO "plaudit_app" USING ("shop_id" = plaudit_shop())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO "plaudit_app"', name);
  END LOOP;
END $$;
