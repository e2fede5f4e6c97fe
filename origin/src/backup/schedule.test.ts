import { expect, test } from 'vitest';
import { dueSince } from './schedule.ts';

const schedule = { minute: 3 * 60, jitterMs: 10 * 60_000 };
const at = (time: string) => new Date(`2026-03-${time}Z`);

test.each([
  ['02T03:10:00', '02T03:00:00'],
  ['02T23:59:59', '02T03:00:00'],
  ['03T00:00:00', '02T03:00:00'],
  ['03T03:09:59', '02T03:00:00'],
  ['03T03:10:00', '03T03:00:00'],
])('at %s there has to be one since %s', (now, since) => {
  expect(dueSince(at(now), schedule)).toEqual(at(since));
});

test('works at midnight and just before', () => {
  const now = at('02T12:00:00');
  expect(dueSince(now, { minute: 0, jitterMs: 0 })).toEqual(at('02T00:00:00'));
  expect(dueSince(now, { minute: 1439, jitterMs: 0 })).toEqual(at('01T23:59:00'));
  expect(dueSince(at('02T00:00:00'), { minute: 0, jitterMs: 0 })).toEqual(at('02T00:00:00'));
});
