import { toProblem } from '@plaudit/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, openFreshPostgres } from '../../test/databases.ts';
import { createTestVault } from '../../test/vault.ts';
import { startTcpProxy, type TcpProxy } from '../../test/tcp-proxy.ts';
import { basic, startOAuthOrigin, type OAuthOrigin } from '../../test/oauth-origin.ts';
import { createApp } from '../app.ts';
import { openDatabase, type OpenDatabase } from '../db/database.ts';
import { createShop } from '../domain/shops/create.ts';

const hasPostgres = databases.some(([name]) => name === 'Postgres');
/** More than the pool has connections: each of them is used, and some requests wait for one. */
const MANY = 15;

describe.skipIf(!hasPostgres)('while Postgres', () => {
  let own: Awaited<ReturnType<typeof openFreshPostgres>>;
  let proxy: TcpProxy;
  let database: OpenDatabase;
  let app: ReturnType<typeof createApp>;
  let oauth: OAuthOrigin;

  beforeAll(async () => {
    own = await openFreshPostgres();
    const url = new URL(own.databaseUrl);
    proxy = await startTcpProxy(Number(url.port || 5432));
    url.host = `127.0.0.1:${proxy.port}`;
    database = await openDatabase({ databaseUrl: url.href, statementLimitMs: 800 });
    const actor = 'system' as const;
    const vault = createTestVault(database.db);
    const domain = { db: database.db, now: () => new Date(), actor, vault, onOutbox: () => {} };
    await createShop(domain, { appKey: 'acme', name: 'Acme', autoPublish: true });
    app = createApp({ domain, log: pino({ level: 'silent' }) });
    oauth = await startOAuthOrigin(domain);
  });
  afterAll(async () => {
    await oauth.close();
    await database.close();
    await own.close();
    await proxy.cut();
  });

  const read = async () => app.request('http://origin/v1/shops/acme/settings');
  let visitors = 0;
  const write = async () => {
    const email = `visitor-${(visitors += 1)}@example.com`;
    return app.request('http://origin/v1/shops/acme/products/kettle/reviews', {
      method: 'POST',
      body: JSON.stringify({ rating: 5, author: 'Mara', email }),
    });
  };
  const readMany = () => Promise.all(Array.from({ length: MANY }, read));
  const writeMany = () => Promise.all(Array.from({ length: MANY }, write));

  async function expectUnavailable(answers: Response[]) {
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.json()).toEqual(toProblem('unavailable'));
    }
  }
  async function statuses() {
    const answers = [...(await writeMany()), ...(await readMany())];
    return [...new Set(answers.map(({ status }) => status))];
  }

  test('does not answer, requests are told to come back, within a second each; after it all is well', async () => {
    expect(await statuses()).toEqual([201, 200]);
    proxy.freeze();
    const startedAt = performance.now();
    await expectUnavailable(await writeMany());
    await expectUnavailable(await readMany());
    // Twice 800 ms, and half as much again for a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(2400);
    proxy.thaw();
    expect(await statuses()).toEqual([201, 200]);
  });

  test('refuses connections, requests are told to come back; after it all is well', async () => {
    expect(await statuses()).toEqual([201, 200]);
    await proxy.cut();
    await expectUnavailable([...(await writeMany()), ...(await readMany())]);
    await proxy.mend();
    expect(await statuses()).toEqual([201, 200]);
  });

  test('refuses connections, apps and people who sign in are told to come back', async () => {
    const client = await oauth.app({ isShopItself: true });
    const form = { grant_type: 'client_credentials' };
    const headers = { authorization: basic(client) };
    const json = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...form, client_id: 'acme', client_secret: client.secret }),
    };
    const ask = () =>
      Promise.all([
        oauth.post('/oauth/token', form, headers),
        fetch(`${oauth.url}/oauth/token`, json),
        oauth.post('/oauth/introspect', { token: 'x' }, headers),
        fetch(`${oauth.url}/oauth/authorize?client_id=acme&response_type=code`),
      ]);
    expect((await ask()).map(({ status }) => status)).toEqual([200, 200, 200, 400]);
    await proxy.cut();
    for (const answer of await ask()) {
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.text()).not.toMatch(/ECONN|select|plaudit_find/);
    }
    await proxy.mend();
    expect((await ask()).map(({ status }) => status)).toEqual([200, 200, 200, 400]);
  });
});
