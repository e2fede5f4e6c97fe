import { mediaTag } from '@plaudit/contract';
import { inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { uploads } from '../../db/uploads-schema.ts';

/** The cache tags of reviews' photos. */
export async function uploadTags(
  tx: Database,
  appKey: string,
  reviewIds: readonly number[],
): Promise<string[]> {
  const rows = await tx
    .select({ id: uploads.publicId })
    .from(uploads)
    .where(inArray(uploads.reviewId, [...reviewIds]));
  return rows.map(({ id }) => mediaTag(appKey, id));
}
