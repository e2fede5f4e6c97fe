/**
 * What the edge makes of a product's first page of reviews and of the shop's settings. Both come from
 * the cache, so that what is made of them is as fresh as they are, and goes when one of them is purged.
 */
import { settingsPath, type ReviewPage, type Settings } from '@plaudit/contract';
import type { Context } from 'hono';
import { isNotModified } from '../cache/conditional.ts';
import { deliver, type Outcome } from '../cache/index.ts';
import { ownStatus, problem, SAFE_FIELDS } from '../storefront/answers.ts';
import { entityTag } from '../storefront/entity-tag.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { firstPagePath, parseJson } from '../storefront/first-page.ts';
import { composedFields } from '../storefront/platform.ts';
import { isProductId } from '../storefront/product-id.ts';
import { storefrontRead } from '../storefront/read.ts';
import { timed, timingFields } from '../storefront/server-timing.ts';
import { lifetimeOf, parameter, type Deps, type Route } from './context.ts';

/** Errors are told whole, whatever the visitor has. */
const UNCONDITIONAL = { method: 'GET', client: new Headers() };

/** Makes a text of a page; a shop may have saved less than all settings. */
export type Make = (page: ReviewPage, settings: Partial<Settings>) => string;

type Stored = Extract<Outcome, { entry: unknown }>;

interface Made {
  readonly settings: ArrayBuffer;
  readonly search: string;
  readonly text: string;
  readonly etag: string;
}

/** A route whose answer is made of the first page of the product in its path. */
export function madeOfFirstPage(
  deps: Deps,
  contentType: string,
  /** Reads the request's query: how to make the answer, or what is wrong with the request. */
  prepare: (context: Context, product: string) => Make | Response,
): Route {
  // By the reviews, whose answer is one product's alone.
  const made = new WeakMap<ArrayBuffer, Made>();

  function madeOnce(reviews: ArrayBuffer, settings: ArrayBuffer, search: string, make: Make): Made {
    const known = made.get(reviews);
    if (known?.settings === settings && known.search === search) return known;
    const page = parseJson(reviews) as ReviewPage;
    const text = make(page, parseJson(settings) as Partial<Settings>);
    const fresh = { settings, search, text, etag: entityTag(text) };
    made.set(reviews, fresh);
    return fresh;
  }

  return async (context) => {
    const product = parameter(context, 'productId');
    if (!isProductId(product)) return problem('not-found');
    const make = prepare(context, product);
    if (make instanceof Response) return make;
    const client = context.req.raw.headers;
    const appKey = parameter(context, 'appKey');
    const startedAt = deps.now();
    const read = async (path: string): Promise<Outcome> =>
      deps.cache.resolve(storefrontRead(path, 'identity', client), lifetimeOf(context));
    const failed = (outcome: Outcome): Response => {
      // Good, but nobody's to keep: nothing can be made of it, and it is not what was asked for.
      if ('response' in outcome && outcome.response.ok) return problem('bad-gateway');
      const response = deliver(deps.cache, outcome, UNCONDITIONAL, failureAnswer);
      return timed(deps, response, outcome.handling, startedAt);
    };

    const settings = await read(settingsPath(appKey));
    if (!isGood(settings)) return failed(settings);
    const reviews = await read(firstPagePath(appKey, product, settings.entry.body));
    if (!isGood(reviews)) return failed(reviews);

    const { search } = new URL(context.req.url);
    const { text, etag } = madeOnce(reviews.entry.body, settings.entry.body, search, make);
    const handling = reviews.handling.hit ? settings.handling : reviews.handling;
    const headers = {
      ...SAFE_FIELDS,
      etag,
      'cache-control': reviews.entry.outgoing['cache-control'] ?? 'no-store',
      'cache-status': ownStatus(handling),
      'content-type': contentType,
      ...timingFields(deps, handling, startedAt),
      ...composedFields(deps.platform, [reviews.entry, settings.entry]),
    };
    return isNotModified(client, { etag }, deps.now())
      ? new Response(null, { status: 304, headers })
      : new Response(text, { headers });
  };
}

const isGood = (outcome: Outcome): outcome is Stored =>
  'entry' in outcome && outcome.entry.status === 200;
