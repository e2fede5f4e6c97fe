import type { Context, Hono } from 'hono';
import { UnknownReviewError, UnknownShopError } from '../../domain/errors.ts';
import { cacheableJson, type Cacheable } from '../cacheable-json.ts';
import { cachingFields, NO_STORE } from '../caching-policy.ts';

/** What a read answers, how long it keeps, and what it was made of. */
export interface Answer extends Omit<Cacheable, 'json'> {
  body: unknown;
}

/** What a handler is told of a request: the parts of its path, and what stands behind them. */
export interface Asked {
  part: (name: string) => string;
  search: URLSearchParams;
}

/**
 * Adds a read. What is not there is told in the frame of v1, which clients look into before they
 * read on; other failures are the app's to answer.
 */
export function addRead(app: Hono, pattern: string, read: (asked: Asked) => Promise<Answer>): void {
  app.get(pattern, async (context) => {
    try {
      const { body, policy, tags } = await read(toAsked(context));
      return await cacheableJson(context, { json: JSON.stringify(body), policy, tags });
    } catch (error) {
      const isUnknown = error instanceof UnknownShopError || error instanceof UnknownReviewError;
      if (!isUnknown) throw error;
      return refuse(context, 404, 'Not Found', cachingFields('unknownShop'));
    }
  });
  // RFC 9110 §15.5.6: the answer names what is allowed instead.
  const allow = { ...NO_STORE, allow: 'GET, HEAD, OPTIONS' };
  app.all(pattern, (context) => refuse(context, 405, 'Method Not Allowed', allow));
}

const toAsked = (context: Context): Asked => ({
  part: (name) => context.req.param(name) ?? '',
  search: new URL(context.req.url).searchParams,
});

const refuse = (
  context: Context,
  code: 404 | 405,
  message: string,
  fields: Record<string, string>,
): Response => context.json({ status: { code, message } }, code, fields);
