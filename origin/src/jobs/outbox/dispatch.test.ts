import type { PurgeRequest } from '@plaudit/contract';
import { count, isNull } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox } from '../../db/schema.ts';
import { enqueuePurge } from '../../domain/outbox/enqueue-purge.ts';
import { createShop } from '../../domain/shops/create.ts';
import { findShop } from '../../domain/shops/find.ts';
import { LEASE_MS } from './claim-rows.ts';
import { dispatch } from './dispatch.ts';
import { KEEP_DELIVERED_MS, removeDelivered } from './remove-delivered.ts';

const startMs = Date.UTC(2026, 2, 1);

describeOnEach('dispatch', (fixture) => {
  const outboxRows = () => asSystem(fixture.context.db, async (tx) => tx.select().from(outbox));
  let nowMs: number;
  let sent: PurgeRequest[];
  let failing: (purge: PurgeRequest) => boolean;
  const now = () => new Date(nowMs);

  beforeEach(async () => {
    nowMs = startMs;
    sent = [];
    failing = () => false;
    await asSystem(fixture.context.db, async (tx) => tx.delete(outbox));
    await createShop(fixture.context, { appKey: 'rival', name: 'Rival', autoPublish: true });
  });

  const run = () =>
    dispatch({
      db: fixture.context.db,
      now,
      send: async (purge) => {
        if (failing(purge)) throw new Error('refused');
        sent.push(purge);
      },
    });
  const enqueue = async (appKey: string, tags: string[], mode: 'soft' | 'hard' = 'soft') => {
    const { id } = await findShop(fixture.context.db, appKey);
    await asSystem(fixture.context.db, async (tx) =>
      enqueuePurge(tx, { shopId: id, tags, mode }, now()),
    );
  };
  const countWaiting = async () => {
    const { db } = fixture.context;
    const [row] = await asSystem(db, async (tx) =>
      tx.select({ n: count() }).from(outbox).where(isNull(outbox.deliveredAt)),
    );
    return row?.n;
  };

  test('GD05: removes what was delivered a week ago, and never what waits', async () => {
    const { db } = fixture.context;
    await enqueue('acme', ['a']);
    await run();
    await enqueue('acme', ['b']);
    expect(await removeDelivered(db, new Date(startMs + KEEP_DELIVERED_MS))).toBe(0);
    expect(await removeDelivered(db, new Date(startMs + KEEP_DELIVERED_MS + 1))).toBe(1);
    expect((await outboxRows()).map(({ payload }) => payload.tags)).toEqual([['b']]);
    expect(await countWaiting()).toBe(1);
  });

  test('sends what waits, and sends it once', async () => {
    await enqueue('acme', ['a']);
    expect(await run()).toEqual({ delivered: 1, postponed: 0 });
    expect(await run()).toEqual({ delivered: 0, postponed: 0 });
    expect(sent).toEqual([{ tags: ['a'], mode: 'soft' }]);
  });

  test('makes one call of neighbouring rows of a shop, without repeats, in order of mode', async () => {
    await enqueue('acme', ['a', 'b']);
    await enqueue('acme', ['b', 'c']);
    await enqueue('acme', ['d'], 'hard');
    await enqueue('acme', ['e']);
    await run();
    expect(sent).toEqual([
      { tags: ['a', 'b', 'c'], mode: 'soft' },
      { tags: ['d'], mode: 'hard' },
      { tags: ['e'], mode: 'soft' },
    ]);
  });

  test('splits what one call cannot hold', async () => {
    await enqueue(
      'acme',
      Array.from({ length: 2500 }, (_, n) => `tag-${n}`),
    );
    await run();
    expect(sent.map(({ tags }) => tags.length)).toEqual([1000, 1000, 500]);
  });

  test('keeps trying for ever, less and less often', async () => {
    failing = () => true;
    await enqueue('acme', ['a']);
    const waits: number[] = [];
    for (let attempt = 0; attempt < 14; attempt++) {
      expect(await run()).toEqual({ delivered: 0, postponed: 1 });
      const [row] = await outboxRows();
      waits.push((row?.nextAttemptAt.getTime() ?? 0) - nowMs);
      nowMs = row?.nextAttemptAt.getTime() ?? 0;
    }
    expect(waits.slice(0, 4)).toEqual([250, 500, 1000, 2000]);
    expect(waits.at(-1)).toBe(300_000);
    failing = () => false;
    await run();
    expect(sent).toEqual([{ tags: ['a'], mode: 'soft' }]);
  });

  test('keeps a shop’s order: what comes after a failure waits with it, other shops do not', async () => {
    failing = ({ tags }) => tags.includes('first');
    await enqueue('acme', ['first'], 'hard');
    await enqueue('acme', ['second']);
    await enqueue('rival', ['elsewhere']);
    expect(await run()).toEqual({ delivered: 1, postponed: 2 });
    await enqueue('acme', ['third']);
    await run();
    expect(sent).toEqual([{ tags: ['elsewhere'], mode: 'soft' }]);
    failing = () => false;
    nowMs += 1000;
    await run();
    expect(sent.slice(1)).toEqual([
      { tags: ['first'], mode: 'hard' },
      { tags: ['second', 'third'], mode: 'soft' },
    ]);
  });

  test('two dispatchers at once send each row once', async () => {
    for (let n = 0; n < 20; n++) await enqueue('acme', [`tag-${n}`], n % 2 ? 'soft' : 'hard');
    await Promise.all([run(), run(), run()]);
    const tags = sent.flatMap((purge) => purge.tags);
    expect(tags).toHaveLength(20);
    expect(new Set(tags).size).toBe(20);
  });

  test('takes over what a dispatcher that died had claimed', async () => {
    await enqueue('acme', ['a']);
    let die = (_error: Error) => {};
    const dying = dispatch({
      db: fixture.context.db,
      now,
      send: () =>
        new Promise((_resolve, reject) => {
          die = reject;
        }),
    });
    await expect
      .poll(async () => (await outboxRows())[0]?.nextAttemptAt)
      .toEqual(new Date(nowMs + LEASE_MS));
    expect(await run()).toEqual({ delivered: 0, postponed: 0 });
    nowMs += LEASE_MS;
    expect(await run()).toEqual({ delivered: 1, postponed: 0 });
    die(new Error('too late'));
    await dying;
  });

  test('leaves nothing behind that would be sent again after all is well', async () => {
    await enqueue('acme', ['a']);
    await run();
    expect(await countWaiting()).toBe(0);
  });
});
