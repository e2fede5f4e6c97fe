-- The settings of the storefront are kept version by version too, from what they are now.
INSERT INTO "settings_versions"
  SELECT "id", 'storefront', coalesce(("settings" ->> 'version')::integer, 1), "settings", 'system', now()
  FROM "shops";
