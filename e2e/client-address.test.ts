/** Where a client is, as an edge tells an origin and the origin counts guesses, with real processes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from '../scripts/build.mjs';
import { findFreePort, runPlaudit, startEdge, startOrigin, type Part } from '../scripts/stack.mjs';

const SECRET = 'a secret for tests only';
/** The field that the server in front of the edge sets. */
const CLIENT_ADDRESS_HEADER = 'x-real-ip';
/** So many wrong secrets an app may be told from one network. */
const GUESSES = 20;

let dataDir = '';
let origin: Part;
let edge: Part;

beforeAll(async () => {
  await build();
  dataDir = await mkdtemp(join(tmpdir(), 'plaudit-client-address-'));
  await runPlaudit(['shop', 'create', '--key', 'acme'], { dataDir, quiet: true });
  const app = ['app', 'create', '--shop', 'acme', '--name', 'Theme', '--as-shop'];
  await runPlaudit(app, { dataDir, quiet: true });
  const [port, edgePort] = await Promise.all([findFreePort(), findFreePort()]);
  origin = await startOrigin({ port, dataDir, purgeSecret: SECRET });
  edge = await startEdge({
    origin: origin.url,
    port: edgePort,
    purgeSecret: SECRET,
    clientAddressHeader: CLIENT_ADDRESS_HEADER,
  });
});
afterAll(async () => {
  await edge?.stop();
  await origin?.stop();
  if (dataDir) await rm(dataDir, { recursive: true, force: true });
});

/** Asks for a token with a wrong secret. */
async function guess(url: string, fields: Record<string, string>): Promise<number> {
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...fields },
    body: JSON.stringify({
      client_id: 'acme',
      client_secret: 'wrong',
      grant_type: 'client_credentials',
    }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

test('a guesser behind the edge is one, and what clients claim beside it is not looked at', async () => {
  const from = (address: string, more = {}) =>
    guess(edge.url, { [CLIENT_ADDRESS_HEADER]: address, ...more });
  for (let time = 0; time < GUESSES; time += 1) {
    // What a client says itself changes nothing.
    expect(await from('198.51.100.1', { 'plaudit-client-address': `203.0.113.${time}` })).toBe(401);
  }
  expect(await from('198.51.100.1')).toBe(429);
  expect(await from('198.51.100.2')).toBe(401);
  expect(await guess(origin.url, { 'plaudit-client-address': '198.51.100.1' })).toBe(401);
});
