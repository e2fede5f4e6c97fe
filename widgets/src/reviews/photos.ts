import type { Media, Review } from '@plaudit/sdk';

/** A photo and the review it belongs to. */
export interface Photo {
  review: Review;
  url: string;
  /** Counts from one within its review. */
  number: number;
}

/** No other scheme is ever right for media; `javascript:` would be an attack. */
export const isSafe = ({ url }: Media): boolean => /^https?:/i.test(url);

/** All photos of these reviews, in order. Videos play on a page of their own. */
export const toPhotos = (reviews: readonly Review[]): Photo[] =>
  reviews.flatMap((review) =>
    (review.media ?? []).flatMap((media, index) =>
      media.kind === 'photo' && isSafe(media)
        ? [{ review, url: media.url, number: index + 1 }]
        : [],
    ),
  );
