import { afterEach, expect, test } from 'vitest';
import { noCache } from './answer-cache.ts';
import { createForgetter, type Forgetter } from './forget-surely.ts';

let forgetter: Forgetter | undefined;
afterEach(() => forgetter?.stop());

/** A cache that can be told nothing for a while. */
function deafCache() {
  const forgotten: string[][] = [];
  const cache = {
    isDeaf: false,
    read: (key: string, tags: readonly string[], make: () => Promise<string>) =>
      noCache.read(key, tags, make),
    forget(tags: readonly string[]): Promise<void> {
      if (cache.isDeaf) return Promise.reject(new Error('no Redis'));
      forgotten.push([...tags]);
      return Promise.resolve();
    },
  };
  return { cache, forgotten };
}

test('what can be told is told at once, and nobody is told again', async () => {
  const { cache, forgotten } = deafCache();
  const late: string[][] = [];
  forgetter = createForgetter({ cache, onLate: async (tags) => late.push(tags), retryMs: 1 });
  await forgetter.forget(['a', 'b']);
  expect(forgotten).toEqual([['a', 'b']]);
  expect(late).toEqual([]);
});

test('what cannot be told now is told later, together, and those who purged hear of it', async () => {
  const { cache, forgotten } = deafCache();
  const late: string[][] = [];
  forgetter = createForgetter({ cache, onLate: async (tags) => late.push(tags), retryMs: 1 });
  cache.isDeaf = true;
  await forgetter.forget(['a']);
  await forgetter.forget(['b', 'a']);
  expect(forgotten).toEqual([]);
  cache.isDeaf = false;
  await expect.poll(() => late).toEqual([['a', 'b']]);
  expect(forgotten).toEqual([['a', 'b']]);
});

test('those who cannot be told in turn are told once they can', async () => {
  const { cache } = deafCache();
  let attempts = 0;
  const onLate = () => (++attempts < 3 ? Promise.reject(new Error('no edge')) : Promise.resolve());
  forgetter = createForgetter({ cache, onLate, retryMs: 1 });
  cache.isDeaf = true;
  await forgetter.forget(['a']);
  cache.isDeaf = false;
  await expect.poll(() => attempts).toBe(3);
});
