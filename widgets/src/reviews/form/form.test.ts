import { describe, expect, test } from 'vitest';
import type { Page } from 'playwright';
import { findProblems } from '../../../test/accessibility.ts';
import { useStorefront } from '../../../test/storefront.ts';

const shop = useStorefront();
const body = '<plaudit-reviews product="42"></plaudit-reviews>';

async function fill(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Write a review' }).click();
  await page.getByRole('radio', { name: '4 stars' }).check();
  await page.getByLabel('Title').fill('Warm');
  await page.getByLabel('Your review').fill('I wear it daily.');
  await page.getByLabel('Name').fill('Ines');
  await page.getByLabel('E-mail').fill('ines@example.com');
}

describe('writing a review', () => {
  test('posts it without a preflight, thanks, and shows the visitor the own review', async () => {
    shop.stock('42', 12);
    const { page } = await shop.visit({ body });
    await fill(page);
    await page.getByRole('button', { name: 'Send review' }).click();
    await page.getByText('Thank you! Your review is published.').waitFor();

    const posts = shop.edge.requests.filter((line) => !line.startsWith('GET'));
    expect(posts).toEqual(['POST /v1/shops/demo/products/42/reviews']);
    expect(JSON.parse(shop.edge.posts[0] ?? '')).toEqual({
      rating: 4,
      title: 'Warm',
      body: 'I wear it daily.',
      author: 'Ines',
      email: 'ines@example.com',
      locale: 'en',
      idempotencyKey: expect.stringMatching(/^[\d-]{8,}$/),
    });
    const first = page.locator('[part=review]').first();
    await expect
      .poll(() => first.innerText())
      .toMatch(/Ines[^]*Your review[^]*Warm[^]*I wear it daily/);
    await expect
      .poll(() => shop.edge.requests.filter((line) => line.startsWith('GET')).length)
      .toBe(2);
  });

  test('says so when the shop has yet to approve it, and does not show it', async () => {
    shop.stock('42', 3);
    shop.edge.intercept = (request, response) => {
      if (request.method !== 'POST') return false;
      response.writeHead(202).end('{"id":"r1","status":"pending"}');
      return true;
    };
    const { page } = await shop.visit({ body });
    await fill(page);
    await page.getByRole('button', { name: 'Send review' }).click();
    await page.getByText('once the shop has approved it').waitFor();
    expect(await page.locator('[part=review]').count()).toBe(3);
  });

  test('can be done with the keyboard alone, from the button to the thanks and back (AC02)', async () => {
    const { page } = await shop.visit({ body });
    const write = page.getByRole('button', { name: 'Write a review' });
    await write.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Write a review' }).waitFor();
    await page.keyboard.press('Tab');
    for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowRight');
    expect(await page.getByRole('radio', { checked: true }).getAttribute('value')).toBe('5');
    const photos = page.getByLabel('Add photos');
    const video = page.getByLabel('Link to a video');
    await photos.waitFor();
    for (const text of ['Good', 'Very good', 'Kei', 'kei@example.com']) {
      await page.keyboard.press('Tab');
      // Photos and the link to a video come after the words.
      for (const field of [photos, video]) {
        if (await field.evaluate((input) => input.matches(':focus')))
          await page.keyboard.press('Tab');
      }
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Enter');
    const thanks = page.getByRole('heading', { name: /Thank you/ });
    await thanks.waitFor();
    expect(await thanks.evaluate((heading) => heading.matches(':focus'))).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await write.evaluate((button) => button.matches(':focus'))).toBe(true);
    expect(JSON.parse(shop.edge.posts[0] ?? '')).toMatchObject({ rating: 5, body: 'Very good' });
  });

  test('names each wrong field, ties the message to it and goes to the first (AC04)', async () => {
    const { page } = await shop.visit({ body });
    await page.getByRole('button', { name: 'Write a review' }).click();
    await page.getByLabel('E-mail').fill('nobody');
    await page.getByRole('button', { name: 'Send review' }).click();
    const rating = page.getByRole('radiogroup', { name: 'Your rating' });
    await expect.poll(() => rating.getAttribute('aria-invalid')).toBe('true');
    expect(
      await page
        .getByRole('radio')
        .first()
        .evaluate((radio) => radio.matches(':focus')),
    ).toBe(true);
    const message = async (label: string): Promise<string> =>
      page.getByLabel(label).evaluate((input) => {
        const ids = input.getAttribute('aria-describedby')?.split(' ') ?? [];
        const root = input.getRootNode() as ShadowRoot;
        return root.getElementById(ids.at(-1) ?? '')?.textContent ?? '';
      });
    expect(await message('Name')).toBe('Please fill this in.');
    expect(await message('E-mail')).toContain('name@example.com');
    expect(await message('Title')).toBe('');
    expect(shop.edge.posts).toEqual([]);
  });

  test('shows what the server says about a field', async () => {
    shop.edge.intercept = (request, response) => {
      if (request.method !== 'POST') return false;
      response.writeHead(400).end(
        JSON.stringify({
          type: 'urn:plaudit:problem:invalid-body',
          status: 400,
          title: 'The request body is not valid',
          errors: [{ field: 'email', message: 'must be an e-mail address' }],
        }),
      );
      return true;
    };
    const { page } = await shop.visit({ body });
    await fill(page);
    await page.getByRole('button', { name: 'Send review' }).click();
    await page.getByText('must be an e-mail address').waitFor();
    expect(await page.getByLabel('E-mail').evaluate((input) => input.matches(':focus'))).toBe(true);
  });

  test('takes a link to a video, and shows it with the review', async () => {
    shop.stock('42', 1);
    const { page } = await shop.visit({ body: `<h1>Kettle</h1>${body}` });
    await fill(page);
    const video = page.getByLabel('Link to a video');
    for (const wrong of ['films', 'http://films.example/42', 'javascript:alert(1)']) {
      await video.fill(wrong);
      await page.getByRole('button', { name: 'Send review' }).click();
      await page.getByText('Enter an address that begins with https://.').waitFor();
      expect(await video.evaluate((input) => input.matches(':focus'))).toBe(true);
      expect(await video.getAttribute('aria-invalid')).toBe('true');
    }
    expect(await findProblems(page)).toEqual([]);
    await video.fill('https://films.example/42');
    await page.getByRole('button', { name: 'Send review' }).click();
    const link = page.getByRole('link', { name: 'Video 1 by Ines' });
    expect(await link.getAttribute('href')).toBe('https://films.example/42');
    expect(await link.getAttribute('rel')).toBe('ugc nofollow noreferrer');
    expect(JSON.parse(shop.edge.posts[0] ?? '')).toMatchObject({
      videos: ['https://films.example/42'],
    });
  });

  test('shows what the server says about a video', async () => {
    shop.edge.intercept = (request, response) => {
      if (request.method !== 'POST') return false;
      response.writeHead(400, { 'content-type': 'application/problem+json' });
      const errors = [{ field: 'videos.0', message: 'must not be this one' }];
      response.end(JSON.stringify({ type: 'about:blank', title: 'Wrong', status: 400, errors }));
      return true;
    };
    const { page } = await shop.visit({ body });
    await fill(page);
    await page.getByLabel('Link to a video').fill('https://films.example/42');
    await page.getByRole('button', { name: 'Send review' }).click();
    const video = page.getByLabel('Link to a video');
    await expect.poll(() => video.getAttribute('aria-invalid')).toBe('true');
    const hint = await video.getAttribute('aria-describedby');
    expect(hint).toBe('videos-hint videos-error');
    expect(await page.locator('#videos-error').innerText()).toBe('must not be this one');
  });

  test('keeps the text when sending fails, and sends it again under the same key', async () => {
    const keys: unknown[] = [];
    shop.edge.intercept = (request, response) => {
      if (request.method !== 'POST' || keys.length > 0) return false;
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        keys.push(JSON.parse(text).idempotencyKey);
        response.writeHead(503, { 'retry-after': '5' }).end();
      });
      return true;
    };
    const { page } = await shop.visit({ body });
    await fill(page);
    const send = page.getByRole('button', { name: 'Send review' });
    await send.click();
    await page.getByText('Your text is still here').waitFor();
    expect(await page.getByLabel('Your review').inputValue()).toBe('I wear it daily.');
    await send.click();
    await page.getByText('Thank you!').waitFor();
    expect(JSON.parse(shop.edge.posts[0] ?? '').idempotencyKey).toBe(keys[0]);
  });

  test('keeps a draft when the form is closed', async () => {
    const { page } = await shop.visit({ body });
    await fill(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    const write = page.getByRole('button', { name: 'Write a review' });
    expect(await write.getAttribute('aria-expanded')).toBe('false');
    expect(await page.getByLabel('Title').isVisible()).toBe(false);
    await write.click();
    expect(await page.getByLabel('Title').inputValue()).toBe('Warm');
    expect(await page.getByRole('radio', { checked: true }).getAttribute('value')).toBe('4');
  });

  test('GD06: what was sent is withdrawn where it was sent, once asked and by the keyboard', async () => {
    shop.stock('42', 12);
    const { edge } = shop;
    const { page } = await shop.visit({
      body: `<h1>Jumper</h1>${body}<script>
        addEventListener('plaudit:withdraw', ({ detail }) => (window.withdrawn = detail));
      </script>`,
    });
    await fill(page);
    await page.getByRole('button', { name: 'Send review' }).click();
    const own = page.getByText('I wear it daily.', { exact: true });
    await own.waitFor();
    // Closed by mistake, it is there when the form is opened again.
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Write a review' }).click();

    const withdraw = page.getByRole('button', { name: 'Withdraw review' });
    await withdraw.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Withdraw your review? It is removed for good.').waitFor();
    expect(edge.requests.some((line) => line.endsWith('/withdrawal'))).toBe(false);
    expect(await findProblems(page)).toEqual([]);
    edge.requests.length = 0;
    await page.keyboard.press('Enter');
    const done = page.getByRole('heading', { name: 'Your review is withdrawn.' });
    await done.waitFor();
    expect(await done.evaluate((heading) => heading.matches(':focus'))).toBe(true);
    expect(edge.requests[0]).toBe('POST /v1/shops/demo/reviews/posted-1/withdrawal');
    expect(JSON.parse(edge.posts.at(-1) ?? '')).toEqual({ secret: 'secret-of-posted-1' });
    await expect.poll(() => own.count()).toBe(0);
    expect(await page.locator('[part=review]').count()).toBe(10);
    expect(await page.evaluate('withdrawn')).toEqual({ product: '42', id: 'posted-1' });
    expect(await withdraw.count()).toBe(0);

    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Write a review' }).click();
    expect(await page.getByLabel('Title').inputValue()).toBe('');
  });

  test('a withdrawal that fails says so, and can be tried again', async () => {
    shop.stock('42', 3);
    const { edge } = shop;
    let refused = 0;
    edge.intercept = (request, response) => {
      if (!request.url?.endsWith('/withdrawal') || request.method !== 'POST' || refused > 0) {
        return false;
      }
      refused += 1;
      response.writeHead(404).end('{}');
      return true;
    };
    const { page } = await shop.visit({ body });
    await fill(page);
    await page.getByRole('button', { name: 'Send review' }).click();
    const withdraw = page.getByRole('button', { name: 'Withdraw review' });
    await withdraw.click();
    await withdraw.click();
    await page.getByText('Your review could not be withdrawn. Please try again.').waitFor();
    await withdraw.click();
    await page.getByText('Your review is withdrawn.').waitFor();
    expect(await page.getByText('I wear it daily.', { exact: true }).count()).toBe(0);
  });

  test('says so when the form itself cannot be had', async () => {
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('/assets/form')) return false;
      response.writeHead(404).end();
      return true;
    };
    const { page } = await shop.visit({ body });
    await page.getByRole('button', { name: 'Write a review' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toBe('This could not be loaded. Please try again.');
  });

  test("asks the shop's own questions, insists on required ones and sends the answers", async () => {
    shop.edge.settings = {
      ...shop.edge.settings,
      form: {
        questions: [
          { id: 'fit', kind: 'scale', label: 'How does it fit?', required: true },
          {
            id: 'use',
            kind: 'multiple',
            label: 'Worn for',
            options: ['Work', 'Sport'],
            required: true,
          },
          { id: 'size', kind: 'single', label: 'Size', options: ['S', 'M'] },
          { id: 'tip', kind: 'text', label: 'A tip for others' },
          { id: 'gift', kind: 'text', label: 'From whom?' },
        ],
        consentText: 'We keep what you send.',
      },
    };
    const { page } = await shop.visit({ body: `<h1>Jumper</h1>${body}` });
    await fill(page);
    expect(await page.getByText('We keep what you send.').isVisible()).toBe(true);
    const send = page.getByRole('button', { name: 'Send review' });
    await send.click();
    const fit = page.getByRole('radiogroup', { name: 'How does it fit?' });
    await expect.poll(() => fit.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByText('Please fill this in.').count()).toBe(2);
    expect(
      await fit
        .getByRole('radio')
        .first()
        .evaluate((radio) => radio.matches(':focus')),
    ).toBe(true);
    expect(await findProblems(page)).toEqual([]);
    expect(shop.edge.posts).toEqual([]);
    await fit.getByRole('radio', { name: '4' }).check();
    await page.getByRole('checkbox', { name: 'Sport' }).check();
    await page.getByRole('radio', { name: 'M', exact: true }).check();
    await page.getByRole('textbox', { name: 'A tip for others' }).fill(' Wash it cold. ');
    await send.click();
    await page.getByText('Thank you!').waitFor();
    // GD06: which text was shown.
    const { version } = shop.edge.settings;
    expect(JSON.parse(shop.edge.posts[0] ?? '').consentVersion).toBe(version);
    expect(JSON.parse(shop.edge.posts[0] ?? '').answers).toEqual([
      { question: 'fit', value: 4 },
      { question: 'use', value: ['Sport'] },
      { question: 'size', value: 'M' },
      { question: 'tip', value: 'Wash it cold.' },
    ]);
  });

  test('tells the variant that the page shows when it is sent', async () => {
    const { page } = await shop.visit({
      body: '<plaudit-reviews product="42" variant="Red / S"></plaudit-reviews>',
    });
    await fill(page);
    await page
      .locator('plaudit-reviews')
      .evaluate((element) => element.setAttribute('variant', 'Red / M'));
    await page.getByRole('button', { name: 'Send review' }).click();
    await page.getByText('Thank you!').waitFor();
    expect(JSON.parse(shop.edge.posts[0] ?? '').answers).toEqual([
      { question: 'variant', value: 'Red / M' },
    ]);
  });
});
