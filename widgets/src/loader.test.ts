import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { renderReviews } from '@plaudit/sdk/server';
import { answer } from '../test/reviews.ts';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const REVIEW = 'plaudit-reviews [part=review]';

/** A page as strict as pages can be; only what the documentation asks for is allowed. */
const strictCsp = (edge: string): string =>
  `default-src 'none'; script-src ${edge}; connect-src ${edge}; style-src 'self'; img-src *; require-trusted-types-for 'script'; trusted-types 'none'`;

describe('the script tag', () => {
  test('has one place for the settings, which the edge fills', async () => {
    const loader = await readFile(join(inject('distDir'), 'loader.js'), 'utf8');
    expect(loader.split('__PLAUDIT_SETTINGS__')).toHaveLength(2);
  });

  test('adds one frozen global and the two elements (WJ02)', async () => {
    const { page } = await shop.visit({ body: '', head: '' });
    const before = await page.evaluate(() => Object.getOwnPropertyNames(window));
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    const after = await page.evaluate(() => Object.getOwnPropertyNames(window));
    expect(after.filter((name) => !before.includes(name))).toEqual(['plaudit']);
    expect(await page.evaluate('Object.isFrozen(plaudit) && plaudit')).toEqual({
      edge: shop.edge.url,
      appKey: 'demo',
      settings: shop.edge.settings,
    });
  });

  test('may be there twice, and may be moved (WJ03)', async () => {
    shop.stock('42', 3);
    const tag = `<script async src="${shop.edge.scriptUrl}"></script>`;
    const { page } = await shop.visit({
      head: tag + tag,
      body: '<plaudit-rating product="42"></plaudit-rating><plaudit-reviews product="42"></plaudit-reviews>',
    });
    await page.locator(REVIEW).first().waitFor();
    await page.evaluate(() => {
      const script = document.querySelector('script');
      if (script) document.body.append(script);
    });
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    expect(await page.locator(REVIEW).count()).toBe(3);
    expect(shop.edge.requests).toHaveLength(2);
  });

  test('leaves a page alone that has something else by the same names', async () => {
    const { page } = await shop.visit({ head: '', body: '<div id="plaudit"></div>' });
    await page.evaluate(() => {
      customElements.define('plaudit-rating', class extends HTMLElement {});
    });
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    expect(await page.evaluate('plaudit instanceof HTMLElement')).toBe(true);
  });

  test('needs no more from a Content-Security-Policy than is documented (WJ05)', async () => {
    shop.stock('42', 30);
    const { page } = await shop.visit({
      csp: strictCsp(shop.edge.url),
      body: '<plaudit-rating product="42"></plaudit-rating><plaudit-reviews product="42"></plaudit-reviews>',
    });
    await page.locator(REVIEW).first().waitFor();
    await page.locator('plaudit-rating [part=count]').waitFor();
    await page.getByRole('button', { name: 'Write a review' }).click();
    await page.getByRole('radio').first().waitFor();
    const display = await page
      .locator(REVIEW)
      .first()
      .evaluate((review) => getComputedStyle(review).display);
    expect(display).toBe('grid');
  });

  test('stores nothing and sets no cookie (WJ04)', async () => {
    shop.stock('42', 3);
    const { page } = await shop.visit({ body: '<plaudit-reviews product="42"></plaudit-reviews>' });
    await page.locator(REVIEW).first().waitFor();
    expect(await page.context().storageState()).toEqual({ cookies: [], origins: [] });
  });
});

describe('an element', () => {
  test('shows another product when its attribute changes, whatever answer comes last', async () => {
    shop.stock('slow', 5);
    shop.stock('quick', 2);
    const held: (() => void)[] = [];
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('/slow/')) return false;
      held.push(() => response.end(JSON.stringify({ summary: {}, reviews: [] })));
      return true;
    };
    const { page } = await shop.visit({
      body: '<plaudit-reviews product="slow"></plaudit-reviews>',
    });
    await expect.poll(() => held.length).toBe(1);
    const reviews = page.locator('plaudit-reviews');
    await reviews.evaluate((host) => host.setAttribute('product', 'quick'));
    await page.locator(REVIEW).first().waitFor();
    for (const release of held) release();
    await page.evaluate(() => fetch('/').then((answer) => answer.text()));
    expect(await page.locator(REVIEW).count()).toBe(2);
  });

  test('survives being moved without reading again', async () => {
    shop.stock('42', 3);
    const { page } = await shop.visit({
      body: '<plaudit-reviews product="42"></plaudit-reviews><aside></aside>',
    });
    await page.locator(REVIEW).first().waitFor();
    await page.evaluate(() => {
      const host = document.querySelector('plaudit-reviews');
      if (host) document.querySelector('aside')?.append(host);
    });
    await page.locator(`aside ${REVIEW}`).first().waitFor();
    expect(shop.edge.requests).toHaveLength(1);
  });

  test('leaves nothing behind when it is removed, and starts anew when it comes back', async () => {
    shop.stock('42', 3);
    const { page } = await shop.visit({ body: '<plaudit-reviews product="42"></plaudit-reviews>' });
    await page.locator(REVIEW).first().waitFor();
    const left = await page.evaluate(async () => {
      const host = document.querySelector('plaudit-reviews');
      host?.remove();
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      Object.assign(window, { removed: host });
      return host?.shadowRoot?.innerHTML;
    });
    expect(left).toBe('<slot></slot>');
    await page.evaluate('document.body.append(removed)');
    await page.locator(REVIEW).first().waitFor();
  });

  test('tells the page when reviews are shown', async () => {
    shop.stock('42', 3);
    const { page } = await shop.visit({
      head: '',
      body: '<plaudit-reviews product="42"></plaudit-reviews>',
    });
    const ready = page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener('plaudit:ready', (event) => resolve((event as CustomEvent).detail));
        }),
    );
    await page.addScriptTag({ url: shop.edge.scriptUrl });
    expect(await ready).toEqual({ product: '42' });
  });
});

describe('reviews rendered on a server', () => {
  const render = (): string =>
    `<plaudit-reviews product="42">${renderReviews(answer(shop.edge.products.get('42') ?? [], {}))}</plaudit-reviews>`;

  test('read without scripts', async () => {
    shop.stock('42', 12);
    const { page } = await shop.visit({ body: render() }, { javaScriptEnabled: false });
    expect(await page.getByRole('article').count()).toBe(10);
    expect(await page.getByText('based on 12 reviews').isVisible()).toBe(true);
  });

  test('show until the widget does, and then no more', async () => {
    shop.stock('42', 12);
    const held: (() => void)[] = [];
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('/products/') || held.length > 0) return false;
      held.push(() => response.writeHead(503).end());
      return true;
    };
    const { page } = await shop.visit({ body: render() });
    await expect.poll(() => held.length).toBe(1);
    const rendered = page.locator('plaudit-reviews section:not([part])');
    expect(await rendered.isVisible()).toBe(true);
    for (const release of held) release();
    await page.locator(REVIEW).first().waitFor();
    expect(await rendered.isVisible()).toBe(false);
  });
});

describe('when something fails, the page keeps what it had (WJ01)', () => {
  const body = `<plaudit-rating product="42"><b>Rated 4</b></plaudit-rating>
    <plaudit-reviews product="42"><p>Reviews from the page itself</p></plaudit-reviews><p>Below</p>`;

  const failures: Record<string, () => void> = {
    'the API answers 500': () => {
      shop.edge.intercept = (request, response) => {
        if (!request.url?.startsWith('/v1/')) return false;
        response.writeHead(500).end('oops');
        return true;
      };
    },
    'the API cannot be reached': () => {
      shop.edge.intercept = (request) => {
        if (!request.url?.startsWith('/v1/')) return false;
        request.socket.destroy();
        return true;
      };
    },
    'the JSON breaks off': () => {
      shop.edge.intercept = (request, response) => {
        if (!request.url?.startsWith('/v1/')) return false;
        response.end('{"ratings":{"42":{"aver');
        return true;
      };
    },
    'the chunk is missing': () => {
      shop.edge.intercept = (request, response) => {
        if (!/assets|ratings/.test(request.url ?? '')) return false;
        response.writeHead(404).end();
        return true;
      };
    },
    'the script is blocked': () => {
      shop.edge.intercept = (request) => {
        request.socket.destroy();
        return true;
      };
    },
  };

  test.for(Object.entries(failures))('%s', async ([, arrange]) => {
    shop.stock('42', 3);
    arrange();
    const { page, layoutShift } = await shop.visit({ body });
    await page.waitForLoadState('networkidle');
    expect(await page.getByText('Rated 4').isVisible()).toBe(true);
    expect(await page.getByText('Reviews from the page itself').isVisible()).toBe(true);
    expect(await layoutShift()).toBe(0);
  });

  test('without children, it says so and offers to try again', async () => {
    shop.stock('42', 3);
    shop.edge.intercept = (request, response) => {
      if (!request.url?.includes('/products/')) return false;
      response.writeHead(404).end();
      return true;
    };
    const { page } = await shop.visit({ body: '<plaudit-reviews product="42"></plaudit-reviews>' });
    await page.getByRole('alert').filter({ hasText: 'could not be loaded' }).waitFor();
    shop.edge.intercept = undefined;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator(REVIEW).nth(2).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
