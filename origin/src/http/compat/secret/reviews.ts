/** All reviews of a shop, with who wrote them, for its own servers. */
import type { Hono } from 'hono';
import { mayKnowPersons } from '../../../auth/access.ts';
import { SITE_NAME, SITE_PRODUCT } from '../../../domain/products/site.ts';
import { listOwnedReviews, type OwnedReview } from '../../../domain/reviews/list-owned.ts';
import { isProductId, readPage, readSince } from '../parameters.ts';
import type { TokenDependencies } from '../token-access.ts';
import { addSecretCall } from './call.ts';

const PAGE = { name: 'count', usual: 10, most: 100 };

/** Adds the reads. Clients ask for pages until one is empty, and take no other answer for the end. */
export function addOwnedReviewReads(app: Hono, dependencies: TokenDependencies): void {
  for (const path of ['/v1/apps/:appKey/reviews', '/v1/apps/:appKey/:sku/reviews']) {
    const call = { method: 'GET', path, scope: 'reviews:read' } as const;
    addSecretCall(app, dependencies, call, async ({ store, part, search }) => {
      const sku = part('sku');
      if (sku !== '' && !isProductId(sku)) return { reviews: [] };
      const { size, offset } = readPage(search, PAGE);
      const query = {
        productId: sku === SITE_NAME ? SITE_PRODUCT : sku || undefined,
        offset,
        limit: size,
        ...readSince(search),
        ...readUpdated(search),
      };
      const found = await listOwnedReviews(
        store.domain,
        store.shopId,
        query,
        mayKnowPersons(store),
      );
      return { reviews: found.map(toOwnedReview) };
    });
  }
}

/** Reviews are told to have changed when they were written: their texts never do. */
function readUpdated(search: URLSearchParams): { since?: Date } {
  const { since } = readSince(
    new URLSearchParams({ since_date: search.get('since_updated_at') ?? '' }),
  );
  return since ? { since } : {};
}

const toOwnedReview = ({ number, review }: OwnedReview) => ({
  id: number,
  title: review.title ?? '',
  content: review.body ?? '',
  score: review.rating,
  votes_up: review.helpfulUp,
  votes_down: review.helpfulDown,
  created_at: review.createdAt,
  updated_at: review.createdAt,
  sentiment: null,
  sku: review.productId === SITE_PRODUCT ? SITE_NAME : review.productId,
  name: review.author ?? '',
  email: review.email ?? '',
  reviewer_type: review.verified ? 'verified_buyer' : 'anonymous_user',
  deleted: false,
  archived: false,
  escalated: false,
  user_reference: null,
});
