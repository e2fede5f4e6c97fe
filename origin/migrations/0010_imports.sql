CREATE TABLE "imports" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	"public_id" text NOT NULL,
	"shop_id" bigint NOT NULL,
	"source" text NOT NULL,
	"file_name" text NOT NULL,
	"file_digest" text NOT NULL,
	"state" text NOT NULL,
	"rows_done" bigint DEFAULT 0 NOT NULL,
	"imported" bigint DEFAULT 0 NOT NULL,
	"known" bigint DEFAULT 0 NOT NULL,
	"failed" bigint DEFAULT 0 NOT NULL,
	"undone" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "imports_public_id_unique" UNIQUE("public_id")
);
--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_shop_id_shops_id_fk" FOREIGN KEY ("shop_id") REFERENCES "public"."shops"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "imports_shop_digest" ON "imports" USING btree ("shop_id","file_digest","id");
--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "import_id" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
CREATE INDEX "reviews_import" ON "reviews" USING btree ("shop_id","import_id","id");
