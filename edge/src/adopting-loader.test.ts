import { expect, test } from 'vitest';
import { TestEdge } from '../test/edge.ts';
import { answerWith } from '../test/fake-origin.ts';
import { sendPurge } from '../test/signed-purge.ts';

const YOTPO = ['/demo/widget.js', '/v1/loader/demo?languageCode=en'];

/** A shop with these settings, and a product with a page of reviews. */
function stock(edge: TestEdge, settings: object): void {
  edge.origin.answers(({ path }) => {
    const isSettings = path.endsWith('/settings');
    return answerWith(JSON.stringify(isSettings ? settings : { summary: { count: 1 } }), {
      'cdn-cache-control': 'max-age=86400',
      'content-type': 'application/json',
      'cache-tag': isSettings ? 'settings:demo' : 'product:demo:42',
    });
  });
}

/** Which script it is, and what is baked into it. */
async function read(edge: TestEdge, path: string): Promise<{ script: string; baked: unknown }> {
  const text = await (await edge.fetch(path)).text();
  const [, script = '', json] =
    /^(?:(\w+)\(|\(\(\) => \{ const settings = )(.*?)\)?;/s.exec(text) ?? [];
  return { script, baked: JSON.parse(json ?? 'null') };
}

test.each(YOTPO)('%s is the script that adopts Yotpo’s markup', async (path) => {
  const edge = new TestEdge();
  stock(edge, { version: 1, locale: 'en' });
  const response = await edge.fetch(path);
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(response.headers.get('cache-control')).toContain('max-age=300');
  expect(await read(edge, path)).toEqual({
    script: 'adopting',
    baked: { version: 1, locale: 'en', adopt: { from: ['yotpo'] } },
  });
});

test('it adopts what the settings say besides', async () => {
  const edge = new TestEdge();
  stock(edge, { adopt: { from: ['loox', 'yotpo'], instances: { 1: 'reviews' } } });
  expect(await read(edge, '/demo/widget.js')).toMatchObject({
    baked: { adopt: { from: ['loox', 'yotpo'], instances: { 1: 'reviews' } } },
  });
});

test('the shop’s own script adopts where the settings switch it on, with the product it carries', async () => {
  const edge = new TestEdge();
  stock(edge, { version: 1 });
  expect(await read(edge, '/demo/plaudit.js')).toEqual({ script: '', baked: { version: 1 } });
  stock(edge, { version: 2, adopt: { from: ['okendo'] } });
  await sendPurge(edge, { tags: ['settings:demo'], mode: 'soft' });
  expect(await read(edge, '/demo/plaudit.js')).toMatchObject({
    script: 'adopting',
    baked: { version: 2, adopt: { from: ['okendo'] } },
  });
  expect(await read(edge, '/demo/plaudit.js?product=42')).toMatchObject({
    script: 'adopting',
    baked: { adopt: { from: ['okendo'] }, carried: { product: '42' } },
  });
});

test('in front of another site these addresses are that site’s', async () => {
  const edge = new TestEdge({ PROXY: 'on' });
  edge.origin.answers(() => answerWith('theirs'));
  expect(await (await edge.fetch('/demo/widget.js')).text()).toBe('theirs');
});
