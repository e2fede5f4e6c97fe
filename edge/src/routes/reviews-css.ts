/**
 * `GET /v1/shops/{appKey}/reviews.css`: the styles of `reviews.html` in the shop's look, for pages
 * whose Content-Security-Policy forbids style elements. Kept and purged as the settings are.
 */
import { settingsPath, type Settings } from '@plaudit/contract';
import { isNotModified } from '../cache/conditional.ts';
import { ownStatus, problem, SAFE_FIELDS } from '../storefront/answers.ts';
import { entityTag } from '../storefront/entity-tag.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { parseJson } from '../storefront/first-page.ts';
import { composedFields } from '../storefront/platform.ts';
import { storefrontRead } from '../storefront/read.ts';
import { lifetimeOf, parameter, type Deps, type Route } from './context.ts';

const CSS = 'text/css; charset=utf-8';

export const getReviewsCss =
  (deps: Deps): Route =>
  async (context) => {
    const client = context.req.raw.headers;
    const read = storefrontRead(settingsPath(parameter(context, 'appKey')), 'identity', client);
    const settings = await deps.cache.resolve(read, lifetimeOf(context));
    if ('failure' in settings) return failureAnswer(settings.failure);
    if ('response' in settings) return problem(settings.response.ok ? 'bad-gateway' : 'not-found');
    const { entry, handling } = settings;
    if (entry.status !== 200) return problem('not-found');
    const text = deps.renderer.reviewsStyles(parseJson(entry.body) as Partial<Settings>);
    const etag = entityTag(text);
    const headers = {
      ...SAFE_FIELDS,
      etag,
      'cache-control': entry.outgoing['cache-control'] ?? 'no-store',
      'cache-status': ownStatus(handling),
      'content-type': CSS,
      ...composedFields(deps.platform, [entry]),
    };
    return isNotModified(client, { etag }, deps.now())
      ? new Response(null, { status: 304, headers })
      : new Response(text, { headers });
  };
