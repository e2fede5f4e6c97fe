/**
 * `GET /{appKey}/plaudit.js`: the script a shop pastes, with the shop's settings baked in; with
 * `?product=`, that product's rating and first reviews too. Both come from the cache, under the tags
 * of the answers they were made of. Where pages written for Yotpo ask for its script, it is one that
 * adopts their markup.
 */
import { settingsPath, SITE_PRODUCT_ID, type AdoptedProduct } from '@plaudit/contract';
import type { Context } from 'hono';
import { isNotModified } from '../cache/conditional.ts';
import type { Outcome } from '../cache/index.ts';
import { answer, ownStatus, problem, SAFE_FIELDS } from '../storefront/answers.ts';
import { chooseCoding } from '../storefront/encoding.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { firstPagePath, parseJson } from '../storefront/first-page.ts';
import { bakeLoader, encoded, type Loader } from '../storefront/loader.ts';
import { composedFields } from '../storefront/platform.ts';
import { isProductId } from '../storefront/product-id.ts';
import { storefrontRead } from '../storefront/read.ts';
import { timingFields } from '../storefront/server-timing.ts';
import { lifetimeOf, parameter, searchOf, type Deps, type Route } from './context.ts';

const SCRIPT = 'text/javascript; charset=utf-8';
/** Short, so that new settings and new chunks reach pages soon; stale for an outage's length. */
const BROWSER_LIFE = 'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800';

type Stored = Extract<Outcome, { entry: unknown }>;

/** A script, and the answers it was made of: the one that changes most often comes first. */
interface Made {
  readonly loader: Loader;
  readonly from: readonly Stored[];
  readonly browserLife: string;
}

/** @param adopts The products whose script is asked for at this address. */
export function getLoader(deps: Deps, adopts: readonly AdoptedProduct[] = []): Route {
  const plain = new WeakMap<ArrayBuffer, Promise<Loader>>();
  // By the reviews, whose answer is one product's alone, and by the settings that it was made with.
  const carrying = new WeakMap<ArrayBuffer, { settings: ArrayBuffer; loader: Promise<Loader> }>();

  async function makePlain(settings: Stored): Promise<Made> {
    const { body } = settings.entry;
    const loader = plain.get(body) ?? bakeLoader(deps.loader, body, { adopts });
    plain.set(body, loader);
    return { loader: await loader, from: [settings], browserLife: BROWSER_LIFE };
  }

  /** Without the reviews, where they cannot be had, it is the plain one for this once. */
  async function makeCarrying(context: Context, settings: Stored, product: string): Promise<Made> {
    const { body } = settings.entry;
    const path = firstPagePath(parameter(context, 'appKey'), product, body);
    const read = storefrontRead(path, 'identity', context.req.raw.headers);
    const reviews = await deps.cache.resolve(read, lifetimeOf(context));
    if (!('entry' in reviews) || reviews.entry.status !== 200) {
      return { ...(await makePlain(settings)), browserLife: 'no-store' };
    }
    const { entry } = reviews;
    let made = carrying.get(entry.body);
    if (made?.settings !== body) {
      const carried = { product, path, page: parseJson(entry.body) };
      made = { settings: body, loader: bakeLoader(deps.loader, body, { carried, adopts }) };
      carrying.set(entry.body, made);
    }
    const browserLife = entry.outgoing['cache-control'] ?? 'no-store';
    return { loader: await made.loader, from: [reviews, settings], browserLife };
  }

  return async (context) => {
    const client = context.req.raw.headers;
    const read = storefrontRead(settingsPath(parameter(context, 'appKey')), 'identity', client);
    const startedAt = deps.now();
    const settings = await deps.cache.resolve(read, lifetimeOf(context));
    if ('failure' in settings) return failureAnswer(settings.failure);
    if ('response' in settings) return problem('bad-gateway');
    // Still a script: an HTML error page in a script tag would be an error on the shop's page.
    if (settings.entry.status !== 200) return noShop();
    const product = searchOf(context).get('product') ?? '';
    // The loader asks for the shop's own reviews at another address than the one they are kept at.
    const isCarried = product !== '' && product !== SITE_PRODUCT_ID && isProductId(product);
    const made = isCarried
      ? await makeCarrying(context, settings, product)
      : await makePlain(settings);
    return toAnswer(deps, made, client, startedAt);
  };
}

function toAnswer(deps: Deps, made: Made, client: Headers, startedAt: number): Response {
  const { etag } = made.loader;
  const { coding, body } = encoded(made.loader, chooseCoding(client.get('accept-encoding')));
  const isKept = made.browserLife !== 'no-store';
  const handling = made.from.find(({ handling }) => !handling.hit)?.handling ??
    made.from[0]?.handling ?? { detail: 'edge' };
  const headers = {
    ...SAFE_FIELDS,
    etag,
    'cache-control': made.browserLife,
    'cache-status': ownStatus(handling),
    'content-length': String(body.byteLength),
    'content-type': SCRIPT,
    vary: 'Accept-Encoding',
    ...timingFields(deps, handling, startedAt),
    ...(isKept &&
      composedFields(
        deps.platform,
        made.from.map(({ entry }) => entry),
      )),
    ...(coding !== 'identity' && { 'content-encoding': coding }),
  };
  if (isNotModified(client, { etag }, deps.now())) {
    return new Response(null, { status: 304, headers: withoutBody(headers) });
  }
  return new Response(body, { headers, encodeBody: 'manual' });
}

function withoutBody(headers: Record<string, string>): Record<string, string> {
  const { 'content-length': _, 'content-encoding': __, ...rest } = headers;
  return rest;
}

const noShop = (): Response =>
  answer('/* Plaudit: unknown shop */\n', { status: 404, fields: { 'content-type': SCRIPT } });
