import { describe, expect, test } from 'vitest';
import { TestEdge } from '../test/edge.ts';
import { answerWith } from '../test/fake-origin.ts';
import { sendPurge } from '../test/signed-purge.ts';

const SCRIPT = '/demo/plaudit.js?product=42';
const REVIEWS = '/v1/shops/demo/products/42/reviews';
const LIFE = { 'cache-control': 'public, max-age=60', 'cdn-cache-control': 'max-age=86400' };

const json = (body: unknown, tag: string, status = 200): Response =>
  answerWith(
    JSON.stringify(body),
    { ...LIFE, 'content-type': 'application/json', 'cache-tag': tag },
    status,
  );

/** A shop whose product has one review with this text. */
function stock(edge: TestEdge, body: string, pageSize = 10): void {
  edge.origin.answers(({ path }) =>
    path.endsWith('/settings')
      ? json({ version: 1, layout: { pageSize } }, 'settings:demo')
      : json({ summary: { count: 1 }, reviews: [{ body }] }, 'product:demo:42'),
  );
}

/** What the edge has put into the script. */
async function carriedIn(response: Response): Promise<unknown> {
  const text = await response.text();
  return JSON.parse(/^carrying\((.*)\);$/s.exec(text)?.[1] ?? 'null');
}

describe.each([false, true])('a script with ?product=, on Cloudflare: %s', (onCloudflare) => {
  test('carries what the script would ask for, made once of cached answers', async () => {
    const edge = new TestEdge({}, { onCloudflare });
    stock(edge, 'Warm');
    const response = await edge.fetch(SCRIPT);
    // The reviews' own: a script that is kept for longer would show old ones.
    expect(response.headers.get('cache-control')).toBe('public, max-age=60');
    expect(response.headers.has('cache-tag')).toBe(false);
    expect(await carriedIn(response)).toEqual({
      version: 1,
      layout: { pageSize: 10 },
      carried: {
        product: '42',
        path: REVIEWS,
        page: { summary: { count: 1 }, reviews: [{ body: 'Warm' }] },
      },
    });
    await edge.fetch(SCRIPT);
    expect(edge.origin.paths).toEqual(['/v1/shops/demo/settings', REVIEWS]);
  });

  test('follows a purge of the product, and one of the settings', async () => {
    const edge = new TestEdge({}, { onCloudflare });
    stock(edge, 'old');
    await edge.fetch(SCRIPT);
    stock(edge, 'new');
    await sendPurge(edge, { tags: ['product:demo:42'], mode: 'soft' });
    const carried = { page: { reviews: [{ body: 'new' }] } };
    expect(await carriedIn(await edge.fetch(SCRIPT))).toMatchObject({ carried });
    stock(edge, 'new', 20);
    await sendPurge(edge, { tags: ['settings:demo'], mode: 'soft' });
    expect(await carriedIn(await edge.fetch(SCRIPT))).toMatchObject({
      layout: { pageSize: 20 },
      carried: { path: `${REVIEWS}?limit=20` },
    });
  });
});

describe('a script with ?product=', () => {
  test('holds no text that could end it (WJ09)', async () => {
    const edge = new TestEdge();
    const hostile = '</script><!-- \u2028\u2029 $& ]]>';
    stock(edge, hostile);
    const response = await edge.fetch(SCRIPT);
    const text = await response.clone().text();
    expect(text).not.toMatch(/[<>\u2028\u2029]/);
    expect(await carriedIn(response)).toMatchObject({
      carried: { page: { reviews: [{ body: hostile }] } },
    });
  });

  test.each([404, 503])(
    'is the plain one while the reviews answer %i, for this once',
    async (status) => {
      const edge = new TestEdge();
      edge.origin.answers(({ path }) =>
        path.endsWith('/settings') ? json({ version: 1 }, 'a') : json({}, 'b', status),
      );
      const response = await edge.fetch(SCRIPT);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.text()).toBe('(() => { const settings = {"version":1}; })();');
    },
  );

  test.each(['', '%00', '@site', 'x'.repeat(256)])(
    'is the plain one for no product: %j',
    async (product) => {
      const edge = new TestEdge();
      stock(edge, 'Warm');
      const response = await edge.fetch(`/demo/plaudit.js?product=${product}`);
      expect(await response.text()).toContain('const settings');
      expect(edge.origin.paths).toEqual(['/v1/shops/demo/settings']);
    },
  );

  test('is not sent again to who has it, and has another validator than other scripts', async () => {
    const edge = new TestEdge();
    stock(edge, 'Warm');
    const etag = (await edge.fetch(SCRIPT)).headers.get('etag') ?? '';
    const again = await edge.fetch(SCRIPT, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    const other = await edge.fetch('/demo/plaudit.js', { headers: { 'if-none-match': etag } });
    expect(other.status).toBe(200);
  });
});
