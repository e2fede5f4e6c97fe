import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limitArrival } from './limit-arrival.ts';

let server: Server;
beforeAll(async () => {
  server = createServer(async (asked, answer) => {
    let bytes = 0;
    try {
      for await (const chunk of asked) bytes += (chunk as Buffer).length;
    } catch {
      return;
    }
    answer.end(String(bytes));
  });
  limitArrival(server, ({ url }) => url === '/file', { limitMs: 200, fileLimitMs: 60_000 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Sends a body of which the second half comes when it is asked for. */
function sendHalf(path: string) {
  const { port } = server.address() as AddressInfo;
  const sending = request({ port, path, method: 'POST', headers: { 'content-length': 4 } });
  sending.write('ha');
  const ended = new Promise<number | undefined>((resolve) => {
    sending.once('response', ({ statusCode }) => resolve(statusCode));
    sending.once('error', () => resolve(undefined));
  });
  return { ended, finish: () => sending.end('lf') };
}

test('cuts off what does not arrive, while a file may take its time', async () => {
  const file = sendHalf('/file');
  const other = sendHalf('/other');
  expect(await other.ended).toBeUndefined();
  file.finish();
  expect(await file.ended).toBe(200);
});

test('leaves alone what arrives in time', async () => {
  const { ended, finish } = sendHalf('/other');
  finish();
  expect(await ended).toBe(200);
});
