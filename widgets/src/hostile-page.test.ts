import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import type { Page } from 'playwright';
import { OLD_LIBRARIES } from '../test/old-libraries.ts';
import type { Document } from '../test/shop.ts';
import { ROOM } from '../test/room.ts';
import { useStorefront } from '../test/storefront.ts';

const shop = useStorefront();
const body = `<plaudit-rating product="42"></plaudit-rating><plaudit-reviews product="42"></plaudit-reviews>`;

/** Everything that a visitor does on an ordinary page, done on this one; returns what was posted. */
async function use(page: Page): Promise<Record<string, unknown>> {
  await page.locator('plaudit-reviews [part=review]').nth(9).waitFor();
  await page.locator('plaudit-rating [part=count]').waitFor();
  await page.getByRole('button', { name: 'Show more reviews' }).click();
  await page.locator('plaudit-reviews [part=review]').nth(11).waitFor();
  await page.getByRole('button', { name: 'Write a review' }).click();
  await page.getByRole('radio', { name: '5 stars' }).check();
  await page.getByLabel('Name').fill('Kim');
  await page.getByLabel('E-mail').fill('kim@example.com');
  await page.getByRole('button', { name: 'Send review' }).click();
  await page.getByRole('heading', { name: 'Thank you!' }).waitFor();
  return JSON.parse(shop.edge.posts.at(-1) ?? '') as Record<string, unknown>;
}

const POSTED = {
  rating: 5,
  author: 'Kim',
  email: 'kim@example.com',
  locale: 'en',
  idempotencyKey: expect.any(String),
};

/** A page whose own script runs before ours. */
const open = async (
  script: string | (() => void),
  document: Partial<Document> = {},
  query = '',
): Promise<Page> => {
  shop.stock('42', 12);
  const { page } = await shop.visit({ body, ...document, head: document.head ?? '' });
  await (typeof script === 'string' ? page.evaluate(script) : page.evaluate(script));
  await page.addScriptTag({ url: shop.edge.scriptUrl + query });
  return page;
};

/** The plain script, and the one that has the reviews and their code in it. */
const SCRIPTS = ['', '?product=42'];

test.each(SCRIPTS)(
  'prototypes that the page has extended do no harm to plaudit.js%s (WJ03)',
  async (query) => {
    const extend = (): void => {
      Object.assign(Array.prototype, { each: () => {}, contains: () => false });
      Object.assign(Object.prototype, { extra: 'extra', extend: () => {} });
      Object.assign(String.prototype, { strip: () => '' });
    };
    expect(await use(await open(extend, {}, query))).toEqual(POSTED);
  },
);

test('the page keeps its prototypes and globals as they were (WJ02)', async () => {
  const page = await open(() => {
    const names = (target: object): string => Reflect.ownKeys(target).map(String).join();
    const state = (): string =>
      [Object, Array, String, Promise, Element, HTMLElement, Event, CSSStyleSheet, Math, JSON]
        .map((built) => names(built) + ('prototype' in built ? names(built.prototype) : ''))
        .join();
    Object.assign(window, {
      isUntouched: (
        (before) => () =>
          state() === before
      )(state()),
    });
  });
  await use(page);
  expect(await page.evaluate('isUntouched()')).toBe(true);
});

test("the page's style sheet does not reach inside", async () => {
  const page = await open(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      '* { all: unset !important } button, label, section, article { display: none !important } input { width: 0 !important }',
    );
    document.adoptedStyleSheets.push(sheet);
  });
  expect(await use(page)).toEqual(POSTED);
});

test('a base address elsewhere leads nothing astray (WJ03)', async () => {
  const head = '<base href="https://elsewhere.invalid/deep/">';
  expect(await use(await open(() => {}, { head }))).toEqual(POSTED);
  expect(shop.edge.requests.every((line) => line.includes('/v1/shops/demo/'))).toBe(true);
});

test('a page that takes the network away keeps its fallback', async () => {
  shop.stock('42', 12);
  const { page } = await shop.visit({
    head: '',
    body: '<plaudit-reviews product="42"><p>Fallback</p></plaudit-reviews>',
  });
  await page.evaluate(() => {
    window.fetch = () => {
      throw new Error('no network for anyone');
    };
  });
  await page.addScriptTag({ url: shop.edge.scriptUrl });
  await page.evaluate(() => customElements.whenDefined('plaudit-reviews'));
  await page.waitForLoadState('networkidle');
  expect(await page.getByText('Fallback').isVisible()).toBe(true);
});

test('elements work inside the shadow of other elements (WJ03)', async () => {
  const page = await open(() => {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    root.append(...document.querySelectorAll('plaudit-rating, plaudit-reviews'));
    document.body.append(host);
  });
  expect(await use(page)).toEqual(POSTED);
});

test('elements survive a framework that swaps the whole body', async () => {
  const page = await open(() => {});
  await page.locator('plaudit-reviews [part=review]').first().waitFor();
  await page.evaluate(() => {
    const next = document.createElement('body');
    for (const name of ['plaudit-rating', 'plaudit-reviews']) {
      const element = document.createElement(name);
      element.setAttribute('product', '42');
      next.append(element);
    }
    document.body.replaceWith(next);
  });
  expect(await use(page)).toEqual(POSTED);
});

test('an id that needs escaping finds its product', async () => {
  const id = 'gid://shop/Product/7?&#"\'<ü>';
  shop.stock(id, 2);
  const { page } = await shop.visit({ body: '' });
  await page.evaluate((product) => {
    for (const name of ['plaudit-rating', 'plaudit-reviews']) {
      const element = document.createElement(name);
      element.setAttribute('product', product);
      document.body.append(element);
    }
  }, id);
  await page.locator('plaudit-reviews [part=review]').nth(1).waitFor();
  const rating = page.getByRole('link', { name: / 2 reviews$/ });
  await rating.waitFor();
  expect(await rating.count()).toBe(1);
});

test.each(SCRIPTS)(
  'built-ins that old libraries and polyfills have replaced do no harm to plaudit.js%s (WJ03)',
  async (query) => {
    shop.edge.settings = {
      ...shop.edge.settings,
      form: {
        questions: [{ id: 'use', kind: 'multiple', label: 'Worn for', options: ['Work', 'Sport'] }],
      },
    };
    const page = await open(OLD_LIBRARIES, {}, query);
    await page.getByRole('button', { name: 'Write a review' }).click();
    await page.getByRole('checkbox', { name: 'Sport' }).check();
    const buffer = await page.screenshot({ type: 'jpeg' });
    await page
      .getByLabel('Add photos')
      .setInputFiles([{ name: 'front.jpg', mimeType: 'image/jpeg', buffer }]);
    await page.getByText('Photos uploaded: 1 of 1').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await use(page)).toEqual({
      ...POSTED,
      answers: [{ question: 'use', value: ['Sport'] }],
      media: ['photo-1'],
    });
  },
);

test('a page in quirks mode has them too (WJ03)', async () => {
  const page = await open(() => {}, { doctype: '' });
  expect(await page.evaluate(() => document.compatMode)).toBe('BackCompat');
  expect(await use(page)).toEqual(POSTED);
});

test('a page that writes its script tags into itself has them too', async () => {
  shop.stock('42', 12);
  const head = `<script>document.write('<script src="${shop.edge.scriptUrl}"><\\/script>')</script>`;
  const { page } = await shop.visit({ head, body });
  expect(await use(page)).toEqual(POSTED);
});

test('a page that isolates itself and grants nothing has them too (WJ05)', async () => {
  shop.stock('42', 12);
  const fields = {
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'permissions-policy':
      'camera=(), geolocation=(), clipboard-read=(), clipboard-write=(), fullscreen=(), storage-access=()',
  };
  const head = `<script async crossorigin src="${shop.edge.scriptUrl}"></script>`;
  const { page } = await shop.visit({ head, body, fields });
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(await use(page)).toEqual(POSTED);
});

test('a page that trusts scripts by nonce alone has them too (WJ05)', async () => {
  shop.stock('42', 12);
  const csp = `default-src 'none'; script-src 'nonce-n0' 'strict-dynamic'; style-src 'self' 'nonce-n0'; connect-src ${shop.edge.url}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;
  const head = `<script async nonce="n0" src="${shop.edge.scriptUrl}"></script>`;
  const { page } = await shop.visit({ head, body, csp });
  expect(await use(page)).toEqual(POSTED);
});

test('a script tag with the right digest works, one with a wrong one leaves the fallback (WJ06)', async () => {
  shop.stock('42', 12);
  const text = await (await fetch(shop.edge.scriptUrl)).text();
  const digest = createHash('sha384').update(text).digest('base64');
  const toTag = (integrity: string): string =>
    `<script async crossorigin integrity="sha384-${integrity}" src="${shop.edge.scriptUrl}"></script>`;
  const right = await shop.visit({ head: toTag(digest), body });
  expect(await use(right.page)).toEqual(POSTED);
  const wrong = await shop.visit({
    head: toTag(digest.replace(/./, (first) => (first === 'A' ? 'B' : 'A'))),
    body: '<plaudit-reviews product="42"><p>Fallback</p></plaudit-reviews>',
  });
  await wrong.page.waitForLoadState('networkidle');
  expect(await wrong.page.getByText('Fallback').isVisible()).toBe(true);
  expect(wrong.trouble.complaints.splice(0)).toEqual([expect.stringContaining('integrity')]);
});

test('chunks that the page has pinned come with the right digest, and leave the fallback with a wrong one', async () => {
  shop.stock('42', 12);
  const assets = join(inject('distDir'), 'public/assets');
  const name = readdirSync(assets).find((file) => /^reviews-[\w-]{8}\.js$/.test(file)) ?? '';
  const digest = createHash('sha384')
    .update(readFileSync(join(assets, name)))
    .digest('base64');
  const toHead = (pinned: string): string => {
    const integrity = { [`${shop.edge.url}/assets/${name}`]: `sha384-${pinned}` };
    return `<script type="importmap">${JSON.stringify({ integrity })}</script>
      <script async src="${shop.edge.scriptUrl}"></script>`;
  };
  const right = await shop.visit({ head: toHead(digest), body });
  expect(await use(right.page)).toEqual(POSTED);
  const wrong = await shop.visit({
    head: `<script>addEventListener('plaudit:error', () => { document.title = 'told' })</script>${toHead('A'.repeat(64))}`,
    body: '<plaudit-reviews product="42"><p>Fallback</p></plaudit-reviews>',
  });
  await expect.poll(() => wrong.page.title()).toBe('told');
  expect(await wrong.page.getByText('Fallback').isVisible()).toBe(true);
  expect(wrong.trouble.complaints.splice(0)).toEqual([expect.stringContaining('integrity')]);
});

test('on a network of the slowest kind all of it comes, late, and nothing jumps (WJ08)', async () => {
  shop.stock('42', 12);
  const { page, layoutShift } = await shop.visit({ head: ROOM, body: `${body}<p>Below</p>` });
  const session = await page.context().newCDPSession(page);
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  });
  await page.addScriptTag({ url: shop.edge.scriptUrl });
  await page.locator('plaudit-reviews [part=review]').nth(9).waitFor();
  await page.locator('plaudit-rating [part=count]').waitFor();
  expect(await layoutShift()).toBeLessThanOrEqual(0.01);
});

test('every chunk may be missing or broken off: what needs it says so, nothing is uncaught (WJ01)', async () => {
  shop.stock('42', 12);
  shop.edge.intercept = (request, response) => {
    if (!/assets\/(?!reviews)/.test(request.url ?? '')) return false;
    response.writeHead(200, { 'content-type': 'text/javascript' }).end('export const broken = (');
    return true;
  };
  const { page } = await shop.visit({ body });
  await page.locator('plaudit-reviews [part=review]').nth(9).waitFor();
  await page.locator('plaudit-rating').hover();
  for (const name of ['Write a review', 'Filter']) {
    await page.getByRole('button', { name, exact: true }).click();
  }
  await expect.poll(() => page.getByRole('alert').allTextContents()).toHaveLength(2);
});

test('listens to no message of other windows, and sends none (WJ10)', async () => {
  const page = await open(`
    globalThis.messages = [];
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, ...rest) {
      if (type.startsWith('message')) messages.push('listens to ' + type);
      return Reflect.apply(addEventListener, this, [type, ...rest]);
    };
    globalThis.postMessage = () => messages.push('sends');`);
  await use(page);
  expect(await page.evaluate('messages')).toEqual([]);
  expect(await page.evaluate('onmessage')).toBeNull();
  // What is listened for is seen.
  await page.evaluate("addEventListener('message', () => {})");
  expect(await page.evaluate('messages')).toEqual(['listens to message']);
});

test('neither the parser nor the end of loading waits for anything of ours (WJ08)', async () => {
  shop.stock('42', 3);
  let isHeld = (path: string): boolean => !path.endsWith('.js') || path.startsWith('/assets/');
  shop.edge.intercept = (request) => isHeld(request.url ?? '');
  const below = '<p id="below">Below</p>';
  // Resolves once the page has loaded, with chunks and answers still on their way.
  const { page } = await shop.visit({ body: body + below });
  await page.waitForFunction('window.plaudit');
  expect(await page.evaluate('document.readyState')).toBe('complete');

  isHeld = () => true;
  await page.reload({ waitUntil: 'domcontentloaded' });
  expect(await page.locator('#below').innerText()).toBe('Below');
  expect(await page.evaluate('window.plaudit')).toBeUndefined();
});
