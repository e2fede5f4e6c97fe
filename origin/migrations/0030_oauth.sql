-- The applications that may ask for access to a shop, their secrets (digests of random ones), and all
-- that a sign-in server keeps: tokens, codes, sessions, grants, each under the digest of its id.
CREATE TABLE "apps" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "client_id" text NOT NULL UNIQUE,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "name" text NOT NULL,
  "scopes" text[] NOT NULL,
  "redirect_uris" text[] NOT NULL,
  "is_public" boolean NOT NULL,
  "created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "apps_shop" ON "apps" ("shop_id", "id");
--> statement-breakpoint
CREATE TABLE "app_secrets" (
  "id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "app_id" bigint NOT NULL REFERENCES "apps" ("id") ON DELETE CASCADE,
  "digest" text NOT NULL,
  "created_at" timestamp (3) with time zone NOT NULL,
  "expires_at" timestamp (3) with time zone,
  "last_used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "app_secrets_app" ON "app_secrets" ("app_id", "id");
--> statement-breakpoint
CREATE TABLE "oauth_artefacts" (
  "id" text PRIMARY KEY,
  "shop_id" bigint NOT NULL REFERENCES "shops" ("id") ON DELETE CASCADE,
  "app_id" bigint REFERENCES "apps" ("id") ON DELETE CASCADE,
  "model" text NOT NULL,
  "grant_id" text,
  "uid" text,
  "payload" jsonb NOT NULL,
  "consumed_at" timestamp (3) with time zone,
  "expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "oauth_artefacts_grant" ON "oauth_artefacts" ("grant_id") WHERE "grant_id" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "oauth_artefacts_uid" ON "oauth_artefacts" ("uid") WHERE "uid" IS NOT NULL;
--> statement-breakpoint
CREATE INDEX "oauth_artefacts_expires" ON "oauth_artefacts" ("expires_at");
--> statement-breakpoint
CREATE INDEX "oauth_artefacts_app" ON "oauth_artefacts" ("app_id") WHERE "app_id" IS NOT NULL;
--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['apps', 'app_secrets', 'oauth_artefacts'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY "own_shop" ON %I TO "plaudit_app" USING ("shop_id" = plaudit_shop())', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO "plaudit_app"', name);
  END LOOP;
END $$;
--> statement-breakpoint
-- The looks across shops that a request needs before it is known which shop it is for. Each finds one
-- row at most, by an id that is public (an app's) or that nobody can guess (a token's digest).
CREATE FUNCTION "plaudit_find_app"(client text) RETURNS SETOF "apps" LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp ROWS 1
  AS $$ SELECT * FROM "apps" WHERE "client_id" = client $$;
--> statement-breakpoint
CREATE FUNCTION "plaudit_find_artefact"(key text) RETURNS SETOF "oauth_artefacts" LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp ROWS 1
  AS $$ SELECT * FROM "oauth_artefacts" WHERE "id" = key $$;
--> statement-breakpoint
CREATE FUNCTION "plaudit_find_session"(session_uid text) RETURNS SETOF "oauth_artefacts" LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp ROWS 1
  AS $$ SELECT * FROM "oauth_artefacts" WHERE "uid" = session_uid AND "model" = 'Session' LIMIT 1 $$;
--> statement-breakpoint
-- What an access token gives: nothing once it has expired, its app is gone or its grant was taken back.
CREATE FUNCTION "plaudit_find_access"(key text, at timestamptz)
  RETURNS TABLE ("shop_id" bigint, "client_id" text, "scope" text) LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp ROWS 1
  AS $$ SELECT token."shop_id", app."client_id", token."payload" ->> 'scope'
        FROM "oauth_artefacts" token JOIN "apps" app ON app."id" = token."app_id"
        WHERE token."id" = key AND token."model" IN ('AccessToken', 'ClientCredentials')
          AND token."expires_at" > at
          AND (token."grant_id" IS NULL OR EXISTS (
            SELECT FROM "oauth_artefacts" given WHERE given."id" = token."grant_id"
              AND given."model" = 'Grant' AND given."expires_at" > at)) $$;
