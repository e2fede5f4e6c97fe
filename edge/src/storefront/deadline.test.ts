import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LATE } from '../cache/within.ts';
import { Deadline } from './deadline.ts';

const forever = new Promise<never>(() => undefined);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How many milliseconds this wait lasts. */
async function lasts(work: Promise<unknown>): Promise<number> {
  const startedAt = Date.now();
  let took: number | undefined;
  void work.then(() => (took = Date.now() - startedAt));
  await vi.runAllTimersAsync();
  return took ?? Infinity;
}

test('ends a wait in time, and whoever listens to its signal', async () => {
  const deadline = new Deadline(50);
  const work = deadline.limit(forever);
  expect(await lasts(work)).toBe(50);
  expect([await work, deadline.signal.aborted]).toEqual([LATE, true]);
});

test('gives what came in time', async () => {
  const deadline = new Deadline(50);
  expect(await deadline.limit(Promise.resolve('there'))).toBe('there');
  deadline.stop();
  await vi.runAllTimersAsync();
  expect(deadline.signal.aborted).toBe(false);
});

test.each([
  ['longer', 200],
  ['shorter', 20],
])('another limit counts from when it was set, also where it is %s', async (_, limitMs) => {
  const deadline = new Deadline(50);
  await vi.advanceTimersByTimeAsync(30);
  deadline.restart(limitMs);
  expect(await lasts(deadline.limit(forever))).toBe(limitMs);
});

test('two limits that are kept cost one timer', async () => {
  const set = vi.spyOn(globalThis, 'setTimeout');
  const deadline = new Deadline(50);
  await vi.advanceTimersByTimeAsync(10);
  deadline.restart(50);
  deadline.stop();
  expect([set.mock.calls.length, vi.getTimerCount()]).toEqual([1, 0]);
});

test('once given up, it aborts at once and never again', () => {
  const deadline = new Deadline(50);
  deadline.giveUp();
  expect([deadline.signal.aborted, vi.getTimerCount()]).toEqual([true, 0]);
});
