/** Tells whether a review of a file is in the shop already, so that a file can be imported again. */
import { createHash } from 'node:crypto';
import { createRepeatCounter } from './count-repeats.ts';
import type { ImportedReview } from './imported-review.ts';

/**
 * Makes the keys of one file's reviews, in the order of the file. A review is known by the id its
 * source gave it. One without is known by what it says, and by how many before it in the file said
 * exactly the same: two identical rows are two reviews, and still the same two the next time.
 */
export function createReviewIdentity(): (review: ImportedReview) => string {
  const countBefore = createRepeatCounter();
  return (review) => {
    if (review.sourceId !== undefined) return `id:${digest([review.sourceId])}`;
    const key = digest([
      review.productId,
      review.email,
      review.createdAt?.toISOString(),
      review.author,
      review.rating,
      review.title,
      review.body,
    ]);
    return `row:${key}:${countBefore(key)}`;
  };
}

const digest = (parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32);
