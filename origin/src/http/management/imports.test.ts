import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { clock, describeOnEach } from '../../../test/databases.ts';
import {
  createManagementClient,
  problemOf,
  type InputOf,
  type ManagementClient,
} from '../../../test/management-client.ts';
import { startOAuthOrigin, type OAuthOrigin } from '../../../test/oauth-origin.ts';
import { listActs } from '../../domain/audit/list.ts';
import { listProducts } from '../../domain/products/list.ts';
import { findShop } from '../../domain/shops/find.ts';
import { createInbox, type Inbox } from '../../exchange/inbox.ts';
import { startImports } from '../../jobs/start-imports.ts';
import type { WorkLoop } from '../../jobs/work-loop.ts';
import { createFileIntake, WAITING_MAX } from './receive-file.ts';

const MAX_BYTES = 200_000;
const DAY_MS = 24 * 3_600_000;
type Query = NonNullable<InputOf<'startImport'>['query']>;

describeOnEach('an import over the management API', (fixture) => {
  let folder: string;
  let inbox: Inbox;
  let origin: OAuthOrigin;
  let token: string;
  let api: ManagementClient;
  let jobs: WorkLoop | undefined;
  let products = 0;

  /** What works on files; tests that look at waiting ones have it stopped. */
  const begin = (laterMs = 0) => {
    const now = () => new Date(clock.now.getTime() + laterMs);
    jobs ??= startImports({ ...fixture.context, now }, inbox, pino({ level: 'silent' }));
  };
  const stop = async () => {
    await jobs?.stop();
    jobs = undefined;
  };
  beforeAll(async () => {
    clock.now = new Date();
    folder = mkdtempSync(join(tmpdir(), 'plaudit-imports-'));
    inbox = createInbox(folder, MAX_BYTES);
    const intake = createFileIntake(inbox, () => jobs?.wake());
    origin = await startOAuthOrigin(fixture.context, { intake });
    token = await origin.token(await origin.app());
    api = createManagementClient(origin.url, token);
  });
  afterAll(async () => {
    await stop();
    await origin.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A product of no other test. */
  const newProduct = () => `product-${(products += 1)}`;
  const csv = (content: string | Uint8Array<ArrayBuffer>, mediaType = 'text/csv') => ({
    content,
    mediaType,
  });
  const send = async (content: string, query: Query = {}) =>
    (await api('startImport', { query, body: csv(content) })).data;
  const get = async (importId: string) => (await api('getImport', { params: { importId } })).data;
  const ended = (importId: string) =>
    vi.waitFor(
      async () => {
        const found = await get(importId);
        expect(found.endedAt).toBeDefined();
        return found;
      },
      { timeout: 20_000, interval: 50 },
    );
  const ratingOf = async (product: string) => {
    const { db } = fixture.context;
    const all = await listProducts(db, (await findShop(db, 'acme')).id);
    return all.find(({ id }) => id === product);
  };

  test('is taken on at once, and done afterwards', async () => {
    await stop();
    const product = newProduct();
    const content = `sku,rating,body\n${product},5,Good\n${product},,Nothing\n${product},3,So so\n`;
    const query = { fileName: 'shop.csv' };
    const { status, headers, data } = await api('startImport', { query, body: csv(content) });
    expect(status).toBe(202);
    expect(headers.get('location')).toBe(`/api/v1/imports/${data.id}`);
    expect(data).toMatchObject({ state: 'running', read: 0, imported: 0, fileName: 'shop.csv' });
    expect(await get(data.id)).toEqual(data);
    begin();
    expect(await ended(data.id)).toMatchObject({
      state: 'done',
      source: 'import:generic',
      isDryRun: false,
      read: 3,
      imported: 2,
      known: 0,
      failed: 1,
    });
    expect(await ratingOf(product)).toMatchObject({ count: 2, average: 4 });
    await vi.waitFor(async () => expect(await inbox.list()).toEqual([]));
    const again = await send(content);
    expect(again.id).not.toBe(data.id);
    expect(await ended(again.id)).toMatchObject({ imported: 0, known: 2, failed: 1 });
    const [act] = await listActs(fixture.context.db, 'acme', 1);
    expect(act).toMatchObject({ verb: 'import.start', actor: expect.stringMatching(/^app:/) });
    await api('undoImport', { params: { importId: data.id } });
    expect(await get(data.id)).toMatchObject({ state: 'undone', undone: 2 });
    expect(await ratingOf(product)).toMatchObject({ count: 0 });
  });

  test.each([
    ['gzip', 'text/csv', (id: string) => gzipSync(`sku,rating\n${id},4\n`)],
    ['a table with tabs', 'text/tab-separated-values', (id: string) => `sku\trating\n${id}\t4\n`],
    ['JSON lines', 'application/jsonl', (id: string) => `{"sku":"${id}","rating":4}\n`],
  ])('takes %s', async (name, mediaType, write) => {
    begin();
    const product = newProduct();
    const body = {
      content: write(product),
      mediaType,
      ...(name === 'gzip' && { coding: 'gzip' }),
    };
    const { data } = await api('startImport', { body });
    expect(await ended(data.id)).toMatchObject({ state: 'done', imported: 1 });
    expect(await ratingOf(product)).toMatchObject({ count: 1, average: 4 });
  });

  test('lists what was wrong with which row, in pages, and repeats nothing of it', async () => {
    begin();
    const wrong = Array.from({ length: 5 }, (_, n) => `x,secret${n}@example.com,\n`).join('');
    const cut = `x,5,${'long '.repeat(3000)}\n`;
    const { id } = await send(`sku,rating,body\n${wrong}${cut}x,5\n`);
    expect(await ended(id)).toMatchObject({ read: 7, imported: 1, failed: 6 });
    const params = { importId: id };
    const { data: all } = await api('listImportErrors', { params });
    expect(all.errors.map(({ row, line, field }) => ({ row, line, field }))).toEqual([
      ...[1, 2, 3, 4, 5].map((row) => ({ row, line: row + 1, field: 'rating' })),
      { row: 6, line: 7, field: 'body' },
      { row: 7, line: 8, field: undefined },
    ]);
    expect(all).not.toHaveProperty('next');
    expect(JSON.stringify(all)).not.toContain('secret');
    const first = await api('listImportErrors', { params, query: { limit: 4 } });
    const query = { cursor: Number(first.data.next) };
    const second = await api('listImportErrors', { params, query });
    expect([...first.data.errors, ...second.data.errors]).toEqual(all.errors);
    const unknown = { importId: 'unknown' };
    const noErrors = await problemOf(api('listImportErrors', { params: unknown }));
    const none = await problemOf(api('getImport', { params: unknown }));
    expect([noErrors.problem.status, none.problem.status]).toEqual([404, 404]);
  });

  test('asks about what could be read in several ways, naming the parameter', async () => {
    begin();
    const product = newProduct();
    const unclear = async (content: string, query: Query = {}) => {
      const { problem } = await problemOf(send(content, query));
      expect(problem).toMatchObject({ type: 'urn:plaudit:problem:unreadable-file', status: 422 });
      return problem;
    };
    const dated = `sku,rating,date\n${product},5,03/04/2024\n`;
    expect(await unclear(dated)).toMatchObject({
      parameter: 'dateFormat',
      detail: expect.stringContaining('dd/mm/yyyy or as mm/dd/yyyy'),
    });
    const tens = `sku,rating,date\n${product},8,03/04/2024\n`;
    expect(await unclear(tens)).toMatchObject({ parameter: 'ratingScale' });
    expect(await unclear('thing,points\nx,5\n')).toMatchObject({ parameter: 'columns' });
    const columns = ['Points=rating'];
    expect(await unclear('thing,points\nx,5\n', { columns })).toMatchObject({
      parameter: 'columns',
    });
    expect(await unclear('sku,rating\n')).not.toHaveProperty('parameter');
    expect(JSON.stringify(await unclear('thing,points\nx,5\n'))).not.toContain('--');
    expect(await inbox.list()).toEqual([]);
    const query = { ratingScale: '10', dateFormat: 'dd/mm/yyyy' } as const;
    const { id } = await send(tens, query);
    expect(await ended(id)).toMatchObject({ imported: 1 });
    expect(await ratingOf(product)).toMatchObject({ average: 4 });
    const mapped = await send(`thing;points\n${product};2\n`, {
      columns: ['thing=productId', 'points=rating'],
    });
    expect(await ended(mapped.id)).toMatchObject({ imported: 1 });
  });

  test('adds nothing in a dry run, and says what it would add', async () => {
    begin();
    const product = newProduct();
    const content = `sku,rating\n${product},5\n${product},none\n`;
    const { id } = await send(content, { dryRun: true });
    expect(await ended(id)).toMatchObject({
      isDryRun: true,
      state: 'done',
      read: 2,
      imported: 1,
      failed: 1,
    });
    expect(await ratingOf(product)).toBeUndefined();
    const { data } = await api('listImportErrors', { params: { importId: id } });
    expect(data.errors).toMatchObject([{ row: 2, field: 'rating' }]);
  });

  test('is begun once under one key, and once while the same file runs', async () => {
    await stop();
    const content = `sku,rating\n${newProduct()},5\n`;
    const request = { body: csv(content), key: 'an import of mine' };
    const first = await api('startImport', request);
    const again = await api('startImport', request);
    expect(again.data).toEqual(first.data);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    const other = { ...request, body: csv(`${content}x,1\n`) };
    expect((await problemOf(api('startImport', other))).problem).toMatchObject({
      type: 'urn:plaudit:problem:idempotency-conflict',
    });
    const otherwise = { ...request, query: { dryRun: true } };
    expect((await problemOf(api('startImport', otherwise))).problem.status).toBe(422);
    expect((await send(content)).id).toBe(first.data.id);
    // Of all these, one file is needed.
    expect(await inbox.list()).toHaveLength(1);
    begin();
    await ended(first.data.id);
    expect((await api('startImport', request)).data).toEqual(first.data);
    await vi.waitFor(async () => expect(await inbox.list()).toEqual([]));
  });

  test('that is taken back while it waits brings nothing in', async () => {
    await stop();
    const product = newProduct();
    const { id } = await send(`sku,rating\n${product},5\n`);
    await api('undoImport', { params: { importId: id } });
    begin(DAY_MS);
    await vi.waitFor(async () => expect(await inbox.list()).toEqual([]));
    expect(await get(id)).toMatchObject({ state: 'undone' });
    expect(await ratingOf(product)).toBeUndefined();
    await stop();
  });

  test('fails where the file does not read to its end; what came before can be taken back', async () => {
    begin();
    const product = newProduct();
    const rows = Array.from({ length: 6000 }, (_, n) => `${product},5,Text ${n}\n`).join('');
    const whole = gzipSync(`sku,rating,body\n${rows}`);
    const content = whole.subarray(0, whole.length - 20);
    const { data } = await api('startImport', {
      body: { content, mediaType: 'text/csv', coding: 'gzip' },
    });
    const failed = await ended(data.id);
    expect(failed).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('end of file'),
    });
    expect(failed.imported).toBeGreaterThan(0);
    await api('undoImport', { params: { importId: data.id } });
    expect(await ratingOf(product)).toMatchObject({ count: 0 });
  });

  test('fails when its file is gone for a day', async () => {
    await stop();
    const { id } = await send(`sku,rating\n${newProduct()},5\n`);
    const [file] = await inbox.list();
    await inbox.remove(file?.name ?? '');
    begin(DAY_MS + 1);
    expect(await ended(id)).toMatchObject({
      state: 'failed',
      failure: expect.stringContaining('send it again'),
    });
    await stop();
  });

  test('leaves no file behind that nothing is known of', async () => {
    await stop();
    const old = new Date(Date.now() - DAY_MS);
    for (const name of ['a'.repeat(20), `${'b'.repeat(20)}.part`, 'c'.repeat(20)]) {
      writeFileSync(join(folder, name), '');
      if (!name.startsWith('c')) utimesSync(join(folder, name), old, old);
    }
    begin();
    await vi.waitFor(async () =>
      expect((await inbox.list()).map(({ name }) => name)).toEqual(['c'.repeat(20)]),
    );
    await inbox.remove('c'.repeat(20));
  });

  test('UG09: lies under a name of ours, whatever people call it', async () => {
    await stop();
    const names = [
      '../../../etc/passwd',
      String.raw`..\..\boot.ini`,
      '/etc/passwd',
      'CON',
      'nul.csv',
      '.htaccess',
      'a\u202egpj.csv',
      '%2e%2e%2fx.csv',
      'a;rm -rf *.csv',
      'x'.repeat(255),
    ];
    // Whoever works on the files has left a lock.
    const before = new Set(readdirSync(folder));
    const arrived = () => readdirSync(folder).filter((name) => !before.has(name));
    for (const fileName of names) {
      const product = newProduct();
      const { id } = await send(`sku,rating\n${product},5\n`, { fileName });
      expect((await get(id)).fileName).toBe(fileName);
      const [name = '', ...others] = arrived();
      expect(name).toMatch(/^[\w-]{20}$/);
      expect(others).toEqual([]);
      await api('undoImport', { params: { importId: id } });
      await inbox.remove(name);
    }
    for (const fileName of ['x'.repeat(300), 'a\0.csv']) {
      const query = new URLSearchParams({ fileName }).toString();
      const refused = await fetch(`${origin.url}/api/v1/imports?${query}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
        body: 'sku,rating\nx,5\n',
      });
      expect([refused.status, await refused.json()]).toMatchObject([
        400,
        { parameter: 'fileName' },
      ]);
    }
    expect(arrived()).toEqual([]);
  });

  test('refuses what is no file that it takes', async () => {
    const refused = async (call: Promise<unknown>) => (await problemOf(call)).problem;
    const json = csv('{}', 'application/json');
    expect(await refused(api('startImport', { body: json }))).toMatchObject({
      status: 415,
      detail: expect.stringContaining('text/csv'),
    });
    const packed = { ...csv('x'), coding: 'br' };
    expect(await refused(api('startImport', { body: packed }))).toMatchObject({ status: 415 });
    const long = csv('x'.repeat(MAX_BYTES + 1));
    expect(await refused(api('startImport', { body: long }))).toMatchObject({ status: 413 });
    const endless = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(10_000)),
    });
    const unsaid = { content: endless, mediaType: 'text/csv' };
    await expect(api('startImport', { body: unsaid })).rejects.toThrow(/413|fetch failed/);
    await vi.waitFor(async () => expect(await inbox.list()).toEqual([]));
    const raw = await fetch(`${origin.url}/api/v1/imports?colour=red`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
      body: 'x',
    });
    expect([raw.status, await raw.json()]).toMatchObject([400, { parameter: 'colour' }]);
    const few = await origin.token(await origin.app({ scopes: ['imports:read'] }));
    const reader = createManagementClient(origin.url, few);
    expect(await refused(reader('startImport', { body: csv('x') }))).toMatchObject({ status: 403 });
  });

  test(`takes no more than ${WAITING_MAX} files of a shop at a time`, async () => {
    await stop();
    const file = (n: number) => `sku,rating\nwaiting-${n},5\n`;
    const ids: string[] = [];
    for (let n = 0; n < WAITING_MAX; n += 1) ids.push((await send(file(n))).id);
    expect((await problemOf(send(file(WAITING_MAX)))).problem.status).toBe(429);
    begin();
    for (const id of ids) await ended(id);
    expect((await send(file(WAITING_MAX))).state).toBe('running');
  });
});
