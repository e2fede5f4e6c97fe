import { count, eq } from 'drizzle-orm';
import { people } from '../../db/oauth-schema.ts';
import { recordAct } from '../../domain/audit/record.ts';
import type { Context } from '../../domain/context.ts';
import { newPublicId } from '../../domain/reviews/public-id.ts';
import { enterShop, lockShop } from '../../domain/shops/find.ts';
import { emailHashes, isEmail } from './email.ts';
import { hashPassword, isPassword } from './password.ts';

/** The person cannot be added. */
export class InvalidPersonError extends Error {}

const PEOPLE_MAX = 500;

/**
 * Lets a person sign in to a shop.
 * @returns the person's id
 * @throws UnknownShopError
 * @throws InvalidPersonError
 */
export async function addPerson(
  context: Context,
  secrets: readonly string[],
  appKey: string,
  { email, password }: { email: string; password: string },
): Promise<string> {
  if (!isEmail(email)) throw new InvalidPersonError('This is no e-mail address.');
  if (!isPassword(password)) throw new InvalidPersonError('A password has 12 to 200 characters.');
  const [emailHash = ''] = emailHashes(secrets, email);
  const passwordHash = await hashPassword(password);
  return enterShop(context.db, appKey, async (tx, found) => {
    const shop = await lockShop(tx, found);
    const [total] = await tx.select({ n: count() }).from(people).where(eq(people.shopId, shop.id));
    if ((total?.n ?? 0) >= PEOPLE_MAX) {
      throw new InvalidPersonError(`A shop has at most ${PEOPLE_MAX} people.`);
    }
    const row = { publicId: newPublicId(), shopId: shop.id, emailHash, passwordHash };
    const [added] = await tx
      .insert(people)
      .values({ ...row, createdAt: context.now() })
      .onConflictDoNothing({ target: [people.shopId, people.emailHash] })
      .returning({ id: people.publicId });
    if (!added) throw new InvalidPersonError('This person is there already.');
    const act = { shopId: shop.id, verb: 'person.add', subject: added.id } as const;
    await recordAct(tx, act, context);
    return added.id;
  });
}
