import { expect, test } from 'vitest';
import type { Review } from '@plaudit/sdk';
import { reviewAt } from '../../test/reviews.ts';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();

const HOSTILE = [
  '<script>executed("script")</script>',
  '<img src=x onerror=executed("img")>',
  '"><svg onload=executed("svg")>',
  '</style></template></slot><iframe srcdoc="<script>parent.executed(1)</script>">',
  'javascript:executed("url")',
  '{{constructor.constructor("executed(1)")()}}',
  '\u202Egnihtemos desrever\u202C and on',
  '\u2066\u2067\u2068 isolates that never end',
  'Z\u0351\u036B\u0343\u036A\u0302a\u0329\u0348\u0356l\u0348\u0332g\u0353\u0318o\u0333\u0349'.repeat(
    40,
  ),
  'W'.repeat(10_000),
  '👩‍👩‍👧‍👦'.repeat(500),
  '\u0000\uFFFE\uD800 half',
  '\n'.repeat(300),
];

const hostileReview = (text: string, index: number): Review => ({
  ...reviewAt('42', index),
  author: text,
  title: text,
  body: text,
  locale: text,
  reply: { body: text },
  media: [
    { kind: 'photo', url: `javascript:executed("${index}")` },
    { kind: 'photo', url: `data:text/html,${encodeURIComponent(text.toWellFormed())}` },
  ],
});

test('texts of strangers run nothing, break nothing and arrive unchanged', async () => {
  shop.edge.products.set('42', HOSTILE.map(hostileReview));
  shop.edge.settings = { ...shop.edge.settings, layout: { pageSize: 100 } };
  const { page, trouble } = await shop.visit(
    { body: '<plaudit-reviews product="42"></plaudit-reviews><p>Below</p>' },
    { viewport: { width: 390, height: 800 } },
  );
  const reviews = page.locator('[part=review]');
  await reviews.nth(HOSTILE.length - 1).waitFor();

  const bodies = await page
    .locator('[part=review] [part=body]')
    .evaluateAll((elements) => elements.map((element) => element.textContent));
  expect(bodies).toEqual(HOSTILE);
  expect(await page.locator('[part=media] a').count()).toBe(0);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  expect(trouble.executions).toEqual([]);
});

test('the sentences of one review never run into the next, whatever marks they carry', async () => {
  const [first, second] = [reviewAt('42', 0), reviewAt('42', 2)];
  first.author = '\u202EevE';
  shop.edge.products.set('42', [first, second]);
  const { page } = await shop.visit({ body: '<plaudit-reviews product="42"></plaudit-reviews>' });
  const author = page.locator('[part=author]');
  await author.first().waitFor();
  expect(await author.first().evaluate((name) => getComputedStyle(name).unicodeBidi)).toBe(
    'isolate',
  );
  const title = page.locator('[part=title]').first();
  expect(await title.evaluate((heading) => getComputedStyle(heading).unicodeBidi)).toMatch(
    /isolate|plaintext/,
  );
});

test('photos come from the web only, open apart and give nothing away', async () => {
  shop.stock('42', 1);
  const [review] = shop.edge.products.get('42') ?? [];
  const url = `${shop.edge.url}/assets/none.jpg`;
  if (review)
    review.media = [
      { kind: 'photo', url },
      { kind: 'video', url },
    ];
  const { page } = await shop.visit({ body: '<plaudit-reviews product="42"></plaudit-reviews>' });
  const links = page.locator('[part=media] a');
  await links.first().waitFor();
  expect(await links.first().getAttribute('rel')).toBe('ugc nofollow noopener noreferrer');
  const photo = page.getByRole('img', { name: 'Photo 1 by Maren T.' });
  expect(await photo.getAttribute('loading')).toBe('lazy');
  expect(await links.last().innerText()).toContain('Video 2 by Maren T.');
});
