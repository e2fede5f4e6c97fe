/**
 * Makes the API's cache forget, now or as soon as it can be told again. What it cannot be told now
 * holds nobody up: it may answer with what is out of date for as long as an answer lives, and who
 * purged is told to purge once more when that is over.
 */
import type { AnswerCache } from './answer-cache.ts';

const RETRY_MS = 1_000;

export interface Forgetter {
  /** Never rejects. */
  forget(tags: readonly string[]): Promise<void>;
  stop(): void;
}

export interface ForgetterOptions {
  readonly cache: AnswerCache;
  /** What was forgotten late: answers made of it meanwhile may have been passed on. */
  readonly onLate: (tags: string[]) => Promise<unknown>;
  readonly retryMs?: number;
}

export function createForgetter({
  cache,
  onLate,
  retryMs = RETRY_MS,
}: ForgetterOptions): Forgetter {
  const pending = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function retry(): Promise<void> {
    const tags = [...pending];
    try {
      await cache.forget(tags);
      for (const tag of tags) pending.delete(tag);
      await onLate(tags);
    } catch {
      for (const tag of tags) pending.add(tag);
    }
    timer = undefined;
    if (pending.size > 0) later();
  }

  function later(): void {
    if (!isStopped) timer ??= setTimeout(() => void retry(), retryMs).unref();
  }

  return {
    async forget(tags) {
      try {
        await cache.forget(tags);
      } catch {
        for (const tag of tags) pending.add(tag);
        later();
      }
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
