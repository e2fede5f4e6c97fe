import { mediaTag } from '@plaudit/contract';
import { eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { uploads } from '../../db/uploads-schema.ts';

/** The cache tags of a review's photos. */
export async function uploadTags(
  tx: Database,
  appKey: string,
  reviewId: number,
): Promise<string[]> {
  const rows = await tx
    .select({ id: uploads.publicId })
    .from(uploads)
    .where(eq(uploads.reviewId, reviewId));
  return rows.map(({ id }) => mediaTag(appKey, id));
}
