import type { Review } from '@plaudit/sdk';
import { isSafe } from '../../is-safe.ts';

/** A photo and the review it belongs to. */
export interface Photo {
  review: Review;
  url: string;
  /** Counts from one within its review. */
  number: number;
}

/** All photos of these reviews, in order. Videos play on a page of their own. */
export const toPhotos = (reviews: readonly Review[]): Photo[] =>
  reviews.flatMap((review) =>
    (review.media ?? []).flatMap((media, index) =>
      media.kind === 'photo' && isSafe(media.url)
        ? [{ review, url: media.url, number: index + 1 }]
        : [],
    ),
  );
