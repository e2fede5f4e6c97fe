/**
 * The tables of apps, of people, and of what signing in keeps. The migrations that make them are written
 * by hand (`migrations/0030_oauth.sql`, `0031_people.sql`).
 */
import { bigint, boolean, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { shops } from './schema.ts';

const number = () => bigint({ mode: 'number' });
const instant = () => timestamp({ withTimezone: true, precision: 3, mode: 'date' });
const identity = () => number().primaryKey().generatedAlwaysAsIdentity();
const ownShop = () =>
  number()
    .notNull()
    .references(() => shops.id, { onDelete: 'cascade' });

/** A program that may ask for access to one shop. */
export const apps = pgTable('apps', {
  id: identity(),
  /** Public, and what the app calls itself by. */
  clientId: text().notNull().unique(),
  shopId: ownShop(),
  name: text().notNull(),
  /** The most that its tokens permit. */
  scopes: text().array().notNull(),
  /** Where people are sent back to. Empty: it acts for itself only. */
  redirectUris: text().array().notNull(),
  /** It runs where everybody could read a secret, so it has none. */
  isPublic: boolean().notNull(),
  createdAt: instant().notNull(),
});

/** One row a secret; two while one follows the other. */
export const appSecrets = pgTable('app_secrets', {
  id: identity(),
  shopId: ownShop(),
  appId: number()
    .notNull()
    .references(() => apps.id, { onDelete: 'cascade' }),
  /** Of 256 random bits: there is nothing to guess, so nothing slow is needed. */
  digest: text().notNull(),
  createdAt: instant().notNull(),
  /** Null for the one that is in use. */
  expiresAt: instant(),
  lastUsedAt: instant(),
});

/** One row a token, code, grant, session or sign-in under way. */
export const oauthArtefacts = pgTable('oauth_artefacts', {
  /** Digest of what the bearer shows; the thing itself is kept nowhere. */
  id: text().primaryKey(),
  shopId: ownShop(),
  /** Null for a session, which several apps may share. */
  appId: number().references(() => apps.id, { onDelete: 'cascade' }),
  model: text().notNull(),
  /** The grant it came from, by its `id` here. */
  grantId: text(),
  /** Digest of a session's second name, which tokens know it by. */
  uid: text(),
  payload: jsonb().$type<Record<string, unknown>>().notNull(),
  consumedAt: instant(),
  expiresAt: instant().notNull(),
});

/** One row a person and a shop: who works for two signs in to each. */
export const people = pgTable('people', {
  id: identity(),
  publicId: text().notNull().unique(),
  shopId: ownShop(),
  /** Keyed: the address itself is not kept, and cannot be found by trying addresses on a copy. */
  emailHash: text().notNull(),
  passwordHash: text().notNull(),
  createdAt: instant().notNull(),
});
