-- What was done with a shop by whom: acts are added and never changed. Each row holds the digest of
-- itself and of the one before it, and the head tells how many there are, so that neither a change nor
-- a removal goes unseen. Neither table points at the shop: the log outlives it.
CREATE TABLE "audit_acts" (
  "shop_id" bigint NOT NULL,
  "sequence" bigint NOT NULL,
  "at" timestamp (3) with time zone NOT NULL,
  "actor" text NOT NULL,
  "verb" text NOT NULL,
  "subject" text,
  "details" text NOT NULL,
  "hash" text NOT NULL,
  PRIMARY KEY ("shop_id", "sequence")
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
  "shop_id" bigint PRIMARY KEY,
  "sequence" bigint NOT NULL,
  "hash" text NOT NULL
);
--> statement-breakpoint
INSERT INTO "audit_heads" SELECT "id", 0, repeat('0', 64) FROM "shops";
--> statement-breakpoint
CREATE FUNCTION "plaudit_refuse_change"() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION 'The audit log is not changed: % on %', TG_OP, TG_TABLE_NAME; END $$;
--> statement-breakpoint
-- The owner of the tables too: who wants to change the log has to take the trigger off first.
CREATE TRIGGER "no_change" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_acts"
  FOR EACH STATEMENT EXECUTE FUNCTION "plaudit_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "no_removal" BEFORE DELETE OR TRUNCATE ON "audit_heads"
  FOR EACH STATEMENT EXECUTE FUNCTION "plaudit_refuse_change"();
--> statement-breakpoint
CREATE TRIGGER "one_step" BEFORE UPDATE ON "audit_heads" FOR EACH ROW
  WHEN (NEW."sequence" <> OLD."sequence" + 1 OR NEW."shop_id" <> OLD."shop_id")
  EXECUTE FUNCTION "plaudit_refuse_change"();
--> statement-breakpoint
ALTER TABLE "audit_acts" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "audit_acts" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT ON "audit_acts" TO "plaudit_app";
--> statement-breakpoint
ALTER TABLE "audit_heads" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "audit_heads" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, UPDATE ON "audit_heads" TO "plaudit_app";
