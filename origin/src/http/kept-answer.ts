import type { Context } from 'hono';
import type { AnswerCache } from '../cache/answer-cache.ts';
import { inSpan } from '../span.ts';
import { cacheableJson, type Cacheable } from './cacheable-json.ts';

/** What a read answers, and under which name and for how long it is kept. */
export interface Read extends Omit<Cacheable, 'json'> {
  key: string;
  make: () => Promise<unknown>;
}

/** Answers reads from the cache of answers, and makes those it does not hold. */
export const keptAnswer =
  (answers: AnswerCache) =>
  async (context: Context, { key, tags, policy, make }: Read): Promise<Response> => {
    const json = await inSpan('read answer', (span) => {
      span?.setAttribute('plaudit.cache.hit', true);
      return answers.read(key, tags, async () => {
        span?.setAttribute('plaudit.cache.hit', false);
        return JSON.stringify(await make());
      });
    });
    return cacheableJson(context, { json, policy, tags });
  };
