/** The storefront API by path and method, as the edge and the origin together answer it. */

import { PRODUCT_ID_MAX_LENGTH } from '@plaudit/contract';
import { acceptReview, type ReceivedSubmission, type Write } from './accept-review.ts';
import { answerRatings, answerRatingShard, answerReviews } from './answer-read.ts';
import { json, problem, type Answer } from './answer.ts';
import type { ShopState } from './test-shop.ts';

/** A request as far as an answer depends on it. */
export interface StorefrontRequest extends Write {
  method: string;
  url: URL;
}

const READS = ['GET', 'HEAD'];

/** Answers one request; a review that it sends is added to `received`. */
export function answerRequest(
  shop: ShopState,
  received: ReceivedSubmission[],
  request: StorefrontRequest,
): Answer {
  const { method, url } = request;
  const [, version, shops, appKey = '', ...rest] = url.pathname.split('/').map(decode);
  if (version !== 'v1' || shops !== 'shops') return problem('not-found');
  if (method === 'OPTIONS') return PREFLIGHT;
  const resource = findResource(shop, url.searchParams, rest);
  if (!resource) return problem('not-found');
  const { read, productId } = resource;
  const methods = productId === undefined ? READS : [...READS, 'POST'];
  if (!methods.includes(method)) {
    return problem('method-not-allowed', {}, { allow: [...methods, 'OPTIONS'].join(', ') });
  }
  const detail = findMistake(shop, appKey, productId);
  if (detail !== undefined) return problem('not-found', { detail });
  if (READS.includes(method) || productId === undefined) return read();
  return acceptReview(shop, received, productId, request);
}

/** What is wrong with the names in the path, if anything. */
function findMistake(shop: ShopState, appKey: string, productId = 'none'): string | undefined {
  if (!isProductId(productId)) {
    return `A product id has 1 to ${PRODUCT_ID_MAX_LENGTH} characters.`;
  }
  return appKey === shop.appKey ? undefined : `There is no shop "${appKey}".`;
}

/** For clients that send JSON as JSON. */
const PREFLIGHT: Answer = {
  status: 204,
  headers: {
    'access-control-allow-headers': 'content-type, idempotency-key',
    'access-control-allow-methods': 'GET, HEAD, POST',
  },
  body: '',
};

interface Resource {
  read: () => Answer;
  /** Only where reviews can be sent to. */
  productId?: string;
}

function findResource(
  shop: ShopState,
  search: URLSearchParams,
  [kind, id, reviews, ...beyond]: string[],
): Resource | undefined {
  if (kind === 'products') {
    if (!id || reviews !== 'reviews' || beyond.length > 0) return undefined;
    return { productId: id, read: () => answerReviews(shop, id, search) };
  }
  if (kind === 'rating-shards' && id !== undefined && reviews === undefined) {
    return { read: () => answerRatingShard(shop, id) };
  }
  if (id !== undefined) return undefined;
  const reads: Record<string, () => Answer> = {
    ratings: () => answerRatings(shop, search),
    reviews: () => answerReviews(shop, undefined, search),
    settings: () => json(200, shop.settings),
  };
  const read = Object.entries(reads).find(([name]) => name === kind)?.[1];
  return read && { read };
}

/** A segment that is no UTF-8 stays as it is. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const isProductId = (id: string): boolean =>
  id.length <= PRODUCT_ID_MAX_LENGTH && !id.includes('\0') && id.isWellFormed();
