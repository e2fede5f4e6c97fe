/**
 * The table of what a shop has set, version by version. The migration that makes it is written by
 * hand (`migrations/0050_moderation.sql`, `migrations/0051_settings_versions.sql`).
 */
import { bigint, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** What is set: `storefront` is what visitors get to see, `moderation` is for the shop's own eyes. */
export type SettingsKind = 'storefront' | 'moderation';

/** One row a version, never changed; the highest of a kind is in force. */
export const settingsVersions = pgTable(
  'settings_versions',
  {
    shopId: bigint({ mode: 'number' }).notNull(),
    kind: text().$type<SettingsKind>().notNull(),
    /** From 1. */
    version: integer().notNull(),
    value: jsonb().$type<unknown>().notNull(),
    /** Who set it, in the words of the audit log. */
    actor: text().notNull(),
    at: timestamp({ withTimezone: true, precision: 3, mode: 'date' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.shopId, table.kind, table.version] })],
);
