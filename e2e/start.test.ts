import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright';
import { build } from '../scripts/build.mjs';
import { findFreePort, isPortTaken } from '../scripts/stack.mjs';
import { root } from '../scripts/toolchain.mjs';
import { launchBrowser, visit } from './test/browser.ts';

const WOMENS_CLOTHING = join(root, '../shared/data/womens-clothing-ecommerce-reviews.csv.gz');

let dataDir: string;
let browser: Browser;
beforeAll(async () => {
  await build();
  dataDir = await mkdtemp(join(tmpdir(), 'plaudit-start-'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** `npm start` as a person runs it, in a process group of its own as a terminal gives it. */
async function npmStart(args: string[] = []) {
  const [store, edge, origin] = await Promise.all([findFreePort(), findFreePort(), findFreePort()]);
  const startedAt = performance.now();
  const child = spawn('npm', ['start', '--', ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      STORE_PORT: String(store),
      EDGE_PORT: String(edge),
      ORIGIN_PORT: String(origin),
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => (output += chunk));
  const exited = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
  });
  await expect
    .poll(() => (child.exitCode === null ? output : `ended: ${output}`), { timeout: 100_000 })
    .toMatch(/Ready\.|ended/);
  if (!output.includes('Ready.')) throw new Error(output);
  return {
    storeUrl: `http://127.0.0.1:${store}`,
    edgeUrl: `http://127.0.0.1:${edge}`,
    ports: [store, edge, origin],
    elapsedSeconds: () => (performance.now() - startedAt) / 1000,
    /** Ctrl-C: the terminal sends the signal to the whole group. */
    async interrupt() {
      process.kill(-(child.pid ?? 0), 'SIGINT');
      await exited;
      return child.pid ?? 0;
    },
  };
}

/** The processes of a group that are still there. */
const survivors = (group: number): string =>
  execFileSync('ps', ['-eo', 'pgid=,pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((row) => row.trim().startsWith(`${group} `))
    .join('\n');

describe('npm start', () => {
  test('shows the demo shop with reviews, keeps the data, and leaves nothing running', async () => {
    for (const run of ['first', 'second']) {
      const started = await npmStart();
      const { page, errors, close } = await visit(browser, started.storeUrl, started.edgeUrl);
      await page.locator('main a[href^="/products/"]').first().click();
      await page.locator('plaudit-reviews [part~="review"]').first().waitFor();
      console.log(
        `${run} start: reviews on the screen after ${started.elapsedSeconds().toFixed(1)} s`,
      );
      expect(errors).toEqual([]);
      await close();
      const group = await started.interrupt();
      expect(survivors(group)).toBe('');
      for (const port of started.ports) expect(await isPortTaken(port)).toBe(false);
    }
  }, 180_000);

  test('says which option is wrong', () => {
    const run = () =>
      execFileSync('npm', ['start', '--', '--colour', 'red'], { cwd: root, stdio: 'pipe' });
    expect(run).toThrow(/--colour/);
  });

  test.skipIf(!existsSync(WOMENS_CLOTHING))(
    'with --import shows a store over 23,486 real reviews',
    async () => {
      const started = await npmStart(['--import', WOMENS_CLOTHING]);
      const product = `${started.storeUrl}/products/1078`;
      const { page, errors, close } = await visit(browser, product, started.edgeUrl);
      const widget = page.locator('plaudit-reviews');
      await widget.locator('[part~="review"]').first().waitFor();
      expect(await widget.locator('[part~="summary"]').textContent()).toMatch(/4\.2\D[^]*1,024/);
      expect(errors).toEqual([]);
      await close();
      await started.interrupt();
    },
    180_000,
  );
});

if (!existsSync(WOMENS_CLOTHING)) {
  console.warn('Skipped: npm start -- --import, because ../shared/data is not there.');
}
