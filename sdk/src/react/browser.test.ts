/** The components in real Chromium, on both Reacts, over elements that tell what the widgets tell. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const pathTo = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const REACT_18 = '../../../e2e/react-18/node_modules';
const REACTS = [
  ['19', {}],
  ['18', { react: pathTo(`${REACT_18}/react`), 'react-dom': pathTo(`${REACT_18}/react-dom`) }],
] as const;

let browser: Browser;
let server: Server;
let url: string;
let app = '';
let markup = '';
let page: Page;
let complaints: string[] = [];

beforeAll(async () => {
  const loader = await readFile(pathTo('../../test/loader.js'));
  server = createServer((request, response) => {
    const isScript = request.url === '/demo/plaudit.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? loader : `<!doctype html><title>Shop</title><div>${markup}</div>`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
});
afterAll(async () => {
  await browser.close();
  server.close();
});
afterEach(async () => {
  await page.close();
});

async function bundle(alias: Record<string, string>): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [pathTo('../../test/react-app.ts')],
    bundle: true,
    write: false,
    alias,
    conditions: ['@plaudit/source'],
    define: { 'process.env.NODE_ENV': '"development"' },
  });
  return outputFiles[0]?.text ?? '';
}

/** Opens the page; `written` is what the server put into it. */
async function visit(written: string): Promise<void> {
  markup = written;
  complaints = [];
  page = await browser.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  await page.addScriptTag({ content: app });
}

const run = (call: string): Promise<unknown> =>
  page.evaluate(call.replace('PLACE', "document.querySelector('div')").replace('EDGE', `'${url}'`));

describe.each(REACTS)('on React %s', (_, alias) => {
  beforeAll(async () => {
    app = await bundle(alias);
  });

  /** As the browser makes it, or over what a server wrote. */
  async function open(how: 'render' | 'hydrate'): Promise<void> {
    await visit('');
    if (how === 'hydrate') {
      const written = String(await run('shop.toMarkup(EDGE)'));
      await page.close();
      await visit(written);
    }
    await run(`shop.${how}(PLACE, EDGE)`);
    await page.waitForFunction("element && customElements.get('plaudit-reviews')");
  }

  describe.each(['render', 'hydrate'] as const)('%s', (how) => {
    test('runs the script once, and leaves the fallback to the element', async () => {
      await open(how);
      expect(await run('runs')).toBe(1);
      expect(await run('element.outerHTML')).toBe(
        '<plaudit-reviews product="42" class="wide"><p>Loading</p><plaudit-rating product="inner"></plaudit-rating></plaudit-reviews>',
      );
      expect(complaints).toEqual([]);
    });

    test('passes on what the element tells, and only that', async () => {
      await open(how);
      await run("for (const what of ['ready', 'submit', 'withdraw', 'error']) element.tell(what)");
      await run("document.querySelector('plaudit-rating').tell('ready')");
      const detail = { product: '42' };
      expect(await run('seen')).toEqual([
        ['ready', detail],
        ['submit', detail],
        ['withdraw', detail],
        ['error', detail],
        ['inner', { product: 'inner' }],
      ]);
      expect(complaints).toEqual([]);
    });

    test('follows the page to another product, and away', async () => {
      await open(how);
      await run("globalThis.before = element; shop.show(EDGE, '43')");
      await page.waitForSelector('plaudit-reviews[product="43"]');
      await run("before.tell('ready')");
      expect(await run('seen')).toEqual([['ready', { product: '43' }]]);
      await run('shop.leave()');
      await run("before.tell('ready')");
      expect(await run('[before.isConnected, element, seen.length]')).toEqual([false, null, 1]);
      expect(complaints).toEqual([]);
    });
  });
});
