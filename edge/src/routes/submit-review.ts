/** `POST /v1/shops/{appKey}/products/{productId}/reviews`: goes straight through to the origin. */
import { CLIENT_ADDRESS_FIELD, productReviewsPath } from '@plaudit/contract';
import { endToEnd } from '../cache/fields.ts';
import { readWhole } from '../cache/body.ts';
import { ownStatus, problem, publicFields } from '../storefront/answers.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { clientAddress } from '../storefront/client-address.ts';
import { kindOfStatus, OriginFailure } from '../storefront/origin-failure.ts';
import { timingFields } from '../storefront/server-timing.ts';
import { parameter, type Deps, type Route } from './context.ts';

/** The longest review in the widest letters fits, with room to spare. */
const BODY_MAX_BYTES = 64 * 1024;
/** A visitor's connection may be slow, but not silent. */
const CHUNK_WAIT_MS = 10_000;
/** What of a visitor's request the origin gets. */
const FORWARDED = ['content-type', 'idempotency-key', 'user-agent'];

export const submitReview =
  (deps: Deps): Route =>
  async (context) => {
    const appKey = parameter(context, 'appKey');
    const productId = parameter(context, 'productId');
    const request = context.req.raw;
    try {
      const limits = deps.limits.write(appKey, request.headers);
      const body = await readBody(request);
      if (body instanceof Response) return body;
      const headers = forwarded(request.headers, deps.config.clientAddressHeader);
      const path = productReviewsPath(appKey, productId);
      const startedAt = deps.now();
      const response = await deps.origin.write(path, headers, body);
      const timing = timingFields(deps, { fwd: 'method' }, startedAt);
      return passOn(response, { ...limits, ...timing });
    } catch (failure) {
      return failureAnswer(failure);
    }
  };

async function readBody(request: Request): Promise<ArrayBuffer | Response> {
  const detail = `A review has at most ${BODY_MAX_BYTES} bytes.`;
  if (Number(request.headers.get('content-length') ?? 0) > BODY_MAX_BYTES) {
    return problem('body-too-large', { detail });
  }
  try {
    const body = await readWhole(request.body, BODY_MAX_BYTES, CHUNK_WAIT_MS);
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
  return new Response(response.body, { status, headers, encodeBody: 'manual' });
}
