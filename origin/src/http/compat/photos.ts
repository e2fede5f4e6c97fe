/** The photos of reviews, by numbers of their own. */
import type { Review } from '@plaudit/contract';
import type { Context } from '../../domain/context.ts';
import type { Shop } from '../../domain/shops/find.ts';
import { readList } from './list.ts';

/** A photo. */
export interface Photo {
  /** Made of the review's number and the place in it. */
  id: number;
  reviewNumber: number;
  /** Addresses of a small and of a large rendition. */
  small: string;
  large: string;
}

/** More than the media of one review. */
const PLACES = 100;
/** Reviews whose photos a strip or an album shows: more than anyone leafs through. */
const SHOWN_REVIEWS_MAX = 500;

/** A review's photos. Videos are left out. */
export const toPhotos = (reviewNumber: number, { media = [] }: Review): Photo[] =>
  media.flatMap(({ kind, url, thumbnailUrl }, place) =>
    kind === 'photo'
      ? [
          {
            id: reviewNumber * PLACES + place,
            reviewNumber,
            small: thumbnailUrl ?? url,
            large: url,
          },
        ]
      : [],
  );

/** The review that a photo is of. */
export const reviewNumberOf = (photoId: number): number => Math.floor(photoId / PLACES);

/** The photos of a subject's newest reviews that have any. Call it in the shop's transaction. */
export async function readPhotos(
  tx: Context['db'],
  shop: Shop,
  productId: string,
): Promise<Photo[]> {
  const query = { sort: 'newest', offset: 0, limit: SHOWN_REVIEWS_MAX } as const;
  const { reviews } = await readList(tx, shop, productId, { ...query, filtering: { media: true } });
  return reviews.flatMap(({ number, review }) => toPhotos(number, review));
}
