import type { ProductRating } from '@plaudit/sdk';
import { whenParsed } from '../when-parsed.ts';

type Ratings = Promise<Record<string, ProductRating>>;

/**
 * Collects the ratings that a page's cards ask for one by one into one request: those that stand in
 * the HTML when it has been parsed, those added later when the script that adds them has ended.
 */
export function createRatingBatch(
  readRatings: (productIds: Iterable<string>) => Ratings,
  schedule: (flush: () => void) => void = whenParsed,
): (productId: string) => Promise<ProductRating | undefined> {
  let ids = new Set<string>();
  let answer: Ratings | undefined;

  const readCollected = (): Ratings => {
    const collected = ids;
    ids = new Set();
    answer = undefined;
    return readRatings(collected);
  };

  return async (productId) => {
    ids.add(productId);
    answer ??= new Promise<void>(schedule).then(readCollected);
    return (await answer)[productId];
  };
}
