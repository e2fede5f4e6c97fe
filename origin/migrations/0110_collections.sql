-- How a shop groups its products. Nothing that visitors read is made of it.
CREATE TABLE "collections" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "external_id" text NOT NULL,
  "title" text NOT NULL,
  "created_at" timestamp (3) with time zone NOT NULL,
  "updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "collections_external_id" ON "collections" ("shop_id", "external_id");
--> statement-breakpoint
CREATE INDEX "collections_listed" ON "collections" ("shop_id", "id");
--> statement-breakpoint
CREATE TABLE "collection_products" (
  "collection_id" bigint NOT NULL REFERENCES "collections" ("id") ON DELETE CASCADE,
  "product_id" bigint NOT NULL REFERENCES "products" ("id") ON DELETE CASCADE,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  PRIMARY KEY ("collection_id", "product_id")
);
--> statement-breakpoint
CREATE INDEX "collection_products_of_product" ON "collection_products" ("product_id", "collection_id");
--> statement-breakpoint
ALTER TABLE "collections" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "collections" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "collections" TO "plaudit_app";
--> statement-breakpoint
ALTER TABLE "collection_products" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "collection_products" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "collection_products" TO "plaudit_app";
