import { and, eq, inArray, sql } from 'drizzle-orm';
import { oauthArtefacts, people } from '../../db/oauth-schema.ts';
import { recordAct } from '../../domain/audit/record.ts';
import type { Context } from '../../domain/context.ts';
import { enterShop } from '../../domain/shops/find.ts';
import { InvalidPersonError } from './add.ts';
import { emailHashes } from './email.ts';

/**
 * Removes a person, and with them every session and token that is theirs.
 * @throws UnknownShopError
 * @throws InvalidPersonError when there is no such person
 */
export function removePerson(
  context: Context,
  secrets: readonly string[],
  appKey: string,
  email: string,
): Promise<void> {
  return enterShop(context.db, appKey, async (tx, shop) => {
    const isPerson = and(
      eq(people.shopId, shop.id),
      inArray(people.emailHash, emailHashes(secrets, email)),
    );
    const [removed] = await tx.delete(people).where(isPerson).returning({ id: people.publicId });
    if (!removed) throw new InvalidPersonError('There is no such person in this shop.');
    const isTheirs = sql`${oauthArtefacts.payload} ->> 'accountId' = ${removed.id}`;
    await tx.delete(oauthArtefacts).where(and(eq(oauthArtefacts.shopId, shop.id), isTheirs));
    const act = { shopId: shop.id, verb: 'person.remove', subject: removed.id } as const;
    await recordAct(tx, act, context);
  });
}
