/**
 * `GET /v1/shops/{appKey}/ratings?ids=`: a listing page may ask for any set of products, so no cache
 * could hold the answers. It is put together from the shop's few rating shards, each of them cached
 * and purged by itself.
 */
import { parseRatingIds, ratingShardOf, ratingShardPath, type Ratings } from '@plaudit/contract';
import { deliver, type Outcome } from '../cache/index.ts';
import { problem, SAFE_FIELDS, ownStatus } from '../storefront/answers.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { composedFields } from '../storefront/platform.ts';
import { toShard, type Shard } from '../storefront/rating-shard.ts';
import { storefrontRead } from '../storefront/read.ts';
import { isNotModified } from '../cache/conditional.ts';
import { lifetimeOf, parameter, searchOf, type Deps, type Route } from './context.ts';

/** Errors are told whole, whatever the visitor has. */
const UNCONDITIONAL = { method: 'GET', client: new Headers() };

type Stored = Extract<Outcome, { entry: unknown }>;

export const getRatings =
  (deps: Deps): Route =>
  async (context) => {
    const ids = parseRatingIds(searchOf(context));
    if (!ids.ok) {
      const { parameter, detail } = ids;
      return problem('invalid-parameter', { parameter, detail });
    }
    const appKey = parameter(context, 'appKey');
    const client = context.req.raw.headers;
    const numbers = [...new Set(ids.value.map(ratingShardOf))];
    const outcomes = await Promise.all(
      numbers.map((shard) =>
        deps.shardCache.resolve(
          storefrontRead(ratingShardPath(appKey, shard)),
          lifetimeOf(context),
        ),
      ),
    );
    const unusable = outcomes.find((outcome) => !isUsable(outcome));
    if (unusable) return deliver(deps.cache, unusable, UNCONDITIONAL, failureAnswer);
    return compose(deps, ids.value, numbers, outcomes.filter(isUsable), client);
  };

const isUsable = (outcome: Outcome): outcome is Stored =>
  'entry' in outcome && outcome.entry.status === 200;

async function compose(
  deps: Deps,
  ids: readonly string[],
  numbers: readonly number[],
  outcomes: readonly Stored[],
  client: Headers,
): Promise<Response> {
  const shards = new Map<number, Shard>();
  try {
    for (const [index, { entry }] of outcomes.entries()) {
      shards.set(numbers[index] ?? 0, toShard(entry.body));
    }
  } catch (cause) {
    return failureAnswer(cause);
  }
  const body = JSON.stringify({ ratings: pick(ids, shards) } satisfies Ratings);
  const etag = await entityTag(body);
  const headers = {
    ...SAFE_FIELDS,
    etag,
    'cache-control': outcomes[0]?.entry.outgoing['cache-control'] ?? 'no-store',
    'cache-status': ownStatus(summary(outcomes)),
    ...composedFields(outcomes.map(({ entry }) => entry)),
    'content-type': 'application/json; charset=utf-8',
  };
  if (isNotModified(client, { etag }, deps.now()))
    return new Response(null, { status: 304, headers });
  return new Response(body, { headers });
}

/** Unknown products are left out; the ids are sorted already, so equal questions get equal bytes. */
function pick(ids: readonly string[], shards: ReadonlyMap<number, Shard>): Shard {
  const entries = ids.flatMap((id) => {
    const shard = shards.get(ratingShardOf(id));
    const rating = shard && Object.hasOwn(shard, id) ? shard[id] : undefined;
    return rating ? [[id, rating] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** A hit when every shard was one; else how the first that was not came to be. */
function summary(outcomes: readonly Stored[]): Outcome['handling'] {
  const asked = outcomes.find(({ handling }) => !handling.hit);
  const ttl = Math.min(...outcomes.map(({ handling }) => handling.ttl ?? 0));
  return asked ? asked.handling : { hit: true, ttl };
}

async function entityTag(body: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(body));
  const bytes = [...new Uint8Array(digest, 0, 12)];
  return `"${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
}
