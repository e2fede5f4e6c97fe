import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { findProblems } from '../test/accessibility.ts';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const body = `<h1>Jumper</h1><plaudit-rating product="42"></plaudit-rating>
  <plaudit-reviews product="42"></plaudit-reviews>`;

describe.for(['light', 'dark', 'dark page by itself'] as const)('%s', (look) => {
  const open = async (): Promise<Page> => {
    shop.stock('42', 25);
    const scheme = look === 'dark' ? 'dark' : 'auto';
    shop.edge.settings = { ...shop.edge.settings, look: { scheme } };
    const html = `lang="en"${look === 'light' ? '' : ' class="dark"'}`;
    const { page } = await shop.visit({ body, html });
    await page.locator('[part=review]').first().waitFor();
    await page.locator('[part=count]').waitFor();
    return page;
  };

  test('the reviews, filtered too, have no finding', async () => {
    const page = await open();
    expect(await findProblems(page)).toEqual([]);
    await page.getByRole('button', { name: /^4-star/ }).click();
    await page.getByRole('button', { name: /^5-star/ }).click();
    await page.getByRole('button', { name: 'Clear all' }).waitFor();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('searchbox').waitFor();
    await expect.poll(() => page.locator('[aria-busy=true]').count()).toBe(0);
    expect(await findProblems(page)).toEqual([]);
  });

  test('the pop-over of a rating has no finding', async () => {
    const page = await open();
    await page.locator('plaudit-rating').hover();
    await page.getByRole('tooltip').waitFor();
    expect(await findProblems(page)).toEqual([]);
  });

  test('the form, empty and refused, has no finding', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Write a review' }).click();
    const send = page.getByRole('button', { name: 'Send review' });
    await send.waitFor();
    expect(await findProblems(page)).toEqual([]);
    await send.click();
    await page.getByText('Choose from one to five stars').waitFor();
    expect(await findProblems(page)).toEqual([]);
  });
});

test('a photo shown large has no finding', async () => {
  shop.stock('42', 3);
  const [review] = shop.edge.products.get('42') ?? [];
  if (review)
    review.media = ['a', 'b'].map((name) => ({
      kind: 'photo',
      url: `${shop.edge.url}/${name}.jpg`,
    }));
  const { page } = await shop.visit({ body });
  await page.locator('[part=media] a').first().click();
  await page.getByRole('dialog').waitFor();
  expect(await findProblems(page)).toEqual([]);
});

test('every control is at least 24 pixels in both directions, on a phone too', async () => {
  shop.stock('42', 25);
  const { page } = await shop.visit({ body }, { viewport: { width: 390, height: 844 } });
  await page.locator('[part=review]').first().waitFor();
  await page.locator('[part=count]').waitFor();
  await page.getByRole('button', { name: /^4-star/ }).click();
  await page.getByRole('button', { name: 'Write a review' }).click();
  await page.getByRole('button', { name: 'Send review' }).waitFor();
  const small = await page.locator('button, select, input, textarea').evaluateAll((controls) =>
    controls
      .map((control) => ({ control, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 24 || box.height < 24)
      .map(({ control }) => control.outerHTML),
  );
  expect(small).toEqual([]);
});

test('the empty and the failed state have no finding', async () => {
  const { page } = await shop.visit({
    body: '<h1>Jumper</h1><plaudit-reviews product="42"></plaudit-reviews>',
  });
  await page.locator('[part=empty]').waitFor();
  expect(await findProblems(page)).toEqual([]);
  shop.edge.intercept = (request, response) => {
    if (!request.url?.includes('/products/')) return false;
    response.writeHead(404).end();
    return true;
  };
  await page.reload();
  await page.getByRole('alert').waitFor();
  expect(await findProblems(page)).toEqual([]);
});
