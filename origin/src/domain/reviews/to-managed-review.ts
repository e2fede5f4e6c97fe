import type { Review, ReviewStatus } from '@plaudit/contract';
import type { Consent, reviews } from '../../db/schema.ts';
import type { ShopKeys } from '../../vault/shop-keys.ts';
import { openAddress } from '../keys/sealed.ts';
import { toReview } from './to-review.ts';

/** A review as its shop sees it. */
export interface ManagedReview extends Review {
  status: ReviewStatus;
  /** Where it came from: `storefront`, or the import's format. */
  source: string;
  /** What its writer agreed to when it was sent. */
  consent?: Consent;
  /** Of the reviewer; only for whoever may know addresses. */
  email?: string;
}

/** A row as its shop may see it, without the reviewer's address where there are no keys. */
export function toManagedReview(
  row: typeof reviews.$inferSelect,
  externalId: string,
  keys?: ShopKeys,
): ManagedReview {
  const place = { column: 'reviews.email', row: row.publicId } as const;
  const email = keys && openAddress(keys, place, row);
  return {
    ...toReview(row, externalId),
    status: row.status,
    source: row.source,
    ...(row.consent ? { consent: row.consent } : {}),
    ...(row.publishedAt ? { publishedAt: row.publishedAt.toISOString() } : {}),
    ...(email ? { email } : {}),
  };
}
