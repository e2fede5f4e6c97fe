import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { products, reviews } from '../../db/schema.ts';
import { lockAddress } from '../persons/lock-address.ts';
import { digestOfSecret } from './edit-secret.ts';
import type { LockedReview } from './lock.ts';

/**
 * Reads a review for whoever proves to have written it, in order to change it: the shop's decision comes
 * before that or after it, never in between. Undefined where there is none, or the secret is another's.
 */
export async function lockOwnReview(
  tx: Database,
  shopId: number,
  publicId: string,
  secret: string,
): Promise<LockedReview | undefined> {
  const isMeant = and(
    eq(reviews.shopId, shopId),
    eq(reviews.publicId, publicId),
    eq(reviews.editDigest, digestOfSecret(secret)),
  );
  const [writer] = await tx.select({ emailHash: reviews.emailHash }).from(reviews).where(isMeant);
  // Before its row, as orders lock them: else the two could wait for each other.
  if (writer?.emailHash) await lockAddress(tx, shopId, writer.emailHash);
  const [found] = await tx
    .select({ review: reviews, externalId: products.externalId })
    .from(reviews)
    .innerJoin(products, eq(products.id, reviews.productId))
    .where(isMeant)
    .for('update', { of: reviews });
  return found;
}
