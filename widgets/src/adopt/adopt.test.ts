/** Pages that were written for another product, as their themes write them, and our widgets on them. */

import { ADOPTED_PRODUCTS, type AdoptedProduct, type Adoption } from '@plaudit/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Visit } from '../../test/shop.ts';
import { useStorefront } from '../../test/storefront.ts';

const storefront = useStorefront();
const { stock } = storefront;
const COUNT = 'plaudit-rating [part=count]';
const REVIEW = 'plaudit-reviews [part=review]';

beforeEach(() => {
  stock('42', 3);
  stock('7', 2);
});

/** Opens a page with our script where the shop's settings say what to adopt. */
function visit(body: string, adopt: Adoption): Promise<Visit> {
  storefront.edge.settings = { ...storefront.edge.settings, adopt };
  return storefront.visit({ body });
}

/** Opens a page whose script tag is still Yotpo's, but for the host. */
function visitYotpo(path: string, body: string, head = ''): Promise<Visit> {
  const src = storefront.edge.url + path;
  return storefront.visit({ head: `${head}<script async src="${src}"></script>`, body });
}

/** What was adopted, in the order of the page: the widget and its product. */
const adopted = ({ page }: Visit): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('main *')]
      .filter(({ localName }) => localName.startsWith('plaudit-'))
      .map((own) => `${own.localName.slice('plaudit-'.length)} ${own.getAttribute('product')}`),
  );

/** A product page of each product's shops. */
const PAGES: Record<AdoptedProduct, { body: string; expected: string[] }> = {
  yotpo: {
    body: `
      <div class="yotpo bottomLine bottomline-position" data-product-id="42" data-url="/p/42"></div>
      <div class="yotpo QABottomLine" data-appkey="demo" data-product-id="42"></div>
      <div class="yotpo yotpo-main-widget" data-product-id="42" data-name="Jumper" data-price="9"></div>
      <div class="yotpo yotpo-pictures-widget" data-gallery-id="5d"></div>
      <div id="yotpo-testimonials-custom-tab"></div>`,
    expected: ['rating 42', 'reviews 42', 'gallery null', 'reviews null'],
  },
  judgeme: {
    body: `
      <div class="jdgm-widget jdgm-preview-badge" data-id="42" data-template="product">
        <div style="display:none" class="jdgm-prev-badge" data-average-rating="4"></div>
      </div>
      <div id="judgeme_product_reviews" class="jdgm-widget jdgm-review-widget" data-id="42">
        <div class="jdgm-rev-widg">What their server had written.</div>
      </div>
      <div class="jdgm-carousel-wrapper"></div>
      <div class="jdgm-verified-badge-wrapper"></div>`,
    expected: ['rating 42', 'reviews 42', 'carousel null', 'badge null'],
  },
  loox: {
    body: `
      <div class="loox-rating" data-fetch data-id="42" data-rating="4.8" data-raters="12"></div>
      <div id="looxReviews" data-product-id="42"></div>`,
    expected: ['rating 42', 'reviews 42'],
  },
  okendo: {
    body: `
      <div data-oke-star-rating data-oke-reviews-product-id="shopify-42"></div>
      <div data-oke-widget data-oke-reviews-product-id="shopify-42">
        <script type="application/json" data-oke-metafield-data>{"averageRating":"4.9"}</script>
      </div>
      <div data-oke-carousel></div>`,
    expected: ['rating 42', 'reviews 42', 'carousel null'],
  },
  stamped: {
    body: `
      <span class="stamped-product-reviews-badge stamped-main-badge" data-id="42"></span>
      <div id="stamped-main-widget" class="stamped-main-widget" data-widget-style="standard" data-product-id="42"></div>
      <div id="stamped-reviews-widget" data-widget-type="carousel"></div>`,
    expected: ['rating 42', 'reviews 42', 'carousel null'],
  },
  shopify: {
    body: `
      <span class="shopify-product-reviews-badge" data-id="42"></span>
      <div id="shopify-product-reviews" data-id="42"></div>`,
    expected: ['rating 42', 'reviews 42'],
  },
};

describe('a page written for another product', () => {
  test.each(ADOPTED_PRODUCTS)('%s shows our widgets in its places', async (product) => {
    const { body, expected } = PAGES[product];
    const visited = await visit(body, { from: [product] });
    await visited.page.locator(COUNT).waitFor();
    await expect.poll(() => visited.page.locator(REVIEW).count()).toBeGreaterThanOrEqual(3);
    expect(await adopted(visited)).toEqual(expected);
  });

  test('is left alone unless its shop says so', async () => {
    const body = ADOPTED_PRODUCTS.map((product) => PAGES[product].body).join('');
    const { page } = await storefront.visit({ body });
    await page.waitForFunction('window.plaudit');
    expect(await page.locator('plaudit-rating, plaudit-reviews').count()).toBe(0);
    expect(await page.evaluate('typeof yotpo')).toBe('undefined');
  });

  test('keeps what stood there where the widget cannot come', async () => {
    storefront.edge.intercept = (request, response) => {
      if (!request.url?.startsWith('/v1/')) return false;
      response.writeHead(503).end();
      return true;
    };
    const { page } = await visit(PAGES.judgeme.body, { from: ['judgeme'] });
    await page.waitForLoadState('networkidle');
    expect(await page.getByText('What their server had written.').isVisible()).toBe(true);
  });

  test('without an id, or with a template’s, has nothing put into it', async () => {
    const visited = await visit(
      `<div class="loox-rating"></div><div id="looxReviews" data-product-id=""></div>
       <div class="loox-rating" data-id="42"></div>`,
      { from: ['loox'] },
    );
    await visited.page.locator(COUNT).waitFor();
    expect(await adopted(visited)).toEqual(['rating 42']);
  });

  test('adopts what comes later, and follows what changes, in one request a batch', async () => {
    const visited = await visit('<div id="app"></div>', { from: ['shopify'] });
    const { page } = visited;
    await page.waitForFunction('window.plaudit');
    await page.evaluate(() => {
      const badge = (id: string): string =>
        `<li><span class="shopify-product-reviews-badge" data-id="${id}"></span></li>`;
      document.querySelector('#app')?.insertAdjacentHTML('beforeend', badge('42') + badge('7'));
    });
    await expect.poll(() => page.locator(COUNT).allTextContents()).toEqual(['(3)', '(2)']);
    expect(storefront.edge.requests).toEqual(['GET /v1/shops/demo/ratings?ids=42,7']);
    await page.evaluate(() => {
      document.querySelector('[data-id="42"]')?.setAttribute('data-id', '7');
    });
    await expect.poll(() => page.locator(COUNT).allTextContents()).toEqual(['(2)', '(2)']);
  });

  test('carries the product that the script is asked for', async () => {
    storefront.edge.settings = { ...storefront.edge.settings, adopt: { from: ['loox'] } };
    const src = `${storefront.edge.scriptUrl}?product=42`;
    const { page } = await storefront.visit({
      head: `<script async src="${src}"></script>`,
      body: PAGES.loox.body,
    });
    await page.locator(REVIEW).first().waitFor();
    await page.locator(COUNT).waitFor();
    expect(storefront.edge.requests).toEqual([]);
  });
});

describe('at the addresses of Yotpo’s scripts', () => {
  test('what they call the reviews of the shop itself is that', async () => {
    stock('@site', 2);
    const visited = await visitYotpo(
      '/demo/widget.js',
      '<div class="yotpo yotpo-main-widget" data-product-id="yotpo_site_reviews"></div>',
    );
    await visited.page.locator(REVIEW).nth(1).waitFor();
    expect(await adopted(visited)).toEqual(['reviews @site']);
  });

  const V3 = `
    <div class="yotpo-widget-instance" data-yotpo-instance-id="539170" data-yotpo-product-id="42"></div>
    <div class="yotpo-widget-instance" data-yotpo-instance-id="539171" data-yotpo-product-id="42"
      data-yotpo-name="Jumper" data-yotpo-url="/p/42" data-yotpo-image-url="" data-yotpo-price="9"
      data-yotpo-currency="EUR" data-yotpo-description="" data-yotpo-section-id="product"></div>
    <div class="yotpo-widget-instance qna" data-yotpo-instance-id="539172" data-yotpo-product-id="42" data-yotpo-name="Jumper"></div>
    <div class="yotpo-widget-instance" data-yotpo-instance-id="539173"></div>`;

  test.each(['/demo/widget.js', '/v1/loader/demo?languageCode=en'])(
    '%s, markup of both kinds is adopted',
    async (path) => {
      const visited = await visitYotpo(path, PAGES.yotpo.body + V3);
      await visited.page.locator(COUNT).first().waitFor();
      await visited.page.locator(REVIEW).first().waitFor();
      expect(await adopted(visited)).toEqual([
        ...PAGES.yotpo.expected,
        'rating 42',
        'reviews 42',
        'questions 42',
      ]);
    },
  );

  test('instances are what the shop’s settings say they are', async () => {
    const instances = { 539170: 'reviews', 539173: 'carousel' } as const;
    const visited = await visit(V3, { from: ['yotpo'], instances });
    await visited.page.locator(REVIEW).first().waitFor();
    expect(await adopted(visited)).toEqual([
      'reviews 42',
      'reviews 42',
      'questions 42',
      'carousel null',
    ]);
  });

  test('a single-page shop changes the product and calls what it always called', async () => {
    const visited = await visitYotpo('/demo/widget.js', PAGES.yotpo.body);
    const { page } = visited;
    await expect.poll(() => page.locator(COUNT).textContent()).toBe('(3)');
    await page.evaluate(() => {
      const { yotpo, Yotpo } = window as unknown as Record<string, Record<string, unknown>>;
      if (!yotpo || !Yotpo) throw new Error('There is no Yotpo.');
      yotpo['initialized'] = false;
      (yotpo['clean'] as () => void)();
      for (const found of document.querySelectorAll('[data-product-id]')) {
        found.setAttribute('data-product-id', '7');
      }
      (yotpo['refreshWidgets'] as () => void)();
      (yotpo['initWidgets'] as () => void)();
      const API = Yotpo['API'] as new (own: unknown) => { refreshWidgets: () => void };
      new API(yotpo).refreshWidgets();
    });
    await expect.poll(() => page.locator(COUNT).textContent()).toBe('(2)');
    expect(await adopted(visited)).toEqual([
      'rating 7',
      'reviews 7',
      'gallery null',
      'reviews null',
    ]);
  });

  test('a page that empties its places and starts them anew gets them back', async () => {
    const visited = await visitYotpo('/v1/loader/demo', V3);
    const { page } = visited;
    await page.locator(REVIEW).first().waitFor();
    await page.evaluate(() => {
      for (const found of document.querySelectorAll('.yotpo-widget-instance')) found.innerHTML = '';
      const { yotpoWidgetsContainer } = window as unknown as Record<
        string,
        { initWidgets: (force: boolean) => void }
      >;
      yotpoWidgetsContainer?.initWidgets(true);
    });
    await page.locator(REVIEW).first().waitFor();
    expect(await adopted(visited)).toEqual(['rating 42', 'reviews 42', 'questions 42']);
  });

  test('the globals are there for who waits for them, beside the page’s own', async () => {
    const { page } = await visitYotpo(
      '/v1/loader/demo',
      PAGES.yotpo.body,
      `<script>
        var yotpoWidgetsContainer = { guids: {}, own: true };
        var yotpo = Object.freeze({ own: true });
        var timer = setInterval(() => {
          if (!window.Yotpo) return;
          clearInterval(timer);
          Yotpo.on('CssReady', () => (window.isCssReady = true));
        }, 20);
      </script>`,
    );
    await page.waitForFunction('window.isCssReady');
    const found = await page.evaluate(
      `({
        own: yotpoWidgetsContainer.own && yotpo.own,
        guids: Object.keys(yotpoWidgetsContainer.guids),
        widgets: Yotpo.widgets.length,
        calls: [yotpoWidgetsContainer.initWidgets, yotpoWidgetsContainer.yotpoV3.refreshWidgets, Yotpo.allowCookies].map((call) => typeof call),
      })`,
    );
    expect(found).toEqual({
      own: true,
      guids: ['demo'],
      widgets: 2,
      calls: ['function', 'function', 'function'],
    });
  });
});
