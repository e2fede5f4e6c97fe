import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPublicAddress } from './is-public-address.ts';
import {
  createOutbound,
  ForbiddenAddressError,
  isCallable,
  type OutboundRules,
} from './outbound.ts';

let server: Server;
let port: number;
let calls: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    calls.push(request.url ?? '');
    const location = `http://127.0.0.1:${port}/secret`;
    response.writeHead(request.url === '/redirect' ? 302 : 200, { location }).end('ok');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

type Resolve = NonNullable<OutboundRules['resolve']>;

/** A name server whose answers come one after the other, the last one for good. */
const resolveTo = (...answers: string[][]): Resolve =>
  ((_name: string, _options: unknown, callback: (...args: unknown[]) => void) => {
    const addresses = answers.length > 1 ? answers.shift() : answers[0];
    callback(
      null,
      addresses?.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as unknown as Resolve;

async function call(url: string, rules: OutboundRules = {}): Promise<number> {
  const outbound = createOutbound({ ports: [port], ...rules });
  try {
    const answer = await outbound.fetch(new URL(url), { signal: AbortSignal.timeout(2000) });
    await answer.body?.cancel();
    return answer.status;
  } finally {
    await outbound.close();
  }
}

describe('SS01: an address of this machine or its network, however it is written', () => {
  const forms = [
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
    '127.127.127.127',
    '0',
    '0.0.0.0',
    '0x0',
    '10.0.0.1',
    '10.255.255.255',
    '0xa.1',
    '012.0.0.1',
    '167772161',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.168.257',
    '0xc0a80001',
    '100.64.0.1',
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '0251.0376.0251.0376',
    '169.254.43518',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '192.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.1',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '%31%32%37.0.0.1',
    '127.0.0.1.',
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:a9fe:a9fe]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:7f00:1::]',
    '[2002:a9fe:a9fe::]',
    '[fe80::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[fec0::1]',
    '[ff02::1]',
    '[2001:db8::1]',
    '[2001::1]',
    '[100::1]',
  ];

  test.each(forms)('http://%s/ is not called', async (host) => {
    calls = [];
    await expect(call(`http://${host}:${port}/`)).rejects.toThrow(ForbiddenAddressError);
    expect(calls).toEqual([]);
  });

  test.each(['localhost', 'localhost.', 'foo.localhost', 'LOCALHOST'])(
    'the name %s is not called',
    async (host) => {
      calls = [];
      await expect(call(`http://${host}:${port}/`)).rejects.toThrow(Error);
      expect(calls).toEqual([]);
    },
  );
});

test('public addresses are let through', () => {
  for (const address of ['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700:4700::1111']) {
    expect(isPublicAddress(address)).toBe(true);
  }
  expect(isPublicAddress('example.com')).toBe(false);
});

test('SS01: a name is looked at when the connection is made, so a changing answer is of no use', async () => {
  calls = [];
  const rebinding = resolveTo(['93.184.216.34'], ['127.0.0.1']);
  rebinding('name', { all: true }, () => {});
  const answer = call(`http://rebind.example:${port}/`, { resolve: rebinding });
  await expect(answer).rejects.toThrow(ForbiddenAddressError);
  const mixed = resolveTo(['93.184.216.34', '127.0.0.1']);
  await expect(call(`http://mixed.example:${port}/`, { resolve: mixed })).rejects.toThrow(
    ForbiddenAddressError,
  );
  expect(calls).toEqual([]);
});

test('what the rules allow is called, and a redirect is answered rather than followed', async () => {
  calls = [];
  const rules = { isAllowed: () => true, resolve: resolveTo(['127.0.0.1']) };
  expect(await call(`http://receiver.example:${port}/hook`, rules)).toBe(200);
  expect(await call(`http://receiver.example:${port}/redirect`, rules)).toBe(302);
  expect(calls).toEqual(['/hook', '/redirect']);
});

test.each([
  'ftp://example.com/',
  'file:///etc/passwd',
  'gopher://example.com/',
  'http://user@example.com/',
  'http://user:secret@example.com/',
  'http://example.com:6379/',
  'https://example.com:8443/',
])('SS02: %s is not called', async (url) => {
  expect(isCallable(new URL(url))).toBe(false);
  await expect(call(url)).rejects.toThrow(ForbiddenAddressError);
});
