import { pino } from 'pino';
import { expect, test } from 'vitest';
import { attackShapes } from '../test/attack-shapes.ts';
import { createApp } from './app.ts';
import type { Context } from './domain/context.ts';
import { toFailureRecord } from './failure-record.ts';
import { createRequestLog } from './request-log.ts';

const BREAKERS = [
  '\n{"level":30,"msg":"forged"}',
  '\r\n{"level":30,"msg":"forged"}\r\n',
  '\u001b[2J\u001b[31mred\u001b[0m',
  '","level":60,"msg":"forged',
  '\\',
  '\u0008\u0000\u007f',
  '\u2028\u2029',
  '\ud800',
];
/** By what a report can show of each. */
const SHAPES = [...BREAKERS, ...attackShapes].map((shape) => [shape.slice(0, 60), shape] as const);

/** A log whose every line is kept. */
function keptLog() {
  const lines: string[] = [];
  const write = (chunk: string) => {
    lines.push(chunk);
  };
  return { lines, log: pino({ level: 'debug' }, { write }) };
}

/** One record is one line of JSON, and none of the control characters below U+0020 stands in it. */
function expectOneRecord(line: string): Record<string, unknown> {
  expect(line.endsWith('\n')).toBe(true);
  expect(line.slice(0, -1)).not.toMatch(/[^\P{Cc}\u007f-\u009f]/u);
  return JSON.parse(line) as Record<string, unknown>;
}

test.each(SHAPES)(
  'UG11: %j in any part of a request and of what fails on it is one record',
  async (_name, shape) => {
    const { lines, log } = keptLog();
    const error = Object.assign(new Error(shape), { code: shape, detail: shape });
    const db = new Proxy(
      {},
      {
        get: () => () => {
          throw error;
        },
      },
    ) as Context['db'];
    const domain = { db, now: () => new Date() } as Context;
    const watch = createRequestLog(log, () => () => {});
    const app = createApp({ domain, log, watch });
    const text = encodeURIComponent(shape.toWellFormed());
    const headers = { 'user-agent': shape.replaceAll(/[^\u0020-\u007e]/g, '?') };
    await app.request(`/v1/shops/${text}/products/${text}/reviews?q=x`, { headers });
    await app.request('/v1/shops/acme/settings', { headers });
    await app.request(`/nothing/${text}?${text}=${text}`, { headers });
    const records = lines.map(expectOneRecord);
    const messages = records.map(({ msg }) => msg);
    expect(new Set(messages)).toEqual(new Set(['failed', 'served']));
    expect(messages.filter((message) => message === 'served')).toHaveLength(3);
    for (const record of records) expect(Object.keys(record)).not.toContain('detail');
  },
);

test.each(SHAPES)('UG11: %j in a field of a record stays in it', (_name, shape) => {
  const { lines, log } = keptLog();
  log.warn({ app: shape, file: shape, nested: { shape } }, shape);
  const named = Object.assign(new Error(shape), { name: shape });
  log.error({ failure: toFailureRecord(named) }, 'failed');
  const [first = '', second = '', ...more] = lines;
  expect(more).toEqual([]);
  const { level, app } = expectOneRecord(first);
  // Half of a surrogate pair is written as what stands for it.
  expect([level, String(app).toWellFormed()]).toEqual([40, shape.toWellFormed()]);
  expect(expectOneRecord(second)).toMatchObject({ level: 50, msg: 'failed' });
});
