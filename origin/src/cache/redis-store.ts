/**
 * Keeps answers in Redis, for all processes of the origin. The client's own defaults queue commands
 * and wait for ever, so everything here has a time limit, and after a failure Redis is left alone
 * for a moment: a frozen one costs a few requests a fraction of a second, not every request.
 */
import { randomUUID } from 'node:crypto';
import { createClient } from '@redis/client';
import type { CacheStore, Kept, Marked } from './cache-store.ts';

/** How long a command may take, in milliseconds. */
const COMMAND_LIMIT_MS = 100;
const CONNECT_LIMIT_MS = 300;
/** How long Redis is left alone after a failure, in milliseconds. */
const REST_MS = 1_000;
const RECONNECT_MAX_MS = 1_000;
/** An answer's life, in seconds: what goes wrong with purges is right again after it. */
const ANSWER_SECONDS = 60;
/** Marks outlive every answer made under them. */
const MARK_SECONDS = 3 * ANSWER_SECONDS;
/** Larger answers are not kept, in UTF-16 units. */
const TEXT_MAX = 1_000_000;

export interface RedisStore extends CacheStore {
  /** Settles when the first attempt to connect has ended, one way or the other. */
  readonly ready: Promise<void>;
  close(): void;
}

export interface RedisOptions {
  readonly url: string;
  readonly now: () => number;
  /** Hears of failures, once each time Redis stops to answer. */
  readonly onFailure?: (error: unknown) => void;
  /** Before every key, so that several origins can share one Redis. */
  readonly prefix?: string;
}

/** Connects in the background; until it is connected, reading throws at once. */
export function openRedisStore({
  url,
  now,
  onFailure,
  prefix = 'plaudit:',
}: RedisOptions): RedisStore {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: CONNECT_LIMIT_MS,
      reconnectStrategy: (attempts) => Math.min(2 ** attempts * 20, RECONNECT_MAX_MS),
    },
  });
  let restUntil = 0;
  let hasFailed = false;

  function failed(error: unknown): void {
    restUntil = now() + REST_MS;
    if (!hasFailed) onFailure?.(error);
    hasFailed = true;
  }

  /** @throws when Redis does not answer in time, or has failed a moment ago */
  async function ask<T>(command: () => Promise<T>): Promise<T> {
    if (now() < restUntil) throw new Error('Redis has failed a moment ago');
    try {
      const answer = await limited(command());
      hasFailed = false;
      return answer;
    } catch (error) {
      failed(error);
      throw error;
    }
  }

  client.on('error', failed);
  const ready = client.connect().then(() => undefined, failed);

  return {
    ready,
    async read(key, tags): Promise<Kept> {
      const names = [`${prefix}answer:${key}`, ...tags.map((tag) => `${prefix}mark:${tag}`)];
      const [kept, ...marks] = await ask(() => client.mGet(names));
      return { answer: parse(kept ?? null), marks: marks.map((mark) => mark ?? '').join() };
    },
    async write(key, { marks, text }) {
      if (text.length > TEXT_MAX) return;
      const value = `${marks}\n${text}`;
      const expiration = { type: 'EX', value: ANSWER_SECONDS } as const;
      await ask(() => client.set(`${prefix}answer:${key}`, value, { expiration })).catch(() => {});
    },
    async remark(tags) {
      const mark = randomUUID();
      const expiration = { type: 'EX', value: MARK_SECONDS } as const;
      await ask(() =>
        Promise.all(tags.map((tag) => client.set(`${prefix}mark:${tag}`, mark, { expiration }))),
      );
    },
    close: () => client.destroy(),
  };
}

/** Marks hold no line break; the text is JSON and may be anything. */
function parse(value: string | null): Marked | undefined {
  const at = value?.indexOf('\n') ?? -1;
  if (value === null || at === -1) return undefined;
  return { marks: value.slice(0, at), text: value.slice(at + 1) };
}

async function limited<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Redis took too long')), COMMAND_LIMIT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
