import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertV4MiniflareOptions, Miniflare, Response } from 'miniflare';
import { afterEach, expect, inject, test } from 'vitest';

let running: Miniflare | undefined;

/** One file, in one coding. */
const file = (url: string): Response =>
  url.endsWith('/assets/chunk-1.js') ? new Response('asset') : new Response('', { status: 404 });

/** The bundle with the bindings that `wrangler.toml` gives it, and an origin that is a function. */
function start(bindings: Record<string, string>, origin: () => Response): Miniflare {
  const scriptPath = join(inject('distDir'), 'edge', 'worker.js');
  running = new Miniflare(
    convertV4MiniflareOptions({
      modules: [
        { type: 'ESModule', path: 'worker.js', contents: readFileSync(scriptPath, 'utf8') },
      ],
      compatibilityDate: '2026-11-01',
      bindings,
      serviceBindings: { ASSETS: (request: { url: string }) => file(request.url) },
      outboundService: origin,
    }),
  );
  return running;
}

afterEach(async () => {
  await running?.dispose();
  running = undefined;
});

test('the bundle answers the storefront with the bindings of wrangler.toml', async () => {
  const headers = { 'cdn-cache-control': 'max-age=60', 'content-type': 'application/json' };
  const origin = () => new Response('{}', { headers });
  const worker = start({ ORIGIN_URL: 'https://origin.example', PURGE_SECRET: 's' }, origin);
  const url = 'https://edge.example/v1/shops/demo/settings';
  expect((await worker.dispatchFetch(url)).headers.get('cache-status')).toContain('uri-miss');
  expect((await worker.dispatchFetch(url)).headers.get('cache-status')).toContain('hit');
  const asset = await worker.dispatchFetch('https://edge.example/assets/chunk-1.js');
  expect(await asset.text()).toBe('asset');
});

test('the bundle needs nothing of Node', () => {
  const bundle = readFileSync(join(inject('distDir'), 'edge', 'worker.js'), 'utf8');
  expect(bundle).not.toMatch(/from ['"]node:/);
});
