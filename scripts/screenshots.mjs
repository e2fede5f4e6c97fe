/**
 * `npm run screenshots`: takes the pictures of the demo store that the documents show, desktop and
 * phone, light and dark, from the real line. `--out DIR` puts them elsewhere than `docs/`;
 * `--store URL` photographs a store that already runs. `--matrix` takes those of every widget in every
 * state instead, narrow and wide, light and dark, into `dist/screenshots`.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { ensureBrowser, findBrowser } from './browser.mjs';
import { root, toolEnvironment, withToolchain } from './toolchain.mjs';

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

/** @type {{ name: string, path: string, viewport: typeof DESKTOP, colorScheme: 'light' | 'dark', scrollTo?: string }[]} */
const PICTURES = [
  {
    name: 'demo',
    path: 'product',
    viewport: DESKTOP,
    colorScheme: 'light',
    scrollTo: 'plaudit-reviews',
  },
  { name: 'listing', path: '/', viewport: DESKTOP, colorScheme: 'light' },
  { name: 'listing-phone', path: '/', viewport: PHONE, colorScheme: 'light' },
  { name: 'listing-dark', path: '/', viewport: DESKTOP, colorScheme: 'dark' },
  { name: 'product', path: 'product', viewport: DESKTOP, colorScheme: 'light' },
  {
    name: 'product-phone',
    path: 'product',
    viewport: PHONE,
    colorScheme: 'light',
    scrollTo: 'plaudit-reviews',
  },
  {
    name: 'product-dark',
    path: 'product',
    viewport: DESKTOP,
    colorScheme: 'dark',
    scrollTo: 'plaudit-reviews',
  },
];

/** Only this one is kept in the repository; the others are for looking at. */
const KEPT = new Set(['demo']);

/** @param {string} dataDir */
async function startDemo(dataDir) {
  const { build } = await import('./build.mjs');
  const { findFreePort, runPlaudit, startEdge, startOrigin, startStore } =
    await import('./stack.mjs');
  await build();
  const reviews = join(root, 'examples/demo-store/data/reviews.jsonl');
  await runPlaudit(['import', reviews, '--shop', 'demo', '--create-shop'], {
    dataDir,
    quiet: true,
  });
  const [originPort, edgePort, storePort] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ];
  const purgeSecret = 'for the screenshots only';
  const origin = await startOrigin({ port: originPort, dataDir, purgeSecret });
  const edge = await startEdge({ origin: origin.url, port: edgePort, purgeSecret });
  const store = await startStore({
    port: storePort,
    edgeUrl: edge.url,
    appKey: 'demo',
    logDir: dataDir,
  });
  return {
    url: store.url,
    stop: () => Promise.all([origin, edge, store].map((part) => part.stop())),
  };
}

/**
 * The test that looks at all states takes their pictures on the way.
 * @param {string} outDir
 */
function takeMatrix(outDir) {
  const test = ['run', '--project', 'widgets', 'widgets/src/states.test.ts'];
  const env = { ...toolEnvironment(), PICTURES_DIR: outDir };
  const { status } = spawnSync('vitest', test, { cwd: root, stdio: 'inherit', env });
  console.log(outDir);
  process.exitCode = status ?? 1;
}

await withToolchain(import.meta.url, async () => {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      store: { type: 'string' },
      product: { type: 'string' },
      matrix: { type: 'boolean' },
    },
  });
  ensureBrowser();
  if (values.matrix) return takeMatrix(resolve(values.out ?? join(root, 'dist/screenshots')));
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('There is no Chromium.');
  const outDir = resolve(values.out ?? join(root, 'docs'));
  mkdirSync(outDir, { recursive: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'plaudit-screenshots-'));
  const demo = values.store
    ? { url: values.store, stop: async () => [] }
    : await startDemo(dataDir);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    for (const { name, path, viewport, colorScheme, scrollTo } of PICTURES) {
      if (values.out === undefined && !KEPT.has(name)) continue;
      const page = await browser.newPage({ viewport, colorScheme });
      await page.goto(demo.url);
      if (path === 'product') {
        const first = await page.locator('main a[href^="/products/"]').first().getAttribute('href');
        await page.goto(`${demo.url}${values.product ? `/products/${values.product}` : first}`);
        await page.locator('plaudit-reviews [part~="review"]').first().waitFor();
      }
      await page.locator('plaudit-rating [part~="count"]').first().waitFor();
      if (scrollTo) {
        await page
          .locator(scrollTo)
          .evaluate((element) => element.scrollIntoView({ block: 'start' }));
      }
      await page.waitForLoadState('networkidle');
      const file = join(outDir, `${name}.png`);
      await page.screenshot({ path: file });
      console.log(file);
      await page.close();
    }
  } finally {
    await browser.close();
    await demo.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
