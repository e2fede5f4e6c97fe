import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPurgeSigned } from '@plaudit/contract';
import { afterEach, expect, test } from 'vitest';
import { sendPurge } from './send-purge.ts';

interface Received {
  path: string;
  timestamp: string;
  signature: string;
  body: string;
}

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** An edge that notes what it is told and answers with a status. */
async function startEdge(status: number): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      const field = (name: string) => String(request.headers[name]);
      received.push({
        path: `${request.method} ${request.url}`,
        timestamp: field('plaudit-timestamp'),
        signature: field('plaudit-signature'),
        body,
      });
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  closers.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

const purge = { tags: ['shop:acme'], mode: 'soft' } as const;
const now = () => new Date('2026-03-01T00:00:00Z');
const send = (edgeUrls: string[]) =>
  sendPurge({ edgeUrls, secret: 'shared secret', fetch, now }, { ...purge, tags: [...purge.tags] });

test('tells every edge, signed', async () => {
  const edges = [await startEdge(200), await startEdge(202)];
  await send(edges.map(({ url }) => url));
  for (const { received } of edges) {
    expect(received).toHaveLength(1);
    const [call] = received;
    expect(call?.path).toBe('POST /purge');
    expect(JSON.parse(call?.body ?? '')).toMatchObject(purge);
    expect(call && (await isPurgeSigned(['shared secret'], call, now().getTime()))).toBe(true);
  }
});

test.each([302, 401, 500])(
  'fails when one edge answers %i, after telling the others',
  async (status) => {
    const [good, bad] = [await startEdge(200), await startEdge(status)];
    await expect(send([bad.url, good.url])).rejects.toThrow('not delivered');
    expect(good.received).toHaveLength(1);
  },
);

test('fails when an edge is not there', async () => {
  await expect(send(['http://127.0.0.1:1'])).rejects.toThrow('not delivered');
});

test('signs each call anew: the same purge twice within a second is no replay', async () => {
  const { url, received } = await startEdge(200);
  await send([url]);
  await send([url]);
  expect(new Set(received.map(({ timestamp }) => timestamp)).size).toBe(1);
  expect(new Set(received.map(({ signature }) => signature)).size).toBe(2);
});
