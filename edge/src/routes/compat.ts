/** What Yotpo's clients read, by the same rules as our own API, with failures in the shape they know. */
import type { Context, Hono } from 'hono';
import { deliver } from '../cache/index.ts';
import { SAFE_FIELDS } from '../storefront/answers.ts';
import { postedSearch } from '../storefront/compat-posted.ts';
import { COMPAT_READS, compatPath, type CompatRead } from '../storefront/compat-reads.ts';
import { chooseCoding } from '../storefront/encoding.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { storefrontRead } from '../storefront/read.ts';
import { timed } from '../storefront/server-timing.ts';
import { cachedRead } from './cached-read.ts';
import { lifetimeOf, parameter, searchOf, type Deps, type Route } from './context.ts';
import { readBody } from './storefront-write.ts';

/** A hundred numbers, and texts of any length that is looked for. */
const BODY_MAX_BYTES = 16 * 1024;
/** Only GET and HEAD are conditional here: whoever posts gets the whole answer. */
const UNCONDITIONAL = { method: 'GET', client: new Headers() };

/** @param preflight answers the browsers that ask before they send JSON */
export function addCompatReads(app: Hono, deps: Deps, preflight: () => Response): void {
  for (const read of COMPAT_READS) {
    app.get(
      read.pattern,
      cachedRead(deps, (context) => pathOf(read, context, searchOf(context)), {
        onFailure: compatFailure,
      }),
    );
    if (!read.isPosted) continue;
    app.post(read.pattern, postedRead(deps, read));
    app.options(read.pattern, preflight);
  }
}

const pathOf = (read: CompatRead, context: Context, search: URLSearchParams): string =>
  compatPath(read, (name) => parameter(context, name), search);

/**
 * Answers a read that came by POST as the same read by GET, from the same cache: on the platform through
 * the one in front of this very Worker, which keeps no answer to a POST.
 */
const postedRead =
  (deps: Deps, read: CompatRead): Route =>
  async (context) => {
    const { headers: client } = context.req.raw;
    try {
      const body = await readBody(context.req.raw, BODY_MAX_BYTES);
      if (body instanceof Response) return body;
      const search = postedSearch(body, searchOf(context));
      if (!search) return compatRefusal(400, 'The body is not a JSON object.');
      // What comes through the platform's cache has no visitor any more.
      const limited = deps.platform && deps.limits.miss(client);
      if (limited) throw limited;
      const startedAt = deps.now();
      const coding = chooseCoding(client.get('accept-encoding'));
      const request = storefrontRead(pathOf(read, context, search), coding, client);
      const outcome = await deps.shardCache.resolve(request, lifetimeOf(context));
      const answer = deliver(deps.shardCache, outcome, UNCONDITIONAL, compatFailure);
      return timed(deps, answer, outcome.handling, startedAt);
    } catch (failure) {
      return compatFailure(failure);
    }
  };

/** What a client did wrong, in Yotpo's envelope. */
export const compatRefusal = (code: number, message: string): Response =>
  Response.json(
    { status: { code, message } },
    { status: code, headers: { ...SAFE_FIELDS, 'cache-control': 'no-store' } },
  );

/** Our failure in Yotpo's envelope: its clients read `status.code` and `status.message`. */
export function compatFailure(failure: unknown): Response {
  const { status, headers } = failureAnswer(failure);
  const message = status === 429 ? 'Too Many Requests' : 'Service Unavailable';
  headers.set('content-type', 'application/json; charset=utf-8');
  return Response.json({ status: { code: status, message } }, { status, headers });
}
