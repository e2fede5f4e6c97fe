-- Who was erased, by the keyed hash of the address: a restored backup, which still holds them, is told. Its
-- rows are copied beside the backups. No foreign key: a restored database may not have the shop.
CREATE TABLE "erasures" (
  "id" text PRIMARY KEY,
  "shop_id" bigint NOT NULL,
  "email_hash" text NOT NULL,
  "removes_reviews" boolean NOT NULL,
  "erased_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "erasures_shop" ON "erasures" ("shop_id");
--> statement-breakpoint
ALTER TABLE "erasures" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "erasures" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT ON "erasures" TO "plaudit_app";
