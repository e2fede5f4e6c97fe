import { uploads } from '../../db/uploads-schema.ts';
import type { Context } from '../context.ts';
import { newPublicId } from '../reviews/public-id.ts';
import { enterShop } from '../shops/find.ts';

/** A photo in the sizes that are shown. */
export interface NewUpload {
  small: Uint8Array;
  medium: Uint8Array;
  large: Uint8Array;
}

/**
 * Keeps a photo until a review is submitted with it.
 * @returns its id, unguessable: whoever has it may put it into a review
 * @throws UnknownShopError
 */
export function keepUpload(
  { db, now }: Context,
  appKey: string,
  renditions: NewUpload,
): Promise<string> {
  const publicId = newPublicId();
  return enterShop(db, appKey, async (tx, shop) => {
    const row = { ...renditions, publicId, shopId: shop.id, createdAt: now() };
    await tx.insert(uploads).values(row);
    return publicId;
  });
}
