/** What people do who have to go back to last night's backup. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { plaudit } from '../../test/command-line.ts';
import { databases, makeEmbedded, openFreshPostgres } from '../../test/databases.ts';

const root = mkdtempSync(join(tmpdir(), 'plaudit-restore-'));
afterAll(() => rmSync(root, { recursive: true }));

const FILE = `product_id,rating,title,body,author,email,created_at
lamp,5,Bright,Very bright,Mara Canary,mara@example.com,2026-01-02T10:00:00Z
lamp,3,Fair,Fairly bright,Ines,ines@example.com,2026-01-02T10:00:00Z
`;

describe.each(databases)('plaudit restore of %s', (kind) => {
  test('GD03: erases again whom the backup holds, and does not begin without the list of them', async () => {
    const folder = join(root, kind);
    await makeEmbedded(folder);
    const fresh = kind === 'Postgres' ? await openFreshPostgres() : undefined;
    const env = { DATA_DIR: folder, ...(fresh && { DATABASE_URL: fresh.databaseUrl }) };
    const run = (...args: string[]) => plaudit(args, { env });
    const csv = join(folder, 'reviews.csv');
    writeFileSync(csv, FILE);
    await run('shop', 'create', '--key', 'acme');
    const imported = await run('import', csv, '--shop', 'acme');
    expect([imported.code, imported.stderr]).toEqual([0, expect.anything()]);
    await run('backup');
    const person = ['--shop', 'acme', '--email', 'mara@example.com'];
    const erased = await run('person', 'erase', ...person, '--yes');
    expect(erased.stdout).toContain('1 reviews made nobody');
    const files = readdirSync(join(folder, 'backups'));
    const name = files.find((one) => one.endsWith('.backup')) ?? '';

    // Elsewhere, with the backup and its key alone.
    const place = join(root, `${kind}-elsewhere`);
    cpSync(join(folder, 'backups', name), join(place, name));
    cpSync(join(folder, 'backup.key'), join(place, 'backup.key'));
    cpSync(join(folder, 'data.key'), join(place, 'data.key'));
    // What this place knows by itself is no answer to what the other one did.
    mkdirSync(join(place, 'backups'));
    writeFileSync(join(place, 'backups', 'erasures.jsonl'), '');
    const target = kind === 'Postgres' ? await openFreshPostgres() : undefined;
    const there = { DATA_DIR: place, ...(target && { DATABASE_URL: target.databaseUrl }) };
    const refused = await plaudit(['restore', join(place, name)], { env: there });
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('No erasures.jsonl is in'),
    });
    cpSync(join(folder, 'backups', 'erasures.jsonl'), join(place, 'erasures.jsonl'));
    const restored = await plaudit(['restore', join(place, name)], { env: there });
    expect(restored).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 erasures that the backup did not know of are done again'),
    });
    const out = ['export', '--shop', 'acme', '--format', 'jsonl', '--with-emails'];
    const exported = await plaudit(out, { env: there });
    expect(exported.stdout).toContain('Fairly bright');
    expect(exported.stdout).toContain('Very bright');
    expect(exported.stdout).not.toMatch(/mara/i);
    await fresh?.close();
    await target?.close();
  }, 120_000);
});
