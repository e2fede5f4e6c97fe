/** What every store does: one suite, run on each of them. */
import { beforeEach, expect, test } from 'vitest';
import type { Entry, Store } from './store.ts';

/** An entry of about `bytes` bytes. */
export function entryOf(key: string, more: Partial<Entry> = {}, bytes = 10): Entry {
  return {
    key,
    vary: {},
    status: 200,
    fields: {},
    cookies: [],
    outgoing: {},
    body: new ArrayBuffer(bytes),
    tags: [],
    cachedAt: 0,
    staleAt: 0,
    deleteAt: Number.MAX_SAFE_INTEGER,
    staleWhileRevalidateMs: 0,
    staleIfErrorMs: 0,
    staleAllowed: true,
    purged: false,
    ...more,
  };
}

export function storeSuite(make: () => Store): void {
  let store: Store;
  const tags = (...names: string[]) => ({ tags: new Set(names) });
  const statuses = async (key: string) => (await store.get(key)).map(({ status }) => status);

  beforeEach(() => {
    store = make();
  });

  test('gives back what was put', async () => {
    const body = await new Blob(['text']).arrayBuffer();
    await store.put(entryOf('/a', { body, fields: { etag: '"1"' }, tags: ['t'] }));
    const [entry] = await store.get('/a');
    expect(new TextDecoder().decode(entry?.body)).toBe('text');
    expect(entry).toMatchObject({ key: '/a', fields: { etag: '"1"' }, tags: ['t'] });
  });

  test('has nothing of a key that was never put', async () => {
    expect(await store.get('/a')).toEqual([]);
  });

  test('keeps variants side by side, the newest first, and replaces the same one', async () => {
    await store.put(entryOf('/a', { vary: { x: '1' }, status: 201 }));
    await store.put(entryOf('/a', { vary: { x: '2' }, status: 202 }));
    await store.put(entryOf('/a', { vary: { x: '1' }, status: 203 }));
    expect(await statuses('/a')).toEqual([203, 202]);
  });

  test('forgets all variants of a key', async () => {
    await store.put(entryOf('/a', { vary: { x: '1' } }));
    await store.put(entryOf('/a', { vary: { x: '2' } }));
    await store.put(entryOf('/b'));
    await store.delete('/a');
    expect(await statuses('/a')).toEqual([]);
    expect(await statuses('/b')).toEqual([200]);
  });

  test('changes what carries one of the tags', async () => {
    await store.put(entryOf('/a', { tags: ['x', 'y'] }));
    await store.put(entryOf('/b', { tags: ['y'] }));
    await store.put(entryOf('/c', { tags: ['z'] }));
    const count = await store.update(tags('x', 'y'), (entry) => ({ ...entry, status: 299 }));
    expect(count).toBe(2);
    expect([await statuses('/a'), await statuses('/b'), await statuses('/c')]).toEqual([
      [299],
      [299],
      [200],
    ]);
  });

  test('forgets what a change makes nothing of', async () => {
    await store.put(entryOf('/a', { tags: ['x'] }));
    await store.update(tags('x'), () => undefined);
    expect(await statuses('/a')).toEqual([]);
    expect(await store.update(tags('x'), () => undefined)).toBe(0);
  });

  test('selects by the beginning of the key, or everything', async () => {
    await store.put(entryOf('/a/1'));
    await store.put(entryOf('/a/2'));
    await store.put(entryOf('/b'));
    expect(await store.update({ prefix: '/a/' }, () => undefined)).toBe(2);
    expect(await statuses('/b')).toEqual([200]);
    expect(await store.update({ all: true }, () => undefined)).toBe(1);
    expect(await statuses('/b')).toEqual([]);
  });

  test('goes by the tags of the answer it holds now', async () => {
    await store.put(entryOf('/a', { tags: ['old'] }));
    await store.put(entryOf('/a', { tags: ['new'] }));
    expect(await store.update(tags('old'), () => undefined)).toBe(0);
    expect(await store.update(tags('new'), () => undefined)).toBe(1);
  });
}
