import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientAddress, networkOf } from './client-address.ts';

describe('the network of an address', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  test('is one however its visitor chooses the rest', () => {
    const rest = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(rest, (groups) => {
        const host = groups.map((group) => group.toString(16)).join(':');
        expect(networkOf(`2001:db8:a:b:${host}`)).toBe('2001:db8:a:b::/64');
      }),
    );
  });

  test('exists for every address', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV6(), fc.ipV4()), (address) => {
        expect(networkOf(address)).toMatch(/^[\d.]{7,15}$|^(?:[\da-f]{1,4}:){4}:\/64$/);
      }),
    );
  });

  test.each([
    '',
    ' ',
    'unknown',
    '_hidden',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.07',
    '192.0.2.1:80',
    '192.0.2.1, 198.51.100.2',
    '[2001:db8::1]',
    '[2001:db8::1]:80',
    'fe80::1%eth0',
    '::1]/x[',
    '1:2:3:4:5:6:7:8:9',
    ':::',
    'a'.repeat(100_000),
  ])('does not exist for %j', (text) => {
    expect(networkOf(text)).toBeUndefined();
  });
});

test('an address is believed only from the field that a trusted server sets', () => {
  const client = new Headers({ 'x-real-ip': '192.0.2.1', 'x-forwarded-for': '198.51.100.2' });
  expect(clientAddress(client, 'x-real-ip')).toBe('192.0.2.1');
  expect(clientAddress(client, 'cf-connecting-ip')).toBeUndefined();
  expect(clientAddress(client, undefined)).toBeUndefined();
});
