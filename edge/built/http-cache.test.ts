/** The package as a stranger gets it: built, installed beside Hono, run by Node without our tools. */
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { rollup } from 'rollup';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpCacheInto } from '../../rollup.config.ts';

/** What the README shows, with an origin that counts. */
const SHOP = `
import { Hono } from 'hono';
import { createCache } from '@plaudit/http-cache';
import { sharedCache } from '@plaudit/http-cache/hono';
import { MemoryStore } from '@plaudit/http-cache/stores';

let asked = 0;
const cache = createCache({
  store: new MemoryStore(1_000_000),
  now: () => 0,
  fetch: async (path) =>
    new Response(path + ' ' + ++asked, {
      headers: { 'cache-control': 'max-age=60', 'cache-tag': 'article-7' },
    }),
});
const app = new Hono();
app.all('*', sharedCache(cache));
const waiting = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
const ask = async () => {
  const response = await app.request('https://site.example/page', {}, {}, waiting);
  return [response.headers.get('cache-status'), await response.text()];
};
const answers = [await ask(), await ask()];
await cache.purge({ tags: new Set(['article-7']) }, 'hard');
console.log(JSON.stringify([...answers, await ask()]));
`;

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'plaudit-http-cache-'));
  const installed = join(folder, 'node_modules', '@plaudit', 'http-cache');
  mkdirSync(installed, { recursive: true });
  cpSync(join(root, 'edge/http-cache/package.json'), join(installed, 'package.json'));
  const { code } = httpCacheInto(join(installed, 'dist'));
  const bundle = await rollup(code);
  await bundle.write(code.output);
  await bundle.close();
  symlinkSync(join(root, 'node_modules', 'hono'), join(folder, 'node_modules', 'hono'));
  writeFileSync(join(folder, 'shop.mjs'), SHOP);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('caches and purges in front of an origin, with nothing of ours but the package', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'shop.mjs')]);
  expect(JSON.parse(stdout)).toEqual([
    ['Plaudit; fwd=uri-miss; fwd-status=200; ttl=60; stored', '/page 1'],
    ['Plaudit; hit; ttl=60', '/page 1'],
    ['Plaudit; fwd=uri-miss; fwd-status=200; ttl=60; stored', '/page 2'],
  ]);
});
