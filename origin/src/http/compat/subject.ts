/** What an old address is about: one product, the shop itself, or all of its products. */
import {
  productTag,
  reviewsTag,
  shopTag,
  toStatistics,
  type RatingSummary,
} from '@plaudit/contract';
import type { Context } from '../../domain/context.ts';
import {
  findNumberedProducts,
  readShopSummary,
  type NumberedProduct,
} from '../../domain/ratings/find-numbered.ts';
import { SITE_NAME, SITE_PRODUCT } from '../../domain/products/site.ts';
import { isProductId } from './parameters.ts';

/** What is known of a subject. */
export interface Subject {
  summary: RatingSummary;
  /** Where it is a known product. */
  product?: NumberedProduct;
  /** The list of reviews that its visitors see. */
  listNumber?: number;
  /** All reviews of the shop are meant. */
  isSite: boolean;
}

const NOTHING = toStatistics([0, 0, 0, 0, 0]);

/** Reads a subject; of a product that the shop does not know, nothing is known. */
export async function readSubject(
  tx: Context['db'],
  shopId: number,
  productId: string,
): Promise<Subject> {
  if (productId === SITE_NAME) {
    const [site] = await findNumberedProducts(tx, shopId, [SITE_PRODUCT]);
    // A shop of which nobody has written anything shows what was written of its products.
    return site?.summary.count
      ? { ...site, isSite: false }
      : { summary: await readShopSummary(tx, shopId), isSite: true };
  }
  const ids = isProductId(productId) ? [productId] : [];
  const [found] = await findNumberedProducts(tx, shopId, ids);
  return { ...(found ?? { summary: { ...NOTHING, organic: NOTHING } }), isSite: false };
}

/** The tags of an answer about a subject. */
export const subjectTags = (appKey: string, productId: string): string[] => [
  shopTag(appKey),
  productId === SITE_NAME ? reviewsTag(appKey) : productTag(appKey, productId),
];
