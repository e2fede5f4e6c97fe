/**
 * Where Cloudflare's Workers Cache stands in front of the Worker (`ctx.cache` exists), it keeps the
 * answers: our engine stores nothing and tells it, in its own fields, what the origin told us.
 */
import type { PurgeRequest } from '@plaudit/contract';
import { listMembers } from '../cache/fields.ts';
import type { Entry } from '../store/store.ts';
import { publicFields } from './answers.ts';

/** Read by Cloudflare alone and taken off before the answer leaves it. */
const LIFETIME_FIELD = 'cloudflare-cdn-cache-control';

export interface Platform {
  /** Queues a purge; says by when it will have happened, in milliseconds since 1970. */
  enqueue(purge: PurgeRequest): Promise<number>;
  /** How many tags wait, and how long the oldest has. */
  queueState(): Promise<{ waiting: number; ageSeconds: number }>;
  /** Asks this Worker through the cache in front of it. */
  fetch(path: string): Promise<Response>;
}

type Fields = Readonly<Record<string, string>>;

/** What the visitor gets, and what the platform needs to keep it. */
export function platformFields(fields: Fields, isStorable: boolean): Record<string, string> {
  // What our engine would refuse, a cookie's answer above all, the platform must refuse too.
  if (!isStorable) return { ...publicFields(fields), [LIFETIME_FIELD]: 'no-store' };
  const lifetime = fields[LIFETIME_FIELD] ?? fields['cdn-cache-control'];
  const tags = fields['cache-tag'];
  return {
    ...publicFields(fields),
    ...(lifetime !== undefined && { [LIFETIME_FIELD]: lifetime }),
    ...(tags !== undefined && { 'cache-tag': tags }),
  };
}

/**
 * The platform's fields for an answer composed of others; none where our own engine keeps them. What
 * came through the platform's cache has lost its tags there: no purge would find what is made of it,
 * so that is not kept a second time.
 */
export function composedFields(
  platform: Platform | undefined,
  entries: readonly Entry[],
): Record<string, string> {
  if (!platform) return {};
  const lifetime = entries[0]?.outgoing[LIFETIME_FIELD];
  const tags = new Set(entries.flatMap(({ outgoing }) => listMembers(outgoing['cache-tag'])));
  if (lifetime === undefined || tags.size === 0) return { [LIFETIME_FIELD]: 'no-store' };
  return { [LIFETIME_FIELD]: lifetime, 'cache-tag': [...tags].join(',') };
}
