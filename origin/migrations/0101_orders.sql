-- Who bought what: tells which reviews are by buyers, and when to ask for one. No addresses of streets,
-- no telephone numbers, no parcels: what is not needed is not kept. Names and e-mail are sealed.
CREATE TABLE "customers" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "public_id" text NOT NULL UNIQUE,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "external_id" text,
  "sealed" text NOT NULL,
  "email_hash" text,
  "key_version" integer NOT NULL,
  "accepts_marketing" boolean,
  "created_at" timestamp (3) with time zone NOT NULL,
  "updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "customers_external_id" ON "customers" ("shop_id", "external_id") WHERE "external_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "customers_email_hash" ON "customers" ("shop_id", "email_hash") WHERE "email_hash" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "customers_listed" ON "customers" ("shop_id", "id");
--> statement-breakpoint
CREATE TABLE "orders" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "external_id" text NOT NULL,
  "customer_id" bigint REFERENCES "customers" ("id") ON DELETE CASCADE,
  "name" text,
  "ordered_at" timestamp (3) with time zone NOT NULL,
  "currency" text,
  "total_price" numeric(14, 4),
  "subtotal_price" numeric(14, 4),
  "payment_status" text,
  "cancelled_at" timestamp (3) with time zone,
  "created_at" timestamp (3) with time zone NOT NULL,
  "updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "orders_external_id" ON "orders" ("shop_id", "external_id");
--> statement-breakpoint
CREATE INDEX "orders_listed" ON "orders" ("shop_id", "id");
--> statement-breakpoint
CREATE INDEX "orders_customer" ON "orders" ("customer_id") WHERE "customer_id" IS NOT NULL;
--> statement-breakpoint
CREATE TABLE "order_lines" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "order_id" bigint NOT NULL REFERENCES "orders" ("id") ON DELETE CASCADE,
  "product_id" bigint NOT NULL REFERENCES "products" ("id") ON DELETE CASCADE,
  "quantity" integer NOT NULL,
  "total_price" numeric(14, 4)
);
--> statement-breakpoint
CREATE INDEX "order_lines_order" ON "order_lines" ("order_id", "product_id");
--> statement-breakpoint
CREATE INDEX "order_lines_product" ON "order_lines" ("product_id");
--> statement-breakpoint
CREATE TABLE "fulfilments" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "order_id" bigint NOT NULL REFERENCES "orders" ("id") ON DELETE CASCADE,
  "external_id" text NOT NULL,
  "fulfilled_at" timestamp (3) with time zone NOT NULL,
  "status" text NOT NULL,
  "items" jsonb NOT NULL,
  "created_at" timestamp (3) with time zone NOT NULL,
  "updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "fulfilments_external_id" ON "fulfilments" ("order_id", "external_id");
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['customers', 'orders', 'order_lines', 'fulfilments'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "own_shop" ON %I TO "plaudit_app" USING ("shop_id" = plaudit_shop())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO "plaudit_app"', name);
  END LOOP;
END $$;
