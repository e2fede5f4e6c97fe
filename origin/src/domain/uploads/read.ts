import { and, eq, isNull, or } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { reviews } from '../../db/schema.ts';
import { uploads } from '../../db/uploads-schema.ts';
import { UnknownUploadError } from '../errors.ts';
import { enterShop } from '../shops/find.ts';

/** The sizes there are. */
export type UploadSize = 'small' | 'medium' | 'large';

/**
 * A photo's bytes in one size: of a published review, or of one that is being written.
 * @throws UnknownShopError
 * @throws UnknownUploadError
 */
export function readUpload(
  db: Database,
  appKey: string,
  id: string,
  size: UploadSize,
): Promise<Uint8Array<ArrayBuffer>> {
  return enterShop(db, appKey, async (tx, shop) => {
    const [found] = await tx
      .select({ bytes: uploads[size] })
      .from(uploads)
      .leftJoin(reviews, eq(reviews.id, uploads.reviewId))
      .where(
        and(
          eq(uploads.shopId, shop.id),
          eq(uploads.publicId, id),
          or(isNull(uploads.reviewId), eq(reviews.status, 'published')),
        ),
      );
    if (!found) throw new UnknownUploadError(id);
    return new Uint8Array(found.bytes);
  });
}
