/** What a person has let in, and how they take that back. */
import { and, asc, eq, sql } from 'drizzle-orm';
import { apps, oauthArtefacts } from '../../db/oauth-schema.ts';
import { recordAct } from '../../domain/audit/record.ts';
import type { Context } from '../../domain/context.ts';
import { enterShop } from '../../domain/shops/find.ts';
import { lockApp } from '../apps/app.ts';
import { findPerson } from './find.ts';

/** An app that a person let in. */
export interface Consent {
  clientId: string;
  name: string;
  scopes: string[];
  endsAt: string;
}

const isOf = (personId: string) => sql`${oauthArtefacts.payload} ->> 'accountId' = ${personId}`;

/**
 * The apps that a person let in; one may be there several times, once for each sign-in.
 * @throws UnknownShopError
 * @throws InvalidPersonError
 */
export function listConsents(
  { db }: Context,
  secrets: readonly string[],
  appKey: string,
  email: string,
): Promise<Consent[]> {
  return enterShop(db, appKey, async (tx, shop) => {
    const personId = await findPerson(tx, secrets, shop.id, email);
    const scope = sql<string | null>`${oauthArtefacts.payload} -> 'openid' ->> 'scope'`;
    const given = await tx
      .select({ clientId: apps.clientId, name: apps.name, scope, at: oauthArtefacts.expiresAt })
      .from(oauthArtefacts)
      .innerJoin(apps, eq(apps.id, oauthArtefacts.appId))
      .where(
        and(eq(oauthArtefacts.shopId, shop.id), eq(oauthArtefacts.model, 'Grant'), isOf(personId)),
      )
      .orderBy(asc(oauthArtefacts.expiresAt));
    return given.map(({ clientId, name, scope, at }) => ({
      clientId,
      name,
      scopes: scope?.split(' ') ?? [],
      endsAt: at.toISOString(),
    }));
  });
}

/**
 * Takes back all that a person has let an app do; its tokens stop working at once.
 * @throws UnknownShopError
 * @throws InvalidPersonError
 * @throws UnknownAppError
 */
export function withdrawConsent(
  context: Context,
  secrets: readonly string[],
  appKey: string,
  { email, clientId }: { email: string; clientId: string },
): Promise<void> {
  return enterShop(context.db, appKey, async (tx, shop) => {
    const personId = await findPerson(tx, secrets, shop.id, email);
    const app = await lockApp(tx, shop.id, clientId);
    const isOfBoth = and(eq(oauthArtefacts.appId, app.id), isOf(personId));
    await tx.delete(oauthArtefacts).where(isOfBoth);
    const act = { shopId: shop.id, verb: 'person.withdraw', subject: clientId } as const;
    await recordAct(tx, act, context);
  });
}
