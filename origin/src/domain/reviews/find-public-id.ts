import { and, eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { inShop } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import { UnknownReviewError } from '../errors.ts';

/**
 * The id of the shop's review with that number, whatever its status.
 * @throws UnknownReviewError
 */
export async function findReviewId(db: Database, shopId: number, number: number): Promise<string> {
  const [found] = await inShop(db, shopId, (tx) =>
    tx
      .select({ id: reviews.publicId })
      .from(reviews)
      .where(and(eq(reviews.shopId, shopId), eq(reviews.id, number))),
  );
  if (!found) throw new UnknownReviewError(`${number}`);
  return found.id;
}
