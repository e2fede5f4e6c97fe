/** Keeps answers in this process, for an origin that is the only one on its database. */
import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { CacheStore, Marked } from './cache-store.ts';

const LIMIT_BYTES = 64 * 1024 * 1024;
const BYTES_PER_UNIT = 2;
/** More tags than this are forgotten, the ones purged longest ago first. */
const TAGS_MAX = 200_000;

export function createMemoryStore(limitBytes = LIMIT_BYTES): CacheStore {
  const answers = new LRUCache<string, Marked>({
    maxSize: limitBytes,
    sizeCalculation: ({ text, marks }, key) =>
      BYTES_PER_UNIT * (text.length + marks.length + key.length) || 1,
  });
  const marks = new LRUCache<string, string>({
    max: TAGS_MAX,
    // An answer made before would pass for new once the mark is gone.
    dispose: (_mark, _tag, reason) => reason === 'evict' && answers.clear(),
  });
  const marksOf = (tags: readonly string[]): string =>
    tags.map((tag) => marks.get(tag) ?? '').join();

  return {
    read: (key, tags) => Promise.resolve({ answer: answers.get(key), marks: marksOf(tags) }),
    write(key, answer) {
      answers.set(key, answer);
      return Promise.resolve();
    },
    remark(tags) {
      for (const tag of tags) marks.set(tag, randomUUID());
      return Promise.resolve();
    },
  };
}
