import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BIN, plaudit, type Outcome } from '../../test/command-line.ts';
import { databases, openFreshPostgres } from '../../test/databases.ts';

const cwd = mkdtempSync(join(tmpdir(), 'plaudit-cli-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(cwd, name), content);
  return name;
};

const CAREFUL_RULES = ['--shop', 'careful', '--moderation'];

describe('plaudit', () => {
  test.each([[[]], [['--help']]])('%j lists the commands', async (args) => {
    const { code, stdout, stderr } = await plaudit(args, { program: [BIN] });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: plaudit COMMAND/);
  });

  test.each(['review publish', 'import', 'export'])(
    '%s --help says how it is called',
    async (name) => {
      const { code, stdout } = await plaudit([...name.split(' '), '--help']);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^Usage: plaudit ${name}`));
    },
  );

  test.each([
    [['constructor'], 'There is no command "constructor"'],
    [['shop', 'create'], '--key KEY is missing'],
    [['shop', 'create', '--colour', 'red'], "'--colour'"],
    [['import', '--shop', 'a'], 'Name at least one file'],
    [['import', 'x.csv', '--shop', 'a', '--rating-scale', '7'], 'choose one of 5, 10, 100'],
    [['import', 'undo', '--shop', 'a'], 'ID is missing'],
    [['export', '--shop', 'a'], '--format NAME is missing'],
    [['export', '--shop', 'a', '--format', 'pdf'], 'choose one of plaudit-csv, jsonl'],
  ])('%j is refused with status 2', async (args, message) => {
    const { code, stdout, stderr } = await plaudit(args, { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('says that the database cannot be reached', async () => {
    const env = { DATABASE_URL: 'postgres://127.0.0.1:1/none' };
    const { code, stderr } = await plaudit(['product', 'list', '--shop', 'acme'], { env, cwd });
    expect([code, stderr]).toEqual([1, 'The database cannot be reached (ECONNREFUSED).\n']);
  });
});

describe('plaudit with a database', () => {
  let env: Record<string, string> = { DATA_DIR: join(cwd, 'data') };
  let close = async () => {};
  const run = (...args: string[]): Promise<Outcome> => plaudit(args, { env, cwd });

  beforeAll(async () => {
    // The commands are the same on both; a server opens faster than the embedded database.
    if (databases.some(([name]) => name === 'Postgres')) {
      const { databaseUrl, close: drop } = await openFreshPostgres();
      env = { DATABASE_URL: databaseUrl };
      close = drop;
    }
    await run('shop', 'create', '--key', 'careful', '--moderate');
  });
  afterAll(() => close());

  test('shop create makes a shop once, and minds a second time only when asked to', async () => {
    expect(await run('shop', 'create', '--key', 'acme')).toMatchObject({ code: 0 });
    const again = await run('shop', 'create', '--key', 'acme');
    expect(again).toMatchObject({ code: 2, stderr: 'There is a shop "acme" already.\n' });
    expect(await run('shop', 'create', '--key', 'acme', '--if-missing')).toMatchObject({ code: 0 });
    expect(await run('shop', 'create', '--key', 'no way')).toMatchObject({ code: 1 });
  });

  test('import reads gzip, lists what it cannot read, and adds nothing twice', async () => {
    const rows = 'sku,rating,body\nkettle,5,Warm\nkettle,4,=1+1\nkettle,,=2+2\n';
    const path = file('reviews.csv.gz', gzipSync(rows));
    const args = ['import', path, '--shop', 'imported', '--create-shop'];
    const first = await run(...args);
    expect(first).toMatchObject({ code: 0 });
    expect(first.stderr).toMatch(
      /3 rows read\n +2 imported\n +0 were there already\n +1 could not/,
    );
    const errors = readFileSync(join(cwd, 'reviews.csv.gz.import-errors.csv'), 'utf8');
    expect(errors.split('\r\n')).toEqual([
      'line,reason,sku,rating,body',
      "4,has no rating,kettle,,'=2+2",
      '',
    ]);
    expect((await run(...args)).stderr).toMatch(/0 imported\n +2 were there already/);
    const { stdout } = await run('product', 'list', '--shop', 'imported', '--json');
    expect(JSON.parse(stdout)).toEqual({ id: 'kettle', count: 2, average: 4.5 });
  });

  test('import list and undo take an import back', async () => {
    const path = file('undo.csv', 'sku,rating\npan,5\npan,1\n');
    const { stderr } = await run('import', path, '--shop', 'undoing', '--create-shop');
    const id = /plaudit import undo ([0-9a-f]{24})/.exec(stderr)?.[1] ?? '';
    const list = async () => (await run('import', 'list', '--shop', 'undoing')).stdout;
    expect(await list()).toMatch(new RegExp(`^${id} .* done +2 +undo.csv\n$`));
    const undone = await run('import', 'undo', id, '--shop', 'undoing');
    expect(undone.stdout).toBe(`The import ${id} is undone: 2 reviews deleted.\n`);
    expect(await list()).toContain('undone');
    const products = await run('product', 'list', '--shop', 'undoing', '--json');
    expect(JSON.parse(products.stdout)).toMatchObject({ id: 'pan', count: 0 });
    expect(await run('import', 'undo', 'x', '--shop', 'undoing')).toMatchObject({
      code: 1,
      stderr: 'There is no import "x" in this shop.\n',
    });
  });

  test('export writes what import reads, with addresses only when asked to', async () => {
    const rows = 'sku,rating,body,email\nkettle,5,=1+1,ann@example.com\n';
    const source = file('out.csv', rows);
    await run('import', source, '--shop', 'exporting', '--create-shop');
    const args = ['export', '--shop', 'exporting', '--format', 'plaudit-csv'];
    const { code, stdout, stderr } = await run(...args);
    expect([code, stderr]).toEqual([0, '1 reviews written\n']);
    expect(stdout).toContain("'=1+1");
    expect(stdout).not.toContain('ann@');
    const saved = await run(...args, '--with-emails', '--output', 'saved.csv.gz');
    expect(saved).toMatchObject({ code: 0, stdout: '' });
    const text = gunzipSync(readFileSync(join(cwd, 'saved.csv.gz'))).toString();
    expect(text).toContain('ann@example.com');
    const again = await run('import', 'saved.csv.gz', '--shop', 'again', '--create-shop');
    expect(again.stderr).toMatch(/Plaudit.*1 rows read\n +1 imported/);
  });

  test('an export that fails leaves no file behind', async () => {
    const args = ['--format', 'jsonl', '--output', 'none/out.jsonl'];
    const { code, stderr } = await run('export', '--shop', 'careful', ...args);
    expect(code).toBe(1);
    expect(stderr).toMatch(/ENOENT/);
    const unknown = await run('export', '--shop', 'nowhere', '--format', 'jsonl', '--output', 'x');
    expect(unknown).toMatchObject({ code: 1, stderr: 'There is no shop "nowhere".\n' });
    expect(existsSync(join(cwd, 'x'))).toBe(false);
  });

  test('audit lists who did what, and verifies that it is whole', async () => {
    const { stdout } = await run('audit', 'list', '--shop', 'careful', '--json');
    const made = { sequence: 1, actor: 'cli', verb: 'shop.create', subject: 'careful' };
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([expect.objectContaining(made)]);
    const verified = await run('audit', 'verify', '--shop', 'careful');
    const [, mark = ''] =
      /^The audit log is whole: (1:[0-9a-f]{64})\n$/.exec(verified.stdout) ?? [];
    expect(await run('audit', 'verify', '--shop', 'careful', '--expect', mark)).toEqual(verified);
    const other = `1:${'f'.repeat(64)}`;
    expect(await run('audit', 'verify', '--shop', 'careful', '--expect', other)).toMatchObject({
      code: 1,
      stderr: 'Act 1 is not the one that --expect is from.\n',
    });
  });

  test('import --dry-run changes nothing', async () => {
    const path = file('dry.csv', 'sku,rating\nmug,5\n');
    const { code, stderr } = await run('import', path, '--shop', 'careful', '--dry-run');
    expect(code).toBe(0);
    expect(stderr).toContain('1 would be imported; nothing was changed');
    expect((await run('product', 'list', '--shop', 'careful')).stdout).toBe('');
  });

  test('import ends with 1 when no row could be read, and with a clear word without a file', async () => {
    const path = file('useless.csv', 'sku,rating\nmug,none\n');
    expect((await run('import', path, '--shop', 'careful')).code).toBe(1);
    const missing = await run('import', 'missing.csv', '--shop', 'careful');
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/ENOENT.*missing\.csv/);
    expect(await run('import', path, '--shop', 'nowhere')).toMatchObject({
      code: 1,
      stderr: 'There is no shop "nowhere".\n',
    });
  });

  test('UG11: what others wrote gives a terminal no orders', async () => {
    const orders = '\u001b]0;x\u0007\u009b31m\u202emoc\u200f';
    const row = { sku: `a${orders}`, product_title: orders, rating: 5, body: orders };
    const rows = [row, { ...row, status: 'pending', title: orders }];
    const path = file('orders.jsonl', rows.map((each) => JSON.stringify(each)).join('\n'));
    await run('import', path, '--shop', 'obeying', '--create-shop');
    for (const what of ['product', 'review', 'import']) {
      const { stdout } = await run(what, 'list', '--shop', 'obeying');
      expect(stdout).toMatch(what === 'import' ? 'orders.jsonl' : '\\u001b]0;x\\u0007\\u009b31m');
      expect(stdout).toMatch(/^[^\p{Cc}\p{Bidi_C}]*\n$/u);
    }
  });

  test('review list, publish and reject decide on what waits', async () => {
    const path = file('waiting.csv', 'sku,rating,body,status\nmug,5,Fine,pending\n');
    await run('import', path, '--shop', 'careful');
    const { stdout } = await run('review', 'list', '--shop', 'careful');
    expect(stdout).toMatch(/^[0-9a-f]{24} {2}★★★★★ {2}mug {2}Fine\n$/);
    const id = stdout.slice(0, 24);
    const decide = async (verb: string) =>
      (await run('review', verb, id, '--shop', 'careful')).stdout;
    expect(await decide('publish')).toBe(`${id} is published now.\n`);
    expect(await decide('publish')).toBe(`${id} was published already.\n`);
    expect(await decide('reject')).toBe(`${id} is rejected now.\n`);
    expect(await run('review', 'reject', 'unheard-of', '--shop', 'careful')).toMatchObject({
      code: 1,
    });
  });

  test('settings show what is set, and the rules of moderation where they are asked for', async () => {
    const show = async (...more: string[]) =>
      JSON.parse((await run('settings', 'show', '--shop', 'careful', ...more)).stdout) as unknown;
    const update = (content: unknown) =>
      run('settings', 'update', file('rules.json', JSON.stringify(content)), ...CAREFUL_RULES);
    expect(await show()).toMatchObject({ locale: 'en' });
    const rules = await show('--moderation');
    expect(rules).toMatchObject({ autoPublish: false, holdLinks: true, blocklist: [] });
    expect(await update({ autoPublish: false, blocklist: ['casino'] })).toMatchObject({
      code: 0,
      stdout: 'The rules of "careful" are at version 2 now.\n',
    });
    expect(await show('--moderation')).toMatchObject({ blocklist: ['casino'] });
    const wrong = await update({ autoPublish: false, holdLink: true, blocklist: ['!!'] });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/blocklist.0: must have a letter or a digit/);
    expect(wrong.stderr).toMatch(/holdLink/);
    expect(await show()).not.toHaveProperty('blocklist');
  });

  test('settings list and rollback go back to what was set before', async () => {
    await run('shop', 'create', '--key', 'changing');
    const settings = (...args: string[]) => run('settings', ...args, '--shop', 'changing');
    for (const autoPublish of [true, false]) {
      const path = file('rules.json', JSON.stringify({ autoPublish }));
      expect((await settings('update', path, '--moderation')).code).toBe(0);
    }
    const back = await settings('rollback', '2', '--moderation');
    expect(back.stdout).toBe('What was set at version 2 is version 4 now.\n');
    const shown = await settings('show', '--moderation');
    expect(JSON.parse(shown.stdout)).toMatchObject({ autoPublish: true });
    const { stdout } = await settings('list', '--moderation');
    expect(stdout.match(/^ +\d+ {2}\S+Z {2}cli$/gm)).toHaveLength(4);
    expect((await settings('list')).stdout).toMatch(/^ +1 {2}\S+ {2}cli\n$/);
    expect(await settings('rollback', '9')).toMatchObject({
      code: 1,
      stderr: 'There is no version 9.\n',
    });
    expect((await settings('rollback', 'x')).code).toBe(2);
  });

  test('settings update takes valid settings only', async () => {
    const settings = { locale: 'de', look: { scheme: 'dark' }, layout: { pageSize: 5 }, texts: {} };
    const update = (content: string) =>
      run('settings', 'update', file('settings.json', content), '--shop', 'careful');
    expect(await update(JSON.stringify(settings))).toMatchObject({
      code: 0,
      stdout: 'The settings of "careful" are at version 2 now.\n',
    });
    const invalid = await update(JSON.stringify({ ...settings, locale: '?' }));
    expect(invalid.code).toBe(2);
    expect(invalid.stderr).toContain('locale: must be a language tag');
    expect((await update('{')).code).toBe(2);
  });
});
