/** Chooses where the API's answers are kept. */
import { createAnswerCache, noCache, type AnswerCache } from './answer-cache.ts';
import { createMemoryStore } from './memory-store.ts';
import { openRedisStore } from './redis-store.ts';

export interface OpenAnswerCache {
  readonly answers: AnswerCache;
  readonly kind: 'Redis' | 'memory' | 'none';
  close(): void;
}

export interface AnswerCacheOptions {
  readonly redisUrl?: string | undefined;
  /** Whether this process is the only one on its database: then its own memory will do. */
  readonly isAlone: boolean;
  readonly onFailure: (error: unknown) => void;
}

/** Redis where there is one; it is not waited for. */
export function openAnswerCache({
  redisUrl,
  isAlone,
  onFailure,
}: AnswerCacheOptions): OpenAnswerCache {
  if (redisUrl !== undefined) {
    const store = openRedisStore({ url: redisUrl, now: Date.now, onFailure });
    return { answers: createAnswerCache(store), kind: 'Redis', close: () => store.close() };
  }
  // What another process writes, this one would not forget.
  if (!isAlone) return { answers: noCache, kind: 'none', close: () => undefined };
  return {
    answers: createAnswerCache(createMemoryStore()),
    kind: 'memory',
    close: () => undefined,
  };
}
