-- What a shop tells of its products. It stands apart from `products`, which every read of a storefront
-- touches and which is to stay narrow; a product that only a review has named has no details.
CREATE TABLE "product_details" (
  "product_id" bigint PRIMARY KEY REFERENCES "products" ("id") ON DELETE CASCADE,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "status" text,
  "brand" text,
  "mpn" text,
  "handle" text,
  "group_name" text,
  "properties" jsonb,
  "description" text,
  "sku" text,
  "gtins" jsonb,
  "price" numeric(14, 4),
  "compare_at_price" numeric(14, 4),
  "currency" text,
  "inventory_quantity" integer,
  "is_discontinued" boolean DEFAULT false NOT NULL,
  "external_created_at" timestamp (3) with time zone,
  "external_updated_at" timestamp (3) with time zone,
  "created_at" timestamp (3) with time zone NOT NULL,
  "updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "product_variants" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "product_id" bigint NOT NULL REFERENCES "products" ("id") ON DELETE CASCADE,
  "external_id" text NOT NULL,
  "title" text NOT NULL,
  "url" text,
  "image_url" text,
  "options" jsonb,
  "description" text,
  "sku" text,
  "gtins" jsonb,
  "price" numeric(14, 4),
  "compare_at_price" numeric(14, 4),
  "currency" text,
  "inventory_quantity" integer,
  "is_discontinued" boolean DEFAULT false NOT NULL,
  "external_created_at" timestamp (3) with time zone,
  "external_updated_at" timestamp (3) with time zone,
  "created_at" timestamp (3) with time zone NOT NULL,
  "updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "product_variants_external_id" ON "product_variants" ("product_id", "external_id");
--> statement-breakpoint
CREATE INDEX "product_variants_listed" ON "product_variants" ("product_id", "id");
--> statement-breakpoint
CREATE INDEX "products_listed" ON "products" ("shop_id", "id");
--> statement-breakpoint
ALTER TABLE "product_details" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "product_details" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "product_details" TO "plaudit_app";
--> statement-breakpoint
ALTER TABLE "product_variants" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_shop" ON "product_variants" TO "plaudit_app" USING ("shop_id" = plaudit_shop());
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "product_variants" TO "plaudit_app";
