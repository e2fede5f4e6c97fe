/** What an entry really takes in memory, beside what the store believes that it takes. */
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MemoryStore } from '../../edge/src/store/memory.ts';
import type { Entry } from '../../edge/src/store/store.ts';

const ENTRIES = 20_000;
const SIZES_BYTES = [0, 1_000, 4_000, 20_000];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export async function measureMemory(): Promise<void> {
  console.log(
    `\nMemory per entry, of ${ENTRIES} (V8 with 64-bit pointers; workerd's are no larger)`,
  );
  for (const bytes of SIZES_BYTES) console.log(await measure(bytes));
}

/** By itself, so that nothing of it is still held when the next one begins. */
async function measure(bytes: number): Promise<string> {
  const before = await memoryInUse();
  const store = fill(bytes);
  const taken = ((await memoryInUse()) - before) / ENTRIES;
  const counted = store.bytes / store.size;
  const line = `  body of ${String(bytes).padStart(5)}: takes ${Math.round(taken)} bytes, counted as`;
  return `${line} ${Math.round(counted)} (${(counted / taken).toFixed(2)})`;
}

function fill(bytes: number): MemoryStore {
  const store = new MemoryStore(Number.MAX_SAFE_INTEGER);
  for (let number = 0; number < ENTRIES; number++) store.put(makeEntry(number, bytes));
  return store;
}

/** What a round before left behind is given back a little after its collection. */
async function memoryInUse(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    collectGarbage();
    await wait(100);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** As the engine makes them: every text of its own, as it comes from parsing an answer. */
function makeEntry(number: number, bytes: number): Entry {
  const own = (text: string): string => Buffer.from(`${text}${number}`).toString();
  const fields = {
    'cache-control': own('public, max-age=60, stale-while-revalidate='),
    'cdn-cache-control': own('max-age=86400, stale-while-revalidate=604800, stale-if-error='),
    'cache-tag': own(`shop:bench,product:bench:`),
    'content-encoding': own('br'),
    'content-type': own('application/json; charset=utf-8'),
    etag: own('"0123456789abcdef"'),
    vary: own('accept-encoding'),
  };
  return {
    key: own('/v1/shops/bench/products/reviews br '),
    vary: { 'accept-encoding': own('br') },
    status: 200,
    fields,
    cookies: [],
    outgoing: {
      ...fields,
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
    },
    body: new ArrayBuffer(bytes),
    tags: ['shop:bench', own('product:bench:')],
    askedAt: 1.5 + number,
    cachedAt: 2.5 + number,
    staleAt: 3.5 + number,
    deleteAt: 4.5 + number,
    staleWhileRevalidateMs: 600_000,
    staleIfErrorMs: 600_000,
    staleAllowed: true,
    purged: false,
  };
}
