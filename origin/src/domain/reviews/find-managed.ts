import { and, eq } from 'drizzle-orm';
import { inShop } from '../../db/row-security.ts';
import { products, reviews } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { UnknownReviewError } from '../errors.ts';
import { toManagedReview, type ManagedReview } from './to-managed-review.ts';

/**
 * A review of a shop, whatever its status.
 * @throws UnknownReviewError
 * @throws KeysUnavailableError where addresses are asked for
 */
export async function findManagedReview(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  shopId: number,
  publicId: string,
  { withEmails }: { withEmails: boolean },
): Promise<ManagedReview> {
  const [found] = await inShop(db, shopId, async (tx) =>
    tx
      .select({ review: reviews, externalId: products.externalId })
      .from(reviews)
      .innerJoin(products, eq(products.id, reviews.productId))
      .where(and(eq(reviews.shopId, shopId), eq(reviews.publicId, publicId))),
  );
  if (!found) throw new UnknownReviewError(publicId);
  const { review, externalId } = found;
  const keys = withEmails ? await vault.keysOf(shopId, review.keyVersion) : undefined;
  return toManagedReview(review, externalId, keys);
}
