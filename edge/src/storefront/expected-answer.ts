/**
 * What counts as an answer to a storefront read. Anything else in the origin's place, such as a login
 * page, a redirect or an empty 200, must never replace a good answer, whatever it says of itself.
 */
import { bodyOf } from '../cache/body.ts';
import { OriginFailure } from './origin-failure.ts';

/** How long it may be remembered that there is nothing, in seconds. */
const NEGATIVE_SECONDS = 5;
const NOTHING_HERE = new Set([404, 410]);
/** What an origin may tell shared caches alone. */
const TARGETED_FIELDS = ['cdn-cache-control', 'cloudflare-cdn-cache-control'];

/**
 * The answer as it may be stored: negative ones for seconds, other 4xx not at all.
 * @param isRenewal Whether a stored answer is asked about; then only a good one may take its place,
 *   because what is really gone is purged.
 * @throws {OriginFailure} `bad-answer`
 */
export function expectedAnswer(
  response: Response,
  isRenewal: boolean,
  type: ExpectedType = 'json',
): Response {
  const { status, headers } = response;
  if (status === 304 && isRenewal) return response;
  if (status === 200 && bodyOf(response) && IS_OF_TYPE[type](headers)) return response;
  if (status < 400 || isRenewal) {
    throw new OriginFailure('bad-answer', `the origin answered ${status}, not what was asked for`);
  }
  return shortLived(response, NOTHING_HERE.has(status) ? NEGATIVE_SECONDS : 0);
}

/** What is asked for. */
export type ExpectedType = 'json' | 'photo';

const typeOf = (headers: Headers): string => headers.get('content-type') ?? '';
const IS_OF_TYPE: Record<ExpectedType, (headers: Headers) => boolean> = {
  json: (headers) => /\bjson\b/i.test(typeOf(headers)),
  // What a picture is, its answer says; a browser must not guess.
  photo: (headers) => typeOf(headers) === 'image/webp',
};

function shortLived(response: Response, secondsMax: number): Response {
  const headers = new Headers(response.headers);
  const told = headers.get('cdn-cache-control') ?? headers.get('cache-control') ?? '';
  const isForbidden = /no-store|private/i.test(told);
  const seconds = isForbidden ? 0 : Number(/\bmax-age=(\d+)/i.exec(told)?.[1] ?? 0);
  for (const name of TARGETED_FIELDS) headers.delete(name);
  headers.set('cache-control', 'no-store');
  const kept = Math.min(seconds, secondsMax);
  if (kept > 0) headers.set('cdn-cache-control', `max-age=${kept}`);
  return new Response(bodyOf(response), { status: response.status, headers, encodeBody: 'manual' });
}
