/** What operators see while Postgres is away. */
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, openFreshPostgres } from '../../test/databases.ts';
import { createTestVault } from '../../test/vault.ts';
import { startTcpProxy, type TcpProxy } from '../../test/tcp-proxy.ts';
import { createApp } from '../app.ts';
import { openDatabase, type OpenDatabase } from '../db/database.ts';
import { asSystem } from '../db/row-security.ts';
import { createMetrics } from './metrics.ts';
import { createReadiness } from './readiness.ts';

describe.skipIf(databases.length === 1)('while Postgres', () => {
  let own: Awaited<ReturnType<typeof openFreshPostgres>>;
  let proxy: TcpProxy;
  let database: OpenDatabase;
  let app: ReturnType<typeof createApp>;
  const now = () => new Date();
  beforeAll(async () => {
    own = await openFreshPostgres();
    const url = new URL(own.databaseUrl);
    proxy = await startTcpProxy(Number(url.port || 5432));
    url.host = `127.0.0.1:${proxy.port}`;
    database = await openDatabase({ databaseUrl: url.href, statementLimitMs: 800 });
    const readiness = createReadiness(database.db);
    const vault = createTestVault(database.db);
    const domain = { db: database.db, now, vault, onOutbox: () => {}, actor: 'system' as const };
    app = createApp({ domain, log: pino({ level: 'silent' }), readiness });
  });
  afterAll(async () => {
    await database.close();
    await own.close();
    await proxy.cut();
  });
  const ask = async (path: string) => {
    const answer = await app.request(`http://origin${path}`);
    return [answer.status, await answer.json()];
  };

  test('answers, the origin is ready', async () => {
    expect(await ask('/readyz')).toEqual([200, { status: 'ready' }]);
  });

  test('is frozen, the origin is alive and, within half a second, not ready', async () => {
    proxy.freeze();
    const startedAt = performance.now();
    const many = await Promise.all(Array.from({ length: 30 }, () => ask('/readyz')));
    expect(new Set(many.map(([status]) => status))).toEqual(new Set([503]));
    expect(many[0]).toEqual([503, { status: 'database' }]);
    // Half as much again for a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(750);
    expect(await ask('/healthz')).toEqual([200, { status: 'ok' }]);
    proxy.thaw();
    await expect.poll(() => ask('/readyz')).toEqual([200, { status: 'ready' }]);
  });

  test('refuses connections, figures say so, and none of it is old', async () => {
    const metrics = createMetrics({ database, backupFolder: 'none', now });
    expect((await metrics.read()).text).toContain('plaudit_queue_waiting{queue="outbox"} 0');
    await proxy.cut();
    const { text } = await metrics.read();
    expect(text).toContain('plaudit_database_up 0');
    expect(text).not.toContain('plaudit_queue_waiting{');
    await proxy.mend();
    await expect.poll(async () => (await metrics.read()).text).toContain('plaudit_database_up 1');
    expect((await metrics.read()).text).toMatch(
      /plaudit_database_connections\{state="idle"\} [1-9]/,
    );
  });

  test('lacks a migration, the origin is not ready; one more than it knows is fine', async () => {
    const shift = (by: number) =>
      asSystem(own.db, (tx) =>
        tx.execute(sql`update drizzle.__drizzle_migrations set created_at = created_at + ${by}`),
      );
    await shift(-1);
    expect(await ask('/readyz')).toEqual([503, { status: 'migrations' }]);
    await shift(2);
    expect(await ask('/readyz')).toEqual([200, { status: 'ready' }]);
  });
});
