-- How far each shop's audit log was copied to another place; the target is a digest of its address.
CREATE TABLE "audit_copies" (
  "shop_id" bigint NOT NULL,
  "target" text NOT NULL,
  "sequence" bigint NOT NULL,
  PRIMARY KEY ("target", "shop_id")
);
--> statement-breakpoint
ALTER TABLE "audit_copies" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "audit_copies" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT ON "audit_copies" TO "plaudit_app";
