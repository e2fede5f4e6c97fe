/** What every store does: one suite, run on each of them. */
import { beforeEach, expect, test } from 'vitest';
import type { Entry, Purge, Selection, Store } from './store.ts';

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
    askedAt: 0,
    cachedAt: 0,
    staleAt: 0,
    deleteAt: Date.UTC(2100, 0, 1),
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
  const hard = (selection: Selection): Purge => ({ selection, mode: 'hard', atMs: 500 });
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

  test('purges hard what carries one of the tags', async () => {
    await store.put(entryOf('/a', { tags: ['x', 'y'] }));
    await store.put(entryOf('/b', { tags: ['y'] }));
    await store.put(entryOf('/c', { tags: ['z'] }));
    await store.purge(hard(tags('x', 'y')));
    expect(await Promise.all(['/a', '/b', '/c'].map(statuses))).toEqual([[], [], [200]]);
  });

  test('purges softly: the entry stays, stale from that moment and marked', async () => {
    await store.put(entryOf('/a', { tags: ['x'], staleAt: 900 }));
    await store.put(entryOf('/b', { tags: ['x'], staleAt: 100 }));
    await store.purge({ selection: tags('x'), mode: 'soft', atMs: 500 });
    expect((await store.get('/a'))[0]).toMatchObject({ staleAt: 500, purged: true });
    expect((await store.get('/b'))[0]).toMatchObject({ staleAt: 100, purged: true });
  });

  test('purges by the beginning of the key, by key, or everything', async () => {
    for (const key of ['/a/1', '/a/2', '/b', '/c']) await store.put(entryOf(key));
    await store.purge(hard({ prefix: '/a/' }));
    await store.purge(hard({ keys: new Set(['/b']) }));
    const keys = ['/a/1', '/a/2', '/b', '/c'];
    expect(await Promise.all(keys.map(statuses))).toEqual([[], [], [], [200]]);
    await store.purge(hard({ all: true }));
    expect(await statuses('/c')).toEqual([]);
  });

  test('leaves alone what was asked for after a purge', async () => {
    await store.put(entryOf('/a', { tags: ['x'], askedAt: 100 }));
    await store.purge({ selection: tags('x'), mode: 'hard', atMs: 100 });
    await store.put(entryOf('/a', { tags: ['x'], askedAt: 101 }));
    expect(await statuses('/a')).toEqual([200]);
  });

  test('goes by the tags of the answer it holds now', async () => {
    await store.put(entryOf('/a', { tags: ['old'] }));
    await store.put(entryOf('/a', { tags: ['new'] }));
    await store.purge(hard(tags('old')));
    expect(await statuses('/a')).toEqual([200]);
    await store.purge(hard(tags('new')));
    expect(await statuses('/a')).toEqual([]);
  });
}
