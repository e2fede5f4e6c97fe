/** Finds the products that a file's reviews belong to, by whichever of their names the shop knows. */
import type { ImportedReview } from './imported-review.ts';

/** Which of these ids the shop has products of. */
export type FindKnownProducts = (externalIds: Iterable<string>) => Promise<Set<string>>;

/** What a file may call a product. */
type Naming = Pick<ImportedReview, 'productId' | 'otherProductIds'>;

/** Tells reviews apart by their products, some thousand at a time. */
export interface ProductMatcher {
  /** The product of each review, in order: the first name that the shop knows, or else the first. */
  match: (reviews: readonly Naming[]) => Promise<string[]>;
  /** Products that the shop did not know before this import. */
  newProducts: () => number;
}

/** What was asked is asked again when there are more names than these: memory has a bound. */
const REMEMBERED_MAX = 100_000;

/**
 * Starts the matching of one file. A name is asked for once: files name the same products over and
 * over. Memory grows with the products that are new, not with the rows.
 */
export function createProductMatcher(
  findKnown: FindKnownProducts,
  rememberedMax = REMEMBERED_MAX,
): ProductMatcher {
  const made = new Set<string>();
  const known = new Map<string, boolean>();
  const ask = async (names: readonly string[]) => {
    if (known.size > rememberedMax) known.clear();
    const unasked = new Set(names.filter((name) => !known.has(name)));
    if (unasked.size === 0) return;
    const found = await findKnown(unasked);
    for (const name of unasked) known.set(name, found.has(name) || made.has(name));
  };
  return {
    async match(reviews) {
      await ask(reviews.flatMap((review) => [review.productId, ...review.otherProductIds]));
      return reviews.map(({ productId, otherProductIds }) => {
        const found = [productId, ...otherProductIds].find((id) => known.get(id));
        if (found !== undefined) return found;
        made.add(productId);
        known.set(productId, true);
        return productId;
      });
    },
    newProducts: () => made.size,
  };
}
