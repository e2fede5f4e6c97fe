/**
 * `GET /v1/shops/{appKey}/products/{productId}/structured-data.json?name=&url=`: what search engines
 * read of a product's reviews, for shops whose server renders nothing of ours. Made of the same
 * cached page that the product's widget shows, because engines want to find on the page what they
 * are told.
 */
import { settingsPath, type Parsed, type ReviewPage } from '@plaudit/contract';
import { isNotModified } from '../cache/conditional.ts';
import { deliver, type Outcome } from '../cache/index.ts';
import { ownStatus, problem, SAFE_FIELDS } from '../storefront/answers.ts';
import { entityTag } from '../storefront/entity-tag.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { firstPagePath, parseJson } from '../storefront/first-page.ts';
import { toScriptLiteral } from '../storefront/loader.ts';
import { composedFields } from '../storefront/platform.ts';
import { isProductId } from '../storefront/product-id.ts';
import { storefrontRead } from '../storefront/read.ts';
import { timed, timingFields } from '../storefront/server-timing.ts';
import { lifetimeOf, parameter, searchOf, type Deps, type Route } from './context.ts';

const JSON_LD = 'application/ld+json; charset=utf-8';
const NAME_MAX_LENGTH = 500;
const URL_MAX_LENGTH = 2000;
/** Errors are told whole, whatever the visitor has. */
const UNCONDITIONAL = { method: 'GET', client: new Headers() };

type Stored = Extract<Outcome, { entry: unknown }>;
type Facts = Record<string, string>;

export const getStructuredData =
  (deps: Deps): Route =>
  async (context) => {
    const product = parameter(context, 'productId');
    if (!isProductId(product)) return problem('not-found');
    const facts = readFacts(searchOf(context));
    if (!facts.ok) {
      const { parameter, detail } = facts;
      return problem('invalid-parameter', { parameter, detail });
    }
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

    const page = parseJson(reviews.entry.body) as ReviewPage;
    const own = { productID: product, ...facts.value };
    // Safe inside a script element too, which is where it goes.
    const text = toScriptLiteral(deps.toStructuredData(own, page));
    const etag = entityTag(text);
    const handling = reviews.handling.hit ? settings.handling : reviews.handling;
    const headers = {
      ...SAFE_FIELDS,
      etag,
      'cache-control': reviews.entry.outgoing['cache-control'] ?? 'no-store',
      'cache-status': ownStatus(handling),
      'content-type': JSON_LD,
      ...timingFields(deps, handling, startedAt),
      ...composedFields(deps.platform, [reviews.entry, settings.entry]),
    };
    return isNotModified(client, { etag }, deps.now())
      ? new Response(null, { status: 304, headers })
      : new Response(text, { headers });
  };

const isGood = (outcome: Outcome): outcome is Stored =>
  'entry' in outcome && outcome.entry.status === 200;

/** What the shop says of the product itself; reviews know only its id. */
function readFacts(search: URLSearchParams): Parsed<Facts> {
  const [name, url] = [search.get('name'), search.get('url')];
  if (name !== null && (name.trim() === '' || name.length > NAME_MAX_LENGTH)) {
    const detail = `"name" must have 1 to ${NAME_MAX_LENGTH} characters.`;
    return { ok: false, parameter: 'name', detail };
  }
  if (url !== null && !isWebAddress(url)) {
    return { ok: false, parameter: 'url', detail: '"url" must be an http or https address.' };
  }
  return { ok: true, value: { ...(name && { name }), ...(url && { '@id': url, url }) } };
}

const isWebAddress = (url: string): boolean =>
  url.length <= URL_MAX_LENGTH && /^https?:\/\//i.test(url) && URL.canParse(url);
