import { expect, test } from 'vitest';
import { HOSTILE_TEXTS, hostileReview } from '../../test/hostile-reviews.ts';
import { reviewAt } from '../../test/reviews.ts';
import { useStorefront } from '../../test/storefront.ts';

const shop = useStorefront();

test('texts of strangers run nothing, break nothing and arrive unchanged', async () => {
  shop.edge.products.set('42', HOSTILE_TEXTS.map(hostileReview));
  shop.edge.settings = { ...shop.edge.settings, layout: { pageSize: 100 } };
  const { page, trouble } = await shop.visit(
    { body: '<plaudit-reviews product="42"></plaudit-reviews><p>Below</p>' },
    { viewport: { width: 390, height: 800 } },
  );
  const reviews = page.locator('[part=review]');
  await reviews.nth(HOSTILE_TEXTS.length - 1).waitFor();

  const bodies = await page
    .locator('[part=review] [part=body]')
    .evaluateAll((elements) => elements.map((element) => element.textContent));
  expect(bodies).toEqual(HOSTILE_TEXTS);
  expect(await page.locator('[part=media] a').count()).toBe(0);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  expect(trouble.executions).toEqual([]);
});

test('the sentences of one review never run into the next, whatever marks they carry (UG02)', async () => {
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

test('photos come from the web only, open apart and give nothing away (WJ11, WJ04)', async () => {
  shop.stock('42', 1);
  const [review] = shop.edge.products.get('42') ?? [];
  const url = `${shop.edge.url}/none.jpg`;
  if (review)
    review.media = [
      { kind: 'photo', url },
      { kind: 'video', url },
    ];
  const { page } = await shop.visit({ body: '<plaudit-reviews product="42"></plaudit-reviews>' });
  const links = page.locator('[part=media] a');
  await links.first().waitFor();
  expect(await links.first().getAttribute('rel')).toBe('ugc nofollow noreferrer');
  const photo = page.getByRole('img', { name: 'Photo 1 by Maren T.' });
  expect(await photo.getAttribute('loading')).toBe('lazy');
  expect(await links.last().innerText()).toContain('Video 2 by Maren T.');
});
