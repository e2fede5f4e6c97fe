import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { uploads } from '../../db/uploads-schema.ts';
import { UnknownUploadError } from '../errors.ts';

/**
 * Gives photos to the review that was submitted with them.
 * @throws UnknownUploadError when one is not there, or belongs to another review
 */
export async function attachUploads(
  tx: Database,
  shopId: number,
  reviewId: number,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const attached = await tx
    .update(uploads)
    .set({ reviewId })
    .where(
      and(
        eq(uploads.shopId, shopId),
        inArray(uploads.publicId, [...ids]),
        isNull(uploads.reviewId),
      ),
    )
    .returning({ id: uploads.publicId });
  const missing = ids.find((id) => !attached.some((upload) => upload.id === id));
  if (missing !== undefined) throw new UnknownUploadError(missing);
}
