/** How many requests the memory store answers on a storefront's trace, against plain LRU. */
import { ratingShardOf } from '../../contract/src/index.ts';
import { entrySize } from '../../edge/src/store/entry-size.ts';
import { MemoryStore } from '../../edge/src/store/memory.ts';
import type { Entry } from '../../edge/src/store/store.ts';
import { LruStore } from './lru-store.ts';
import { mulberry32 } from '../measure/chance.ts';
import { makeTrace, type Event } from './trace.ts';

const SEED = 20_260_101;
const EVENTS = 600_000;
/** The first part fills the memory and is not counted. */
const WARM_UP = EVENTS / 3;
const SHARES = [0.01, 0.1, 1];

interface KeyValueStore {
  get(key: string): readonly Entry[];
  put(entry: Entry): void;
}

interface Ratio {
  readonly hits: number;
  readonly batches: number;
}

export function measureHitRatio(): Promise<void> {
  const bytes = workingSetBytes();
  console.log(
    `\nHit ratio, ${EVENTS} events after a third of warm-up, working set ${mb(bytes)} MB`,
  );
  console.log('  memory      requests answered from it    listing batches wholly from it');
  for (const share of SHARES) {
    const ours = replay(new MemoryStore(bytes * share));
    const lru = replay(new LruStore(bytes * share));
    const cell = (a: number, b: number): string => `${percent(a)} (LRU ${percent(b)})`.padEnd(28);
    const label = `${share * 100} %`.padEnd(11);
    console.log(
      `  ${label} ${cell(ours.hits, lru.hits)} ${cell(ours.batches, lru.batches)}`.trimEnd(),
    );
  }
  return Promise.resolve();
}

function replay(store: KeyValueStore): Ratio {
  const counts = { asked: 0, hits: 0, listings: 0, whole: 0 };
  let number = 0;
  for (const event of makeTrace(SEED)) {
    if (number++ === EVENTS) break;
    const isCounted = number > WARM_UP;
    const keys = keysOf(event);
    const hits = keys.filter((key) => isHit(store, key)).length;
    if (!isCounted || keys.length === 0) continue;
    counts.asked += keys.length;
    counts.hits += hits;
    if (event.kind === 'listing') {
      counts.listings++;
      if (hits === keys.length) counts.whole++;
    }
  }
  return { hits: counts.hits / counts.asked, batches: counts.whole / counts.listings };
}

/** Looks a key up as the cache does; what is not there is fetched and stored. */
function isHit(store: KeyValueStore, key: string): boolean {
  if (store.get(key).length > 0) return true;
  store.put(entryOf(key));
  return false;
}

/** Publishing is a soft purge: the copy stays and is answered with while a new one is fetched. */
function keysOf(event: Event): string[] {
  if (event.kind === 'publish') return [];
  const { shop } = event;
  if (event.kind === 'reviews')
    return [`/${shop}/products/${event.product}/reviews${event.search}`];
  const shards = new Set(event.products.map(ratingShardOf));
  return [...shards].map((shard) => `/${shop}/rating-shards/${shard}`);
}

function workingSetBytes(): number {
  const seen = new Set<string>();
  let number = 0;
  for (const event of makeTrace(SEED)) {
    if (number++ === EVENTS) break;
    for (const key of keysOf(event)) seen.add(key);
  }
  return [...seen].reduce((sum, key) => sum + entrySize(entryOf(key)), 0);
}

/** Sizes as of the real thing: from an empty answer to a page of long reviews, most of them small. */
const BODIES = makeBodies();

function makeBodies(): ArrayBuffer[] {
  const random = mulberry32(SEED);
  return Array.from({ length: 256 }, () => new ArrayBuffer(Math.round(200 + 8000 * random() ** 3)));
}

const FIELDS = {
  'cache-control': 'public, max-age=60, stale-while-revalidate=600',
  'cdn-cache-control': 'max-age=86400, stale-while-revalidate=604800, stale-if-error=604800',
  'content-encoding': 'br',
  'content-type': 'application/json; charset=utf-8',
  etag: '"0123456789abcdef"',
  vary: 'accept-encoding',
};

function entryOf(key: string): Entry {
  let hash = 0;
  for (let index = 0; index < key.length; index++) hash = (hash * 31 + key.charCodeAt(index)) | 0;
  return {
    key,
    vary: {},
    status: 200,
    fields: FIELDS,
    cookies: [],
    outgoing: FIELDS,
    body: BODIES[(hash >>> 0) % BODIES.length] ?? new ArrayBuffer(0),
    tags: [],
    askedAt: 0,
    cachedAt: 0,
    staleAt: Number.POSITIVE_INFINITY,
    deleteAt: Number.POSITIVE_INFINITY,
    staleWhileRevalidateMs: 0,
    staleIfErrorMs: 0,
    staleAllowed: true,
    purged: false,
  };
}

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;
const mb = (bytes: number): number => Math.round(bytes / 1e6);
