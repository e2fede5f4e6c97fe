import {
  CLIENT_ADDRESS_FIELD,
  CLIENT_ADDRESS_PROOF_FIELD,
  proveClientAddress,
} from '@plaudit/contract';
import { expect, test } from 'vitest';
import { createClientAddressOf } from './client-address.ts';

const SECRET = 'secret of edges';
const AT = new Date('2026-03-01T12:00:00.000Z');
const now = () => AT;

const asking = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as Parameters<
    ReturnType<typeof createClientAddressOf>
  >[0];

/** The fields of an edge. */
const told = async (address: string, secret = SECRET, at = AT) => ({
  [CLIENT_ADDRESS_FIELD]: address,
  [CLIENT_ADDRESS_PROOF_FIELD]: await proveClientAddress([secret], address, at.getTime()),
});

const behindEdges = createClientAddressOf(SECRET, now);

test.each([
  ['192.0.2.7', '198.51.100.4', '198.51.100.4'],
  ['::ffff:192.0.2.7', '198.51.100.4', '198.51.100.4'],
  ['127.0.0.1', '2001:db8:9:8:7:6:5:4', '2001:db8:9:8::/64'],
  ['2001:db8:1::5', '::ffff:198.51.100.4', '198.51.100.4'],
])('AP04: an edge at %s that proves it is believed about %s', async (peer, address, network) => {
  expect(await behindEdges(asking(peer, await told(address)))).toBe(network);
});

test('AP04: nobody else is', async () => {
  const address = '198.51.100.4';
  const proven = await told(address);
  const claims: Record<string, string>[] = [
    { [CLIENT_ADDRESS_FIELD]: address },
    { ...proven, [CLIENT_ADDRESS_FIELD]: '198.51.100.5' },
    await told(address, 'a guess'),
    await told(address, SECRET, new Date(AT.getTime() - 600_000)),
  ];
  for (const claim of claims) {
    expect(await behindEdges(asking('192.0.2.8', claim))).toBe('192.0.2.8');
  }
  // An origin that shares no secret believes nobody.
  expect(await createClientAddressOf('', now)(asking('192.0.2.8', proven))).toBe('192.0.2.8');
});

test.each(['', 'x', '198.51.100.4, 198.51.100.5', '198.51.100.4:80', '[::1]', '0x7f.1/8'])(
  'AP04: what an edge passes on that is no address, such as "%s", is none',
  async (address) => {
    expect(await behindEdges(asking('192.0.2.7', await told(address)))).toBe('192.0.2.7');
  },
);

test('AU05: of an IPv6 network every address is one guesser', async () => {
  const of = (peer: string | undefined) => behindEdges(asking(peer));
  expect(await of('2001:db8::1')).toBe(await of('2001:db8::ffff:1'));
  expect(await of('2001:db8::1')).not.toBe(await of('2001:db8:0:1::1'));
  expect(await of(undefined)).toBe('');
});
