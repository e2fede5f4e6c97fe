import { PURGE_TAGS_MAX } from '@plaudit/contract';
import type { Database } from '../../db/database.ts';
import { outbox } from '../../db/schema.ts';

/** What has gone out of date, by cache tag. */
export interface Purge {
  shopId: number;
  tags: readonly string[];
  mode: 'soft' | 'hard';
}

/**
 * Writes down, in the transaction of the change itself, which cached answers it makes wrong: either
 * both are committed or neither is.
 */
export async function enqueuePurge(
  tx: Database,
  { shopId, tags, mode }: Purge,
  now: Date,
): Promise<void> {
  const distinct = [...new Set(tags)];
  for (let start = 0; start < distinct.length; start += PURGE_TAGS_MAX) {
    await tx.insert(outbox).values({
      shopId,
      kind: 'purge',
      payload: { tags: distinct.slice(start, start + PURGE_TAGS_MAX), mode },
      createdAt: now,
      nextAttemptAt: now,
    });
  }
}
