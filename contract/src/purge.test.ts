import { describe, expect, test } from 'vitest';
import { isPurgeSigned, signPurge } from './purge.ts';

const nowMs = 1_800_000_000_000;
const timestamp = String(nowMs / 1000);
const body = '{"tags":["shop:acme"],"mode":"soft"}';

describe('isPurgeSigned', () => {
  test('accepts what signPurge signed, with either of two secrets', async () => {
    const signature = await signPurge('old', timestamp, body);
    expect(await isPurgeSigned(['new', 'old'], { timestamp, signature, body }, nowMs)).toBe(true);
  });

  test('agrees with an independent HMAC-SHA256', async () => {
    const { createHmac } = await import('node:crypto');
    const expected = createHmac('sha256', 'secret').update(`${timestamp}.${body}`).digest('hex');
    expect(await signPurge('secret', timestamp, body)).toBe(`v1=${expected}`);
  });

  test.each([
    ['another body', { body: `${body} ` }],
    ['another time', { timestamp: String(Number(timestamp) + 1) }],
    ['no signature', { signature: '' }],
    ['a cut signature', { signature: 'v1=00' }],
    ['a time that is no number', { timestamp: 'NaN' }],
  ])('refuses %s', async (_what, change) => {
    const signature = await signPurge('secret', timestamp, body);
    const purge = { timestamp, signature, body, ...change };
    expect(await isPurgeSigned(['secret'], purge, nowMs)).toBe(false);
  });

  test.each([301, -301])('refuses a purge %i seconds away from now', async (seconds) => {
    const signature = await signPurge('secret', timestamp, body);
    const purge = { timestamp, signature, body };
    expect(await isPurgeSigned(['secret'], purge, nowMs + seconds * 1000)).toBe(false);
    expect(
      await isPurgeSigned(['secret'], purge, nowMs + (seconds - Math.sign(seconds)) * 1000),
    ).toBe(true);
  });

  test('refuses everything when there is no secret', async () => {
    const signature = await signPurge('secret', timestamp, body);
    expect(await isPurgeSigned([], { timestamp, signature, body }, nowMs)).toBe(false);
  });
});
