import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { isClientAddressProven, proveClientAddress } from './client-address.ts';
import { signPurge, isPurgeSigned } from './purge.ts';

const nowMs = 1_800_000_000_999;
const timestamp = '1800000000';
const address = '198.51.100.4';

describe('an edge that says where a client is', () => {
  test.each(['new', 'old'])('is believed by who holds one of its secrets: %s', async (secret) => {
    const proof = await proveClientAddress(['new', 'old'], address, nowMs);
    expect(await isClientAddressProven(secret, { address, proof }, nowMs)).toBe(true);
  });

  test('proves it with an HMAC-SHA256 that others can make too', async () => {
    const signed = createHmac('sha256', 'secret').update(`client-address.${timestamp}.${address}`);
    const proof = `t=${timestamp},v1=${signed.digest('hex')}`;
    expect(await proveClientAddress(['secret'], address, nowMs)).toBe(proof);
  });

  test.each([
    ['another address', { address: '198.51.100.5' }],
    ['no proof', { proof: '' }],
    ['a proof of nothing', { proof: `t=${timestamp}` }],
    ['another moment', { from: `t=${timestamp}`, to: 't=1800000001' }],
    ['more than two signatures', { from: /(,v1=.*)/, to: '$1$1$1' }],
    ['something after it', { from: /$/, to: ' ' }],
  ])('is not believed with %s', async (_what, change) => {
    const given = await proveClientAddress(['secret'], address, nowMs);
    const { from, to, ...more } = { from: '', to: '', ...change };
    const told = { address, proof: given.replace(from, to), ...more };
    expect(await isClientAddressProven('secret', { address, proof: given }, nowMs)).toBe(true);
    expect(await isClientAddressProven('secret', told, nowMs)).toBe(false);
  });

  test('is not believed by another secret, nor long before or after', async () => {
    const proof = await proveClientAddress(['secret'], address, nowMs);
    const told = { address, proof };
    expect(await isClientAddressProven('another', told, nowMs)).toBe(false);
    for (const [ms, isProven] of [
      [299_000, true],
      [301_000, false],
      [-299_000, true],
      [-302_000, false],
    ] as const) {
      expect(await isClientAddressProven('secret', told, nowMs + ms)).toBe(isProven);
    }
  });

  test('signs no purge with that, and no purge is a proof', async () => {
    const [, signature = ''] = (await proveClientAddress(['secret'], address, nowMs)).split(',');
    for (const body of [address, `client-address.${timestamp}.${address}`]) {
      const purge = { timestamp, signature, body };
      expect(await isPurgeSigned(['secret'], purge, nowMs)).toBe(false);
      const proof = `t=${timestamp},${await signPurge('secret', timestamp, body)}`;
      expect(await isClientAddressProven('secret', { address, proof }, nowMs)).toBe(false);
    }
  });
});
