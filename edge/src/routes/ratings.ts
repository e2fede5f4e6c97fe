/**
 * `GET /v1/shops/{appKey}/ratings?ids=`: a listing page may ask for any set of products, so no cache
 * could hold the answers. It is put together from the shop's few rating shards, each of them cached
 * and purged by itself.
 */
import {
  parseRatingIds,
  RATING_SHARD_COUNT,
  ratingShardOf,
  ratingShardPath,
} from '@plaudit/contract';
import type { Context } from 'hono';
import { deliver, type CacheRequest, type Outcome } from '../cache/index.ts';
import { isNotModified } from '../cache/conditional.ts';
import { problem, SAFE_FIELDS, ownStatus } from '../storefront/answers.ts';
import { entityTag } from '../storefront/entity-tag.ts';
import { failureAnswer } from '../storefront/failure.ts';
import { Memo } from '../storefront/memo.ts';
import { composedFields } from '../storefront/platform.ts';
import type { Shard } from '../storefront/rating-shard.ts';
import { storefrontRead } from '../storefront/read.ts';
import { Seen } from '../storefront/seen.ts';
import { timed, timingFields } from '../storefront/server-timing.ts';
import { lifetimeOf, parameter, searchOf, type Deps, type Route } from './context.ts';

const SHARDS = Array.from({ length: RATING_SHARD_COUNT }, (_, shard) => shard);
const NOBODY = new Headers();
/** Errors are told whole, whatever the visitor has. */
const UNCONDITIONAL = { method: 'GET', client: NOBODY };
/**
 * From so many products on it is a listing, which does not wait for a star that was given a moment
 * ago, as a product's own page does.
 */
const LISTING_MIN = 12;
/** Some 8 MB, with the answers, at the most. */
const KNOWN_MAX = 1500;
/** Listing pages are popular or found by chance; what is asked for once is not worth keeping. */
const SEEN_MAX = 16_384;
/** Some 2 MB. */
const SHOPS_MAX = 500;
const APP_KEY_LENGTH_MAX = 64;
const KNOWN_LENGTH_MAX = 1024;

/** What a listing page asks for: its products in order, and in which of the shards each one is. */
interface Question {
  readonly ids: readonly string[];
  /** Where each product's shard stands in `reads`. */
  readonly places: readonly number[];
  readonly reads: readonly CacheRequest[];
  /** The last answer, and what it was put together from. */
  composed?: Composed;
}

interface Composed {
  readonly versions: readonly number[];
  readonly text: string;
  readonly etag: string;
}

type Stored = Extract<Outcome, { entry: unknown }>;

export function getRatings(deps: Deps): Route {
  const known = new Memo<Question>(KNOWN_MAX, KNOWN_LENGTH_MAX);
  const seen = new Seen(SEEN_MAX);
  // Made once, because a key is hashed once per string.
  const reads = new Memo<readonly CacheRequest[]>(SHOPS_MAX, APP_KEY_LENGTH_MAX);

  function readsOf(appKey: string): readonly CacheRequest[] {
    const made = reads.get(appKey) ?? SHARDS.map((shard) => toRead(appKey, shard));
    reads.set(appKey, made);
    return made;
  }

  return (context) => {
    const { url, headers: client } = context.req.raw;
    let question = known.get(url);
    if (question === undefined) {
      const asked = toQuestion(context, readsOf);
      if (asked instanceof Response) return asked;
      question = asked;
      if (seen.again(url)) known.set(url, question);
    }
    const startedAt = deps.now();
    const lifetime = lifetimeOf(context);
    const takesPurged = question.ids.length >= LISTING_MIN;
    const outcomes = question.reads.map((read) =>
      deps.shardCache.resolve({ ...read, client, takesPurged }, lifetime),
    );
    const asked = { question, client, startedAt };
    return outcomes.some((outcome) => outcome instanceof Promise)
      ? Promise.all(outcomes.map(async (outcome) => outcome)).then((resolved) =>
          answer(deps, asked, resolved),
        )
      : answer(deps, asked, outcomes as Outcome[]);
  };
}

const toRead = (appKey: string, shard: number): CacheRequest =>
  storefrontRead(ratingShardPath(appKey, shard), 'identity', NOBODY);

function toQuestion(
  context: Context,
  readsOf: (appKey: string) => readonly CacheRequest[],
): Question | Response {
  const ids = parseRatingIds(searchOf(context));
  if (!ids.ok) {
    const { parameter, detail } = ids;
    return problem('invalid-parameter', { parameter, detail });
  }
  const all = readsOf(parameter(context, 'appKey'));
  const numbers = ids.value.map(ratingShardOf);
  const shards = [...new Set(numbers)];
  const places = numbers.map((number) => shards.indexOf(number));
  return { ids: ids.value, places, reads: shards.flatMap((shard) => all[shard] ?? []) };
}

interface Asked {
  readonly question: Question;
  readonly client: Headers;
  readonly startedAt: number;
}

function answer(deps: Deps, asked: Asked, outcomes: readonly Outcome[]): Response {
  const usable = outcomes.filter(isUsable);
  if (usable.length === outcomes.length) return compose(deps, asked, usable);
  const unusable = outcomes.find((outcome) => !isUsable(outcome)) ?? { failure: 0, handling: {} };
  const response = deliver(deps.cache, unusable, UNCONDITIONAL, failureAnswer);
  return timed(deps, response, unusable.handling, asked.startedAt);
}

const isUsable = (outcome: Outcome): outcome is Stored =>
  'entry' in outcome && outcome.entry.status === 200;

function compose(
  deps: Deps,
  { question, client, startedAt }: Asked,
  outcomes: readonly Stored[],
): Response {
  let composed: Composed;
  try {
    composed = composeText(deps, question, outcomes);
  } catch (cause) {
    return failureAnswer(cause);
  }
  const { text, etag } = composed;
  const handling = summary(outcomes);
  const headers = {
    ...SAFE_FIELDS,
    etag,
    'cache-control': outcomes[0]?.entry.outgoing['cache-control'] ?? 'no-store',
    'cache-status': ownStatus(handling),
    ...timingFields(deps, handling, startedAt),
    ...composedFields(
      deps.platform,
      outcomes.map(({ entry }) => entry),
    ),
    'content-type': 'application/json; charset=utf-8',
  };
  if (isNotModified(client, { etag }, deps.now()))
    return new Response(null, { status: 304, headers });
  return new Response(text, { headers });
}

/**
 * The answer's text; the same as before while every shard is.
 * @throws {SyntaxError} where a stored answer is no rating shard.
 */
function composeText(deps: Deps, question: Question, outcomes: readonly Stored[]): Composed {
  const { composed } = question;
  const shards = outcomes.map(({ entry }) => deps.parsedShards.read(entry.key, entry.body));
  if (composed?.versions.every((version, place) => version === shards[place]?.version)) {
    return composed;
  }
  const text = `{"ratings":{${members(question, shards)}}}`;
  const versions = shards.map(({ version }) => version);
  question.composed = { versions, text, etag: entityTag(text) };
  return question.composed;
}

/** Unknown products are left out; the ids are sorted already, so equal questions get equal bytes. */
function members({ ids, places }: Question, shards: readonly Shard[]): string {
  let text = '';
  for (let index = 0; index < ids.length; index++) {
    const member = shards[places[index] ?? 0]?.members.get(ids[index] ?? '');
    if (member !== undefined) text += text === '' ? member : `,${member}`;
  }
  return text;
}

/** A hit when every shard was one; else how the first that was not came to be. */
function summary(outcomes: readonly Stored[]): Outcome['handling'] {
  let ttl = Number.POSITIVE_INFINITY;
  for (const { handling } of outcomes) {
    if (!handling.hit) return handling;
    ttl = Math.min(ttl, handling.ttl ?? 0);
  }
  return { hit: true, ttl };
}
