import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderInUseError, lockFolder } from './folder-lock.ts';

const LOCK_MODULE = fileURLToPath(new URL('folder-lock.ts', import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plaudit-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that tries to take the folder and keeps it; says whether it got it. */
async function startOther(): Promise<{ child: ChildProcess; isHolding: boolean }> {
  const script = `
    import { lockFolder } from ${JSON.stringify(LOCK_MODULE)};
    try { lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000); }
    catch (error) { console.log(error.constructor.name); }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, isHolding: said.toString().trim() === 'held' };
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

test('a folder is taken once, and again after it was given back', () => {
  const unlock = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(FolderInUseError);
  unlock();
  lockFolder(folder)();
});

test('a folder that another process holds is refused, naming it', async () => {
  const { child, isHolding } = await startOther();
  expect(isHolding).toBe(true);
  expect(() => lockFolder(folder)).toThrow(`another process (pid ${child.pid})`);
  await kill(child);
});

test('a process that was killed holds nothing, whoever has its number now', async () => {
  const { child } = await startOther();
  await kill(child);
  writeFileSync(join(folder, 'process.pid'), String(process.ppid));
  expect(lockFolder(folder)).not.toThrow();
});

test('of several that come when the holder was killed, one gets it', async () => {
  const { child } = await startOther();
  await kill(child);
  const others = await Promise.all(Array.from({ length: 4 }, startOther));
  expect(others.filter(({ isHolding }) => isHolding)).toHaveLength(1);
  await Promise.all(others.map(async (other) => other.isHolding && kill(other.child)));
});
