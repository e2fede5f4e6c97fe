import { shopTag } from '@plaudit/contract';
import { asSystem } from '../../db/row-security.ts';
import { shops } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import { enqueuePurge } from '../outbox/enqueue-purge.ts';

/** Has every cache forget everything: after a restore, what it holds may never have happened. */
export async function purgeAllShops({ db, now, onOutbox }: Context): Promise<void> {
  await asSystem(db, async (tx) => {
    const all = await tx.select({ shopId: shops.id, appKey: shops.appKey }).from(shops);
    for (const { shopId, appKey } of all) {
      await enqueuePurge(tx, { shopId, tags: [shopTag(appKey)], mode: 'hard' }, now());
    }
  });
  onOutbox();
}
