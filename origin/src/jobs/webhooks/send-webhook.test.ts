/** Receivers that would have us wait for ever, or fill our memory. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createOutbound, type Outbound } from '../../outbound/outbound.ts';
import { sendWebhook, type SendOutcome } from './send-webhook.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const LIMIT_MS = 400;
let server: Server;
let outbound: Outbound;
afterEach(async () => {
  await outbound.close();
  server.close();
});

/** Sends a message to a receiver that does with the connection what it wants. */
async function sendTo(answer: (socket: Socket) => void): Promise<SendOutcome> {
  server = createServer((socket) => {
    // Ours goes away whenever it has had enough.
    socket.on('error', () => {});
    answer(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  outbound = createOutbound({ isAllowed: () => true, ports: [port] });
  const message = { messageId: 'm', payload: '{}', secrets: [SECRET] };
  const url = `http://127.0.0.1:${port}/`;
  return sendWebhook(outbound, () => new Date(), { url, ...message }, LIMIT_MS);
}

/** Writes again and again until the other side is gone. */
function writeOn(socket: Socket, what: () => Uint8Array | string): Promise<number> {
  return new Promise((resolve) => {
    const timer = setInterval(() => socket.write(what()), 20);
    socket.on('close', () => {
      clearInterval(timer);
      resolve(socket.bytesWritten);
    });
  });
}

test('SS03: a receiver that takes the message and says nothing is given up', async () => {
  const { failure } = await sendTo((socket) => socket.resume());
  expect(failure).toBe('timeout');
});

test('SS03: a receiver that answers byte by byte is given up all the same, and let go of', async () => {
  let gone: Promise<number> | undefined;
  const { failure } = await sendTo((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx-drip: ');
    gone = writeOn(socket, () => 'a');
  });
  expect(failure).toBe('timeout');
  await gone;
});

test('SS03: fields of an answer are taken up to a length only', async () => {
  const { failure } = await sendTo((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\nx-long: ${'a'.repeat(64 * 1024)}\r\n\r\n`);
  });
  expect(failure).toBe('unreachable');
});

test('SS03: a body is neither read nor unpacked, however long it would go on', async () => {
  const zeros = gzipSync(Buffer.alloc(8 * 1024 * 1024));
  let sent: Promise<number> | undefined;
  const outcome = await sendTo((socket) => {
    socket.write(
      'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 99999999999\r\n\r\n',
    );
    sent = writeOn(socket, () => zeros);
  });
  expect(outcome).toMatchObject({ status: 200 });
  // The connection is closed, where it could have gone on for hours.
  expect(await sent).toBeLessThan(64 * 1024 * 1024);
});
