import { expect, test } from 'vitest';
import { createRatingBatch } from './batch.ts';

const average = 4;

/** A batch whose moment the test chooses. */
function open() {
  const asked: string[][] = [];
  let flush = (): void => {};
  const read = createRatingBatch(
    (ids) => {
      asked.push([...ids]);
      return Promise.resolve(Object.fromEntries([...ids].map((id) => [id, { average, count: 1 }])));
    },
    (run) => {
      flush = run;
    },
  );
  return { asked, read, flush: () => flush() };
}

test('all cards that ask before the moment share one read', async () => {
  const { asked, read, flush } = open();
  const answers = [read('a'), read('b'), read('a')];
  flush();
  expect(await Promise.all(answers)).toEqual(answers.map(() => ({ average, count: 1 })));
  expect(asked).toEqual([['a', 'b']]);
});

test('cards that ask later share the next', async () => {
  const { asked, read, flush } = open();
  const first = read('a');
  flush();
  await first;
  const later = [read('b'), read('a')];
  flush();
  await Promise.all(later);
  expect(asked).toEqual([['a'], ['b', 'a']]);
});

test('a read that fails fails for its own cards only', async () => {
  let isDown = true;
  const read = createRatingBatch(
    () => (isDown ? Promise.reject(new Error('down')) : Promise.resolve({})),
    (run) => queueMicrotask(run),
  );
  await expect(read('a')).rejects.toThrow('down');
  isDown = false;
  expect(await read('a')).toBeUndefined();
});
