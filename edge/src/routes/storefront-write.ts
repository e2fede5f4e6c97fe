/** What visitors send: goes straight through to the origin. */
import {
  answerVotesPath,
  CLIENT_ADDRESS_FIELD,
  mediaUploadPath,
  productQuestionsPath,
  productReviewsPath,
  questionVotesPath,
  reviewPath,
  reviewVotesPath,
  reviewWithdrawalPath,
  siteReviewsPath,
} from '@plaudit/contract';
import { endToEnd } from '../cache/fields.ts';
import { bodyOf, readWhole } from '../cache/body.ts';
import { ownStatus, problem, publicFields } from '../storefront/answers.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { clientAddress } from '../storefront/client-address.ts';
import { kindOfStatus, OriginFailure } from '../storefront/origin-failure.ts';
import { timingFields } from '../storefront/server-timing.ts';
import { parameter, type Deps, type Route } from './context.ts';

/** The longest review in the widest letters fits, with room to spare. */
const BODY_MAX_BYTES = 64 * 1024;
/** What a phone's camera makes, and the form around it. */
const PHOTO_MAX_BYTES = 10 * 1024 * 1024 + 4096;
/** A visitor's connection may be slow, but not silent. */
const CHUNK_WAIT_MS = 10_000;
/** What of a visitor's request the origin gets. */
const FORWARDED = ['content-type', 'idempotency-key', 'user-agent'];

/** `POST /v1/shops/{appKey}/products/{productId}/reviews` */
export const submitReview = (deps: Deps): Route => write(deps, productReviewsPath, 'productId');

/** `POST /v1/shops/{appKey}/site/reviews` */
export const submitSiteReview = (deps: Deps): Route =>
  write(deps, (appKey) => siteReviewsPath(appKey), undefined);

/** `POST /v1/shops/{appKey}/products/{productId}/questions` */
export const askQuestion = (deps: Deps): Route => write(deps, productQuestionsPath, 'productId');

/** `POST /v1/shops/{appKey}/reviews/{reviewId}` */
export const editReview = (deps: Deps): Route => write(deps, reviewPath, 'reviewId');

/** `POST /v1/shops/{appKey}/reviews/{reviewId}/withdrawal` */
export const withdrawReview = (deps: Deps): Route => write(deps, reviewWithdrawalPath, 'reviewId');

/** `POST /v1/shops/{appKey}/reviews/{reviewId}/votes` */
export const voteOnReview = (deps: Deps): Route => write(deps, reviewVotesPath, 'reviewId');

/** `POST /v1/shops/{appKey}/questions/{questionId}/votes` */
export const voteOnQuestion = (deps: Deps): Route => write(deps, questionVotesPath, 'questionId');

/** `POST /v1/shops/{appKey}/answers/{answerId}/votes` */
export const voteOnAnswer = (deps: Deps): Route => write(deps, answerVotesPath, 'answerId');

/** `POST /v1/shops/{appKey}/media` */
export const uploadPhoto = (deps: Deps): Route =>
  write(deps, (appKey) => mediaUploadPath(appKey), undefined, PHOTO_MAX_BYTES);

/** Passes a write on, within the limits of its visitor and its shop. */
const write =
  (
    deps: Deps,
    toPath: (appKey: string, id: string) => string,
    idName: string | undefined,
    bytesMax = BODY_MAX_BYTES,
  ): Route =>
  async (context) => {
    const appKey = parameter(context, 'appKey');
    const request = context.req.raw;
    try {
      const limits = deps.limits.write(appKey, request.headers);
      const body = await readBody(request, bytesMax);
      if (body instanceof Response) return body;
      const path = toPath(appKey, idName === undefined ? '' : parameter(context, idName));
      return await sendOn(deps, path, request.headers, body, limits);
    } catch (failure) {
      return failureAnswer(failure);
    }
  };

/**
 * Sends a write to the origin, once; its answer is passed on with these fields.
 * @throws {OriginFailure}
 */
export async function sendOn(
  deps: Deps,
  path: string,
  client: Headers,
  body: ArrayBuffer,
  fields: Record<string, string>,
): Promise<Response> {
  const headers = forwarded(client, deps.config.clientAddressHeader);
  const startedAt = deps.now();
  const response = await deps.origin.write(path, headers, body);
  const timing = timingFields(deps, { fwd: 'method' }, startedAt);
  return passOn(response, { ...fields, ...timing });
}

/** The body of a write, or why it is refused. */
export async function readBody(
  request: Request,
  bytesMax = BODY_MAX_BYTES,
): Promise<ArrayBuffer | Response> {
  const detail = `The body has at most ${bytesMax} bytes.`;
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) {
    return problem('body-too-large', { detail });
  }
  try {
    const body = await readWhole(request.body, bytesMax, CHUNK_WAIT_MS);
    return 'whole' in body ? body.whole : problem('body-too-large', { detail });
  } catch {
    return problem('invalid-body', { detail: 'The body did not arrive whole.' });
  }
}

function forwarded(client: Headers, addressHeader: string | undefined): Headers {
  const headers = new Headers({ accept: 'application/json', 'accept-encoding': 'identity' });
  for (const name of FORWARDED) {
    const value = client.get(name);
    if (value !== null) headers.set(name, value);
  }
  const address = clientAddress(client, addressHeader);
  if (address !== undefined) headers.set(CLIENT_ADDRESS_FIELD, address);
  return headers;
}

/** The origin's answer, errors too where it explains them; never stored. */
function passOn(response: Response, more: Record<string, string>): Response {
  const { status } = response;
  const isExplained = response.headers.get('content-type')?.includes('json') ?? false;
  if (status >= 500 && !isExplained) {
    throw new OriginFailure(kindOfStatus(status), `the origin answered ${status}`);
  }
  const headers = {
    ...publicFields(endToEnd(response.headers)),
    ...more,
    'cache-control': 'no-store',
    'cache-status': ownStatus({ fwd: 'method', fwdStatus: status }),
  };
  return new Response(bodyOf(response), { status, headers, encodeBody: 'manual' });
}
