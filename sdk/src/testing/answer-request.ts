/** The storefront API by path and method, as the edge and the origin together answer it. */

import { PRODUCT_ID_MAX_LENGTH, SITE_PRODUCT_ID } from '@plaudit/contract';
import { acceptQuestion } from './accept-question.ts';
import { acceptReview } from './accept-review.ts';
import { acceptVote, type VoteSubject } from './accept-vote.ts';
import {
  answerQuestions,
  answerRatings,
  answerRatingShard,
  answerReviews,
  answerTopics,
} from './answer-read.ts';
import { json, problem, type Answer } from './answer.ts';
import { changeReview } from './change-review.ts';
import { acceptPhoto, answerPhoto } from './photos.ts';
import type { Write } from './read-submission.ts';
import type { Received } from './received.ts';
import type { ShopState } from './test-shop.ts';
import { withdrawReview } from './withdraw-review.ts';

/** A request as far as an answer depends on it. */
export interface StorefrontRequest extends Write {
  method: string;
  url: URL;
}

/** What stands at a path. */
interface Resource {
  read?: () => Answer;
  write?: (write: Write) => Answer | Promise<Answer>;
  productId?: string;
}

const SUBJECTS = new Map<string | undefined, VoteSubject['kind']>([
  ['reviews', 'review'],
  ['questions', 'question'],
  ['answers', 'answer'],
]);

/** Answers one request; what it sends is added to `received`. */
export async function answerRequest(
  shop: ShopState,
  received: Received,
  request: StorefrontRequest,
): Promise<Answer> {
  const { method, url } = request;
  const [, version, shops, appKey = '', ...rest] = url.pathname.split('/').map(decode);
  if (version !== 'v1' || shops !== 'shops') return problem('not-found');
  if (method === 'OPTIONS') return PREFLIGHT;
  const resource = findResource(shop, received, url, rest);
  if (!resource) return problem('not-found');
  const handlers = handlersOf(resource);
  const handle = handlers.get(method);
  if (!handle) {
    const allow = [...handlers.keys(), 'OPTIONS'].join(', ');
    return problem('method-not-allowed', {}, { allow });
  }
  const detail = findMistake(shop, appKey, resource.productId);
  return detail === undefined ? handle(request) : problem('not-found', { detail });
}

/** By method, in the order that `Allow` names them. */
const handlersOf = ({ read, write }: Resource): Map<string, NonNullable<Resource['write']>> =>
  new Map([
    ...(read
      ? ([
          ['GET', read],
          ['HEAD', read],
        ] as const)
      : []),
    ...(write ? ([['POST', write]] as const) : []),
  ]);

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

function findResource(
  shop: ShopState,
  received: Received,
  url: URL,
  path: string[],
): Resource | undefined {
  const [kind, id, part, ...beyond] = path;
  if (beyond.length > 0) return undefined;
  if (id === undefined) return findWhole(shop, received, url, kind);
  if (kind === 'products') return findOfProduct(shop, received, url.searchParams, id, part);
  if (kind === 'site') {
    return part === undefined
      ? findOfProduct(shop, received, url.searchParams, SITE_PRODUCT_ID, id)
      : undefined;
  }
  if (kind === 'rating-shards' && part === undefined) {
    return { read: () => answerRatingShard(shop, id) };
  }
  if (kind === 'media' && /^(small|medium|large)\.webp$/.test(part ?? '')) {
    return { read: () => answerPhoto(received.photos, id) };
  }
  return findWritten(shop, received, { kind: SUBJECTS.get(kind), id }, part);
}

/** What visitors say of what others wrote, and of their own. */
function findWritten(
  shop: ShopState,
  received: Received,
  { kind, id }: { kind: VoteSubject['kind'] | undefined; id: string },
  part: string | undefined,
): Resource | undefined {
  if (kind === 'review' && part === undefined) {
    return { write: (write) => changeReview(received, id, write) };
  }
  if (kind === 'review' && part === 'withdrawal') {
    return { write: (write) => withdrawReview(shop, received, id, write) };
  }
  if (!kind || part !== 'votes') return undefined;
  return { write: (write) => acceptVote(shop, received, { kind, id }, write) };
}

/** What there is once a shop. */
function findWhole(
  shop: ShopState,
  received: Received,
  { searchParams, origin }: URL,
  kind: string | undefined,
): Resource | undefined {
  switch (kind) {
    case 'ratings':
      return { read: () => answerRatings(shop, searchParams) };
    case 'reviews':
      return { read: () => answerReviews(shop, undefined, searchParams) };
    case 'settings':
      return { read: () => json(200, shop.settings) };
    case 'media':
      return {
        write: (write) => acceptPhoto(received, { appKey: shop.appKey, address: origin }, write),
      };
    default:
      return undefined;
  }
}

function findOfProduct(
  shop: ShopState,
  received: Received,
  search: URLSearchParams,
  productId: string,
  part: string | undefined,
): Resource | undefined {
  if (productId === '') return undefined;
  if (part === 'reviews') {
    return {
      productId,
      read: () => answerReviews(shop, productId, search),
      write: (write) => acceptReview(shop, received, productId, write),
    };
  }
  if (part === 'topics') return { productId, read: () => answerTopics(shop, productId) };
  if (part === 'questions') {
    return {
      productId,
      read: () => answerQuestions(shop, productId, search),
      write: (write) => acceptQuestion(received, productId, write),
    };
  }
  return undefined;
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
