/** What an old address is about: one product, or the whole site. */
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
import { isProductId } from './parameters.ts';

/** The product id that means the whole site. */
const SITE = 'yotpo_site_reviews';

/** What is known of a subject. */
export interface Subject {
  summary: RatingSummary;
  /** Where it is a known product. */
  product?: NumberedProduct;
  isSite: boolean;
}

const NOTHING = toStatistics([0, 0, 0, 0, 0]);

/** Reads a subject; of a product that the shop does not know, nothing is known. */
export async function readSubject(
  tx: Context['db'],
  shopId: number,
  productId: string,
): Promise<Subject> {
  if (productId === SITE) return { summary: await readShopSummary(tx, shopId), isSite: true };
  const ids = isProductId(productId) ? [productId] : [];
  const [found] = await findNumberedProducts(tx, shopId, ids);
  return { ...(found ?? { summary: { ...NOTHING, organic: NOTHING } }), isSite: false };
}

/** The tags of an answer about a subject. */
export const subjectTags = (appKey: string, productId: string): string[] => [
  shopTag(appKey),
  productId === SITE ? reviewsTag(appKey) : productTag(appKey, productId),
];
