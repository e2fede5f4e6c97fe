-- A shop that is removed leaves a note as well: the digest tells it from another that got its number.
ALTER TABLE "erasures" ALTER COLUMN "email_hash" DROP NOT NULL, ADD COLUMN "shop_digest" text,
  ADD CONSTRAINT "erasures_whom" CHECK (("email_hash" IS NULL) <> ("shop_digest" IS NULL));
--> statement-breakpoint
-- What caches are to forget of a shop is told after the shop is gone.
ALTER TABLE "outbox" DROP CONSTRAINT "outbox_shop_id_shops_id_fk";
