/** The one write of the storefront API: a visitor sends a review. */

import { isDeepStrictEqual } from 'node:util';
import type { FieldError, Review, ReviewReceipt, ReviewSubmission } from '@plaudit/contract';
import { json, problem, type Answer } from './answer.ts';
import { checkIdempotencyKey, checkSubmission } from './check-submission.ts';
import type { ShopState } from './test-shop.ts';

/** A review that was sent and accepted, with all that the visitor wrote. */
export interface ReceivedSubmission extends ReviewSubmission {
  productId: string;
  /** As the visitor was told. */
  receipt: ReviewReceipt;
}

/** What is looked at of a write. */
export interface Write {
  mediaType: string | undefined;
  idempotencyKey: string | undefined;
  body: Buffer;
}

/** A review of the longest texts in the widest letters fits, with room to spare. */
const BODY_MAX_BYTES = 64 * 1024;
const MEDIA_TYPES = new Set(['application/json', 'text/plain']);
const SEE_ERRORS = 'See `errors`, field by field.';

/** Checks a submission, keeps it, and publishes it where the shop wants that. */
export function acceptReview(
  shop: ShopState,
  received: ReceivedSubmission[],
  productId: string,
  { mediaType, idempotencyKey, body }: Write,
): Answer {
  if (body.byteLength > BODY_MAX_BYTES) {
    return problem('body-too-large', { detail: `A review has at most ${BODY_MAX_BYTES} bytes.` });
  }
  if (mediaType !== undefined && !MEDIA_TYPES.has(mediaType)) {
    return problem('unsupported-media-type', { detail: 'Send JSON.' });
  }
  const parsed = parseJson(body);
  if (!parsed) return problem('invalid-body', { detail: 'The body is not JSON in UTF-8.' });
  const checked = checkSubmission(parsed.value);
  if ('errors' in checked) return invalidBody(checked.errors);
  const wrongKey = idempotencyKey === undefined ? undefined : checkIdempotencyKey(idempotencyKey);
  if (wrongKey) return invalidBody([{ field: 'idempotency-key', message: wrongKey }]);
  // The header field goes before the body's.
  const submission = {
    ...checked.submission,
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  };
  const earlier = findEarlier(received, submission.idempotencyKey);
  if (earlier) return repeat(earlier, { ...submission, productId });
  return keep(shop, received, { ...submission, productId });
}

const invalidBody = (errors: FieldError[]): Answer =>
  problem('invalid-body', { detail: SEE_ERRORS, errors });

function parseJson(body: Buffer): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return undefined;
  }
}

const findEarlier = (
  received: readonly ReceivedSubmission[],
  key: string | undefined,
): ReceivedSubmission | undefined =>
  key === undefined ? undefined : received.find(({ idempotencyKey }) => idempotencyKey === key);

/** The same key with the same review is a retry: the same receipt, and no second review. */
function repeat(
  { receipt, ...earlier }: ReceivedSubmission,
  submission: ReviewSubmission & { productId: string },
): Answer {
  const fields = new Set([...Object.keys(earlier), ...Object.keys(submission)]);
  const [before, now] = [earlier, submission].map((review) => new Map(Object.entries(review)));
  const isSame = (field: string) => isDeepStrictEqual(before?.get(field), now?.get(field));
  if ([...fields].every(isSame)) {
    return answerReceipt(receipt);
  }
  return problem('idempotency-conflict', {
    detail: 'This idempotency key was used for another review. Use a new key for a new review.',
  });
}

function keep(
  shop: ShopState,
  received: ReceivedSubmission[],
  submission: ReviewSubmission & { productId: string },
): Answer {
  const receipt: ReviewReceipt = {
    id: `submitted-${received.length + 1}`,
    status: shop.publishesAtOnce ? 'published' : 'pending',
  };
  received.push({ ...submission, receipt });
  if (shop.publishesAtOnce) shop.reviews.unshift(toReview(shop, submission, receipt.id));
  return answerReceipt(receipt);
}

const answerReceipt = (receipt: ReviewReceipt): Answer =>
  json(receipt.status === 'published' ? 201 : 202, receipt);

/** What the public sees of it: no e-mail address. */
function toReview(
  { now }: ShopState,
  submission: ReviewSubmission & { productId: string },
  id: string,
): Review {
  const { productId, rating, title, body, author, locale } = submission;
  return {
    id,
    productId,
    rating,
    ...(title && { title }),
    ...(body && { body }),
    author,
    verified: false,
    incentivized: false,
    ...(locale && { locale }),
    createdAt: now().toISOString(),
    helpful: { up: 0, down: 0 },
  };
}
