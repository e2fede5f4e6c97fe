/**
 * The API's cache: spares the database what was asked a moment ago. It may be slow, full, empty or
 * gone, and then answers only take longer.
 */
import type { CacheStore } from './cache-store.ts';

export interface AnswerCache {
  /**
   * The answer kept under a key, or the one that `make` makes: once for all who ask meanwhile.
   * @throws what `make` throws
   */
  read(key: string, tags: readonly string[], make: () => Promise<string>): Promise<string>;
  /**
   * Forgets what was made of these.
   * @throws when the store cannot be told: what it holds may be out of date
   */
  forget(tags: readonly string[]): Promise<void>;
}

/** Caches nothing. */
export const noCache: AnswerCache = {
  read: (_key, _tags, make) => make(),
  forget: () => Promise.resolve(),
};

export function createAnswerCache(store: CacheStore): AnswerCache {
  const underWay = new Map<string, Promise<string>>();

  async function read(
    key: string,
    tags: readonly string[],
    make: () => Promise<string>,
  ): Promise<string> {
    let kept;
    try {
      kept = await store.read(key, tags);
    } catch {
      // Nobody may join without knowing the marks: what is under way may be older than a purge.
      return make();
    }
    const { answer, marks } = kept;
    if (answer?.marks === marks) return answer.text;
    const flight = `${key}\n${marks}`;
    const joined = underWay.get(flight);
    if (joined) return joined;
    const made = make();
    underWay.set(flight, made);
    try {
      const text = await made;
      void store.write(key, { marks, text });
      return text;
    } finally {
      underWay.delete(flight);
    }
  }

  return { read, forget: (tags) => store.remark(tags) };
}
