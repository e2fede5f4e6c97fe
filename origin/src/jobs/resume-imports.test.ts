/** Imports over HTTP whose process is killed in the middle, as machines do it. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { plaudit, startServing, type Serving } from '../../test/command-line.ts';
import { databases, makeEmbedded, openFreshPostgres } from '../../test/databases.ts';
import { createManagementClient } from '../../test/management-client.ts';

const ROWS = 20_000;
/** Some rows are the same as others, and some cannot be read. */
const CONTENT = `sku,rating,body\n${Array.from({ length: ROWS }, (_, n) => {
  const rating = n % 100 === 99 ? 'none' : (n % 5) + 1;
  return `product-${n % 50},${rating},Text ${n % 3000}\n`;
}).join('')}`;

describe.each(databases)('an import over HTTP into %s', (name) => {
  let folder: string;
  let env: Record<string, string>;
  let close = async () => {};
  let serving: Serving;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plaudit-imports-'));
    env = { DATA_DIR: folder };
    if (name === 'PGlite') await makeEmbedded(folder);
    else {
      const { databaseUrl, close: drop } = await openFreshPostgres();
      env = { ...env, DATABASE_URL: databaseUrl };
      close = drop;
    }
    await plaudit(['shop', 'create', '--key', 'acme'], { env });
  }, 60_000);
  afterAll(async () => {
    if (serving?.child.exitCode === null) await serving.end('SIGKILL');
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const createApp = async () => {
    const { stdout } = await plaudit(['app', 'create', '--shop', 'acme', '--name', 'A'], { env });
    const [, clientId = ''] = /Made the app (\S+)/.exec(stdout) ?? [];
    const [, secret = ''] = /Its secret, shown this once: (\S+)/.exec(stdout) ?? [];
    return { clientId, secret };
  };
  const signIn = async (app: { clientId: string; secret: string }) => {
    const answer = await fetch(`${serving.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: app.clientId,
        client_secret: app.secret,
      }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    return createManagementClient(serving.url, token);
  };

  test('goes on by itself after a kill, and in the end is as if nothing had happened', async () => {
    const app = await createApp();
    serving = await startServing(env);
    let api = await signIn(app);
    const body = { content: CONTENT, mediaType: 'text/csv' };
    const { data } = await api('startImport', { body });
    const params = { importId: data.id };
    // A machine under load may answer 503 now and then: ask again.
    const get = () =>
      vi.waitFor(async () => (await api('getImport', { params })).data, { timeout: 20_000 });
    await vi.waitUntil(
      async () => {
        const { read } = await get();
        expect(read).toBeLessThan(ROWS);
        return read > 0;
      },
      { timeout: 60_000, interval: 5 },
    );
    expect(await serving.end('SIGKILL')).toBeNull();
    serving = await startServing(env);
    api = await signIn(app);
    await vi.waitUntil(async () => (await get()).state !== 'running', {
      timeout: 60_000,
      interval: 50,
    });
    const counts = { read: ROWS, imported: ROWS * 0.99, known: 0, failed: ROWS / 100 };
    expect(await get()).toMatchObject({ state: 'done', ...counts });
    const { data: page } = await api('listImportErrors', { params, query: { limit: 100 } });
    expect(page.errors.map(({ row }) => row)).toEqual(
      Array.from({ length: 100 }, (_, n) => (n + 1) * 100),
    );
    await vi.waitUntil(() =>
      readdirSync(join(folder, 'imports')).every((of) => of.startsWith('process')),
    );
    expect(await serving.end('SIGTERM')).toBe(0);
  }, 180_000);
});
