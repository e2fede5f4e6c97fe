import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { cacheApiBlobs, kvBlobs, type Blobs } from './blobs.ts';
import { MemoryStore } from './memory.ts';
import { PersistentStore } from './persistent.ts';
import { entryOf, storeSuite } from './store-suite.ts';
import { TieredStore } from './tiered.ts';

let round = 0;
/** Both keep what they have for the whole run, so every test has names of its own. */
function fresh(blobs: Blobs): Blobs {
  const prefix = `${++round} `;
  return {
    get: (name) => blobs.get(prefix + name),
    put: (name, bytes, keepSeconds) => blobs.put(prefix + name, bytes, keepSeconds),
    delete: (name) => blobs.delete(prefix + name),
  };
}

const kv = kvBlobs(env.ANSWERS);
const cacheApi = cacheApiBlobs(await caches.open('answers'));

describe('the store in Workers KV', () => {
  storeSuite(() => new PersistentStore(fresh(kv)));

  test('takes keys of any length and with any letters', async () => {
    const store = new PersistentStore(fresh(kv));
    for (const key of ['/ä?q=✓', `/${'long'.repeat(500)}`]) {
      await store.put(entryOf(key));
      expect(await store.get(key)).toHaveLength(1);
    }
  });
});

describe('the store in the Cache API', () => {
  storeSuite(() => new PersistentStore(fresh(cacheApi)));
});

describe('memory before Workers KV', () => {
  storeSuite(() => new TieredStore(new MemoryStore(1_000_000), new PersistentStore(fresh(kv))));

  let blobs: Blobs;
  const restart = () => new TieredStore(new MemoryStore(1_000_000), new PersistentStore(blobs));

  beforeEach(() => {
    blobs = fresh(kv);
  });

  test('has after a restart what it had before, variants and order too', async () => {
    const before = restart();
    await before.put(entryOf('/a', { vary: { x: '1' }, status: 201 }));
    await before.put(entryOf('/a', { vary: { x: '2' }, status: 202 }));
    const after = restart();
    expect((await after.get('/a')).map(({ status }) => status)).toEqual([202, 201]);
    expect(after.get('/a')).not.toBeInstanceOf(Promise);
  });

  test('has nothing after a restart that was purged hard, though nobody could list it', async () => {
    await restart().put(entryOf('/a', { tags: ['person:1'] }));
    await restart().purge({ selection: { tags: new Set(['person:1']) }, mode: 'hard', atMs: 1 });
    expect(await restart().get('/a')).toEqual([]);
  });

  test('goes on when what is behind it fails', async () => {
    const broken = () => Promise.reject(new Error('out of order'));
    const back = new PersistentStore({ get: broken, put: broken, delete: broken });
    const store = new TieredStore(new MemoryStore(1_000_000), back);
    await store.put(entryOf('/a'));
    expect(await store.get('/a')).toHaveLength(1);
    expect(await store.get('/b')).toEqual([]);
  });

  test('says so when a purge did not reach what is behind it', async () => {
    const broken = () => Promise.reject(new Error('out of order'));
    const back = new PersistentStore({ get: broken, put: broken, delete: broken });
    const store = new TieredStore(new MemoryStore(1_000_000), back);
    const purge = store.purge({ selection: { all: true }, mode: 'hard', atMs: 1 });
    await expect(purge).rejects.toThrow('out of order');
  });
});

test('what was written by another version, or is damaged, is nothing', async () => {
  const blobs = fresh(kv);
  const store = new PersistentStore(blobs);
  for (const bytes of ['', 'abc', '\0\0\0\x02{}rest', '\x7f\0\0\0']) {
    await blobs.put('entry /a', await new Blob([bytes]).arrayBuffer(), 60);
    expect(await store.get('/a')).toEqual([]);
  }
});
