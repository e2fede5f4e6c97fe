/** The copy of the audit log: whole, in order, and verified without the database. */
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { inShop } from '../../db/row-security.ts';
import { hashAct } from '../../domain/audit/act.ts';
import { recordAct } from '../../domain/audit/record.ts';
import { verifyActs } from '../../domain/audit/verify.ts';
import { verifyCopy } from '../../domain/audit/verify-copy.ts';
import type { Context } from '../../domain/context.ts';
import { erasePerson } from '../../domain/persons/erase.ts';
import { createShop } from '../../domain/shops/create.ts';
import { findShop } from '../../domain/shops/find.ts';
import { readQueues } from '../../watch/read-queues.ts';
import { openAuditSink, type AuditSink } from './audit-sink.ts';
import { startAuditCopy } from './start-audit-copy.ts';

const root = mkdtempSync(join(tmpdir(), 'plaudit-audit-copy-'));
afterAll(() => rmSync(root, { recursive: true }));

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const linesOf = (copy: string) => copy.split('\n').slice(0, -1);
const sequencesOf = (copy: string, shop: number) =>
  linesOf(copy)
    .map((line) => JSON.parse(line) as { shop: number; sequence: number })
    .filter((act) => act.shop === shop)
    .map(({ sequence }) => sequence);

describeOnEach('the copy of the audit log', (fixture) => {
  let context: Context;
  let now = new Date('2026-03-01T12:00:00.000Z');
  let folder: string;
  const pass = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };
  const act = async (appKey: string, count = 1) => {
    const { id: shopId } = await findShop(context.db, appKey);
    await inShop(context.db, shopId, async (tx) => {
      for (let n = 0; n < count; n++) {
        await recordAct(tx, { shopId, verb: 'settings.update', subject: String(n) }, context);
      }
    });
  };
  const waiting = async (sink: AuditSink) =>
    (await readQueues(context.db, now, sink.target)).find(({ name }) => name === 'audit');
  const start = (sink: AuditSink) => {
    const said: string[] = [];
    const write = (line: string) => said.push((JSON.parse(line) as { msg: string }).msg);
    const job = { db: context.db, sink, now: () => now, log: pino({}, { write }) };
    return { ...startAuditCopy(job), said };
  };
  const allCopied = (sink: AuditSink) =>
    expect.poll(async () => (await waiting(sink))?.waiting, { timeout: 20_000 }).toBe(0);

  beforeAll(async () => {
    context = { ...fixture.context, now: () => now };
    folder = mkdtempSync(join(root, 'copy-'));
    await createShop(context, { appKey: 'other', name: 'Other', autoPublish: true });
    await erasePerson(context, 'acme', 'mara@example.com', { removesReviews: false });
  });

  test('LG03: goes on within a minute after its place was away, with nothing left out or out of order', async () => {
    const file = join(folder, 'disk', 'audit.jsonl');
    const sink = openAuditSink({ file }, () => now);
    await act('acme', 700);
    await act('other', 3);
    const running = start(sink);
    await expect.poll(() => running.said).toContain('the audit log could not be copied');
    pass(45);
    expect(await waiting(sink)).toMatchObject({ waiting: 706, oldestSeconds: 45 });
    mkdirSync(join(folder, 'disk'));
    // However often it failed.
    pass(31);
    await allCopied(sink);
    await act('acme');
    pass(6);
    await allCopied(sink);
    await running.stop();
    const copy = readFileSync(file, 'utf8');
    const { id: acme } = await findShop(context.db, 'acme');
    const { id: other } = await findShop(context.db, 'other');
    expect(sequencesOf(copy, acme)).toEqual(Array.from({ length: 703 }, (_, n) => n + 1));
    expect(sequencesOf(copy, other)).toEqual([1, 2, 3, 4]);
    expect(copy).not.toMatch(/mara|example\.com/i);
    expect(running.said.at(-1)).toBe('the audit log is copied again');
  }, 60_000);

  test('LG03: is verified by itself, and its ends are those of the log', async () => {
    const copy = readFileSync(join(folder, 'disk', 'audit.jsonl'), 'utf8');
    const { heads, rewinds, fault } = await verifyCopy(linesOf(copy));
    expect([rewinds, fault]).toEqual([[], undefined]);
    for (const appKey of ['acme', 'other']) {
      const { id } = await findShop(context.db, appKey);
      const report = await verifyActs(context.db, appKey, heads.get(id));
      expect(report).toEqual({ head: heads.get(id) });
    }
  });

  test('LG03: shows every line that was changed or is gone', async () => {
    const lines = linesOf(readFileSync(join(folder, 'disk', 'audit.jsonl'), 'utf8'));
    for (let n = 0; n < lines.length; n++) {
      const changed = lines.with(n, lines[n]?.replace('"cli"', '"system"') ?? '');
      expect((await verifyCopy(changed)).fault).toEqual({ line: n + 1, kind: 'changed' });
    }
    const gap = await verifyCopy(lines.toSpliced(300, 1));
    expect(gap.fault).toEqual({ line: 301, kind: 'missing' });
    const half = await verifyCopy([...lines, lines[0]?.slice(0, 20) ?? '']);
    expect(half.fault).toEqual({ line: lines.length + 1, kind: 'unreadable' });
  }, 60_000);

  test('LG03: is whole though writing it broke off, in the midst of a line or before it was noted', async () => {
    const file = join(folder, 'broken.jsonl');
    const sink = openAuditSink({ file }, () => now);
    let breaks = 2;
    const breaking: AuditSink = {
      ...sink,
      async append(acts) {
        if (breaks-- > 0) {
          if (breaks === 1) await sink.append(acts);
          else appendFileSync(file, acts[0]?.slice(0, 100) ?? '');
          throw new Error('killed');
        }
        await sink.append(acts);
      },
    };
    const running = start(breaking);
    for (let failures = 1; failures <= 2; failures++) {
      await expect.poll(() => running.said.length).toBe(failures);
      pass(30);
    }
    await allCopied(sink);
    await running.stop();
    const copy = readFileSync(file, 'utf8');
    expect(linesOf(copy).length).toBeGreaterThan(708);
    const { heads, rewinds, fault } = await verifyCopy(linesOf(copy));
    expect([rewinds, fault]).toEqual([[], undefined]);
    const { id } = await findShop(context.db, 'acme');
    expect(heads.get(id)?.sequence).toBe(703);
  }, 60_000);

  test('LG03: is made anew as a whole where its place has lost it', async () => {
    const file = join(folder, 'broken.jsonl');
    rmSync(file);
    const sink = openAuditSink({ file }, () => now);
    pass(60);
    const running = start(sink);
    await expect
      .poll(async () => linesOf(await readSoon(file)).length, { timeout: 20_000 })
      .toBe(707);
    await running.stop();
  }, 60_000);

  test('tells of a log that went back, as it does when a backup is restored', async () => {
    const lines = linesOf(readFileSync(join(folder, 'broken.jsonl'), 'utf8'));
    const { id } = await findShop(context.db, 'acme');
    const own = lines.filter((line) => line.includes(`"shop":${id},`));
    // Another life of the shop: the same first act, then others.
    const fork = await verifyCopy([...own.slice(0, 5), ...own.slice(0, 2)]);
    expect([fork.rewinds, fork.fault]).toEqual([[], undefined]);
    const first = JSON.parse(own[0] ?? '') as { hash: string };
    const next = {
      sequence: 2,
      actor: 'cli',
      verb: 'backup.restore',
      subject: null,
      details: '{}',
    };
    const hash = hashAct(first.hash, { ...next, shopId: id, at: now });
    const line = JSON.stringify({ ...next, shop: id, at: now.toISOString(), hash });
    const found = await verifyCopy([...own.slice(0, 5), line]);
    expect(found).toMatchObject({ rewinds: [{ line: 6, shopId: id, after: 1 }] });
    expect(found.heads.get(id)).toEqual({ sequence: 2, hash });
  });

  test('LG03: is sent to an address, signed, and again until it is taken', async () => {
    let refusals = 2;
    let taken = '';
    const webhook = new Webhook(SECRET);
    const server = createServer(async (request, response) => {
      const body = await text(request);
      webhook.verify(body, request.headers as Record<string, string>);
      if (refusals-- > 0) return response.writeHead(503).end();
      for (const act of JSON.parse(body) as unknown[]) taken += `${JSON.stringify(act)}\n`;
      return response.writeHead(204).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    // The receiver checks the time by its own clock.
    now = new Date();
    const sink = openAuditSink({ url: `http://127.0.0.1:${port}/`, secret: SECRET }, () => now);
    const running = start(sink);
    for (let failures = 1; failures <= 2; failures++) {
      await expect.poll(() => running.said.length).toBe(failures);
      pass(30);
    }
    await allCopied(sink);
    await running.stop();
    expect((await verifyCopy(linesOf(taken))).fault).toBeUndefined();
    expect(linesOf(taken)).toHaveLength(707);
    server.close();
  }, 60_000);
});

const readSoon = async (path: string): Promise<string> => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
