import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { apps } from '../../db/oauth-schema.ts';
import { selectFound } from '../select-found.ts';

/** An app as we keep it. */
export type App = typeof apps.$inferSelect;

/** There is no such app in this shop. */
export class UnknownAppError extends Error {
  constructor(clientId: string) {
    super(`There is no app "${clientId}" in this shop.`);
  }
}

/** The app cannot be what was asked for. */
export class InvalidAppError extends Error {}

/** What an app is called by may look like; anything else names none. */
const CLIENT_ID_PATTERN = /^[\w-]{1,100}$/;

/** Finds an app of any shop by its public id. */
export async function findApp(db: Database, clientId: string): Promise<App | undefined> {
  if (!CLIENT_ID_PATTERN.test(clientId)) return undefined;
  const [app] = await selectFound(db, apps, sql`plaudit_find_app(${clientId})`);
  return app;
}

/**
 * Finds an app in order to change it.
 * @throws UnknownAppError
 */
export async function lockApp(tx: Database, shopId: number, clientId: string): Promise<App> {
  const [app] = await tx
    .select()
    .from(apps)
    .where(and(eq(apps.shopId, shopId), eq(apps.clientId, clientId)))
    .for('update');
  if (!app) throw new UnknownAppError(clientId);
  return app;
}
