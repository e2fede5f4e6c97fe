import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import type { TestPurgeQueue } from '../../test/main.ts';

let stub: DurableObjectStub<TestPurgeQueue>;
let round = 0;

const within = <T>(work: (queue: TestPurgeQueue, state: DurableObjectState) => Promise<T> | T) =>
  runInDurableObject(stub, work);
const products = (count: number, shop = 'demo') =>
  Array.from({ length: count }, (_, id) => `product:${shop}:${id}`);

/** Lets the queue's time pass until nothing waits or the time is over; alarms ring when they are due. */
async function passes(queue: TestPurgeQueue, state: DurableObjectState, seconds: number) {
  const end = queue.nowMs + seconds * 1000;
  for (;;) {
    const alarm = await state.storage.getAlarm();
    if (alarm === null || alarm > end) break;
    queue.nowMs = Math.max(queue.nowMs, alarm);
    await state.storage.deleteAlarm();
    await queue.alarm();
  }
  queue.nowMs = end;
}

beforeEach(() => {
  stub = env.PURGE_QUEUE.getByName(`queue ${++round}`);
});

describe('the purge queue', () => {
  test('makes one call of all that comes in a moment', () =>
    within(async (queue, state) => {
      for (const tag of products(50)) await queue.add({ tags: [tag], mode: 'soft' });
      await queue.add({ tags: ['product:demo:1'], mode: 'soft' });
      await passes(queue, state, 1);
      expect(queue.calls).toHaveLength(1);
      expect(queue.calls[0]?.tags.toSorted()).toEqual(products(50).toSorted());
      expect(queue.state()).toEqual({ waiting: 0, ageSeconds: 0 });
    }));

  test('never calls more often than the platform allows, and loses nothing', () =>
    within(async (queue, state) => {
      const asked = new Set<string>();
      const started = queue.nowMs;
      for (let second = 0; second < 1200; second++) {
        const tags = [`settings:shop-${second}`];
        tags.forEach((tag) => asked.add(tag));
        await queue.add({ tags, mode: 'soft' });
        await passes(queue, state, 1);
      }
      await passes(queue, state, 600);
      expect(new Set(queue.calls.flatMap(({ tags }) => tags))).toEqual(asked);
      for (const [index, call] of queue.calls.entries()) {
        expect(call.tags.length).toBeLessThanOrEqual(100);
        expect(index + 1).toBeLessThanOrEqual(25 + (call.atMs - started) / 12_000 + 1e-6);
      }
    }));

  test('says by when it will have happened, and keeps its word', () =>
    within(async (queue, state) => {
      const tags = Array.from({ length: 5_000 }, (_, shop) => `settings:shop-${shop}`);
      const by = await queue.add({ tags, mode: 'soft' });
      expect(by - queue.nowMs).toBeGreaterThan(25 * 12_000 - 1);
      await passes(queue, state, (by - queue.nowMs) / 1000);
      expect(queue.state().waiting).toBe(0);
    }));

  test('purges what must be gone before what may be stale, and hard stays hard', () =>
    within(async (queue, state) => {
      await queue.add({ tags: ['a', 'b'], mode: 'soft' });
      await queue.add({ tags: ['b', 'c'], mode: 'hard' });
      await queue.add({ tags: ['b'], mode: 'soft' });
      await passes(queue, state, 10);
      expect(queue.calls.map(({ mode, tags }) => [mode, tags.toSorted()])).toEqual([
        ['hard', ['b', 'c']],
        ['soft', ['a']],
      ]);
    }));

  test('purges the shop when very many of its products wait', () =>
    within(async (queue, state) => {
      await queue.add({ tags: [...products(201), ...products(3, 'other')], mode: 'soft' });
      await passes(queue, state, 1);
      expect(queue.calls).toHaveLength(1);
      expect(queue.calls[0]?.tags.toSorted()).toEqual([...products(3, 'other'), 'shop:demo']);
    }));

  test('tries again until the platform takes it, and tells how long it has waited', () =>
    within(async (queue, state) => {
      queue.platform = () => false;
      await queue.add({ tags: ['a'], mode: 'soft' });
      await passes(queue, state, 3);
      expect(queue.state()).toEqual({ waiting: 1, ageSeconds: 3 });
      queue.platform = () => Promise.reject(new Error('no route'));
      await passes(queue, state, 5);
      queue.platform = () => true;
      await passes(queue, state, 5);
      expect(queue.state().waiting).toBe(0);
      expect(queue.calls).toHaveLength(3);
    }));

  test('purges again what is asked for again during its purge', () =>
    within(async (queue, state) => {
      let asked = false;
      queue.platform = async () => {
        if (!asked) await queue.add({ tags: ['a'], mode: 'soft' });
        asked = true;
        return true;
      };
      await queue.add({ tags: ['a'], mode: 'soft' });
      await passes(queue, state, 60);
      expect(queue.calls).toHaveLength(2);
    }));

  test('has after a restart what it had before', async () => {
    await within((queue) => queue.add({ tags: ['a', 'b'], mode: 'hard' }));
    await evictDurableObject(stub);
    await within(async (queue, state) => {
      await passes(queue, state, 1);
      expect(queue.calls.map(({ tags }) => tags)).toEqual([['a', 'b']]);
    });
  });
});
