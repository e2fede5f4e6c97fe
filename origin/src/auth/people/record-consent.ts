import { inShop } from '../../db/row-security.ts';
import { recordAct } from '../../domain/audit/record.ts';
import type { Context } from '../../domain/context.ts';
import type { App } from '../apps/app.ts';

/** Writes down that a person let an app in. */
export async function recordConsent(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { shopId, clientId }: App,
  personId: string,
): Promise<void> {
  const act = { shopId, verb: 'person.consent', subject: clientId } as const;
  await inShop(db, shopId, (tx) => recordAct(tx, act, { actor: `person:${personId}`, now }));
}
