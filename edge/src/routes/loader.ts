/** `GET /{appKey}/plaudit.js`: the script a shop pastes, with the shop's settings baked in. */
import { settingsPath } from '@plaudit/contract';
import { isNotModified } from '../cache/conditional.ts';
import { answer, ownStatus, problem, SAFE_FIELDS } from '../storefront/answers.ts';
import { chooseCoding } from '../storefront/encoding.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { bakeLoader, type Loader } from '../storefront/loader.ts';
import { composedFields } from '../storefront/platform.ts';
import { storefrontRead } from '../storefront/read.ts';
import { timingFields } from '../storefront/server-timing.ts';
import { lifetimeOf, parameter, type Deps, type Route } from './context.ts';

const SCRIPT = 'text/javascript; charset=utf-8';
/** Short, so that new settings and new chunks reach pages soon; stale for an outage's length. */
const BROWSER_LIFE = 'public, max-age=300, stale-while-revalidate=86400, stale-if-error=604800';

export function getLoader(deps: Deps): Route {
  const loaders = new WeakMap<ArrayBuffer, Promise<Loader>>();

  return async (context) => {
    const client = context.req.raw.headers;
    const read = storefrontRead(settingsPath(parameter(context, 'appKey')), 'identity', client);
    const startedAt = deps.now();
    const outcome = await deps.cache.resolve(read, lifetimeOf(context));
    if ('failure' in outcome) return failureAnswer(outcome.failure);
    if ('response' in outcome) return problem('bad-gateway');
    const { entry, handling } = outcome;
    // Still a script: an HTML error page in a script tag would be an error on the shop's page.
    if (entry.status !== 200) return noShop();
    const loader = loaders.get(entry.body) ?? bakeLoader(deps.loader, entry.body);
    loaders.set(entry.body, loader);
    const { coding, body, etag } = encoded(await loader, client.get('accept-encoding'));
    const headers = {
      ...SAFE_FIELDS,
      etag,
      'cache-control': BROWSER_LIFE,
      'cache-status': ownStatus(handling),
      'content-length': String(body.byteLength),
      'content-type': SCRIPT,
      vary: 'Accept-Encoding',
      ...timingFields(deps, handling, startedAt),
      ...composedFields([entry]),
      ...(coding !== 'identity' && { 'content-encoding': coding }),
    };
    if (isNotModified(client, { etag }, deps.now())) {
      return new Response(null, { status: 304, headers: withoutBody(headers) });
    }
    return new Response(body, { headers, encodeBody: 'manual' });
  };
}

/** In the smallest form that the client reads; who reads brotli reads gzip too. */
function encoded({ bytes, gzipped, brotli, etag }: Loader, acceptEncoding: string | null) {
  const wanted = chooseCoding(acceptEncoding);
  if (wanted === 'br' && brotli) return { coding: 'br', body: brotli, etag };
  return wanted === 'identity'
    ? { coding: wanted, body: bytes, etag }
    : { coding: 'gzip', body: gzipped, etag };
}

function withoutBody(headers: Record<string, string>): Record<string, string> {
  const { 'content-length': _, 'content-encoding': __, ...rest } = headers;
  return rest;
}

const noShop = (): Response =>
  answer('/* Plaudit: unknown shop */\n', { status: 404, fields: { 'content-type': SCRIPT } });
