import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entrySize } from './entry-size.ts';
import { MemoryStore } from './memory.ts';
import { entryOf, storeSuite } from './store-suite.ts';

describe('the memory store', () => {
  storeSuite(() => new MemoryStore(1_000_000));

  test('never takes more than its bound, and counts what it takes', () => {
    const operation = fc.record({
      key: fc.integer({ min: 0, max: 50 }).map(String),
      bytes: fc.integer({ min: 0, max: 20_000 }),
      variant: fc.constantFrom('1', '2', '3'),
      tag: fc.constantFrom('x', 'y'),
      act: fc.constantFrom('put', 'put', 'put', 'delete', 'purge'),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
        const store = new MemoryStore(100_000);
        for (const { key, bytes, variant, tag, act } of operations) {
          if (act === 'put') store.put(entryOf(key, { vary: { v: variant }, tags: [tag] }, bytes));
          if (act === 'delete') store.delete(key);
          if (act === 'purge')
            store.purge({ selection: { tags: new Set([tag]) }, mode: 'hard', atMs: 0 });
          expect(store.bytes).toBeLessThanOrEqual(100_000);
        }
        const kept = Array.from({ length: 51 }, (_, key) => store.get(String(key))).flat();
        expect(store.bytes).toBe(kept.reduce((sum, entry) => sum + entrySize(entry), 0));
        store.purge({ selection: { all: true }, mode: 'hard', atMs: 0 });
        expect([store.bytes, store.size]).toEqual([0, 0]);
      }),
    );
  });

  test('keeps what is read while a crawler reads everything once', () => {
    const store = new MemoryStore(100 * entrySize(entryOf('/page/0000')));
    const popular = Array.from({ length: 20 }, (_, page) => `/popular/${page}`);
    for (const key of popular) store.put(entryOf(key));
    for (let page = 0; page < 5_000; page++) {
      store.put(entryOf(`/page/${page}`));
      if (page % 10 === 0) for (const key of popular) store.get(key);
    }
    expect(popular.filter((key) => store.get(key).length > 0)).toHaveLength(20);
  });

  test('does not let one key take everything', () => {
    const store = new MemoryStore(100_000);
    store.put(entryOf('/a'));
    store.put(entryOf('/huge', {}, 50_000));
    expect(store.get('/huge')).toEqual([]);
    expect(store.get('/a')).toHaveLength(1);
  });

  test('drops the oldest of very many variants', () => {
    const store = new MemoryStore(10_000_000);
    for (let variant = 0; variant < 100; variant++) {
      store.put(entryOf('/a', { vary: { x: String(variant) } }));
    }
    const kept = store.get('/a');
    expect(kept).toHaveLength(16);
    expect(kept[0]?.vary['x']).toBe('99');
  });
});
