import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createStore } from './app.ts';
import { createBackstage } from './gallery/backstage.ts';
import { WORLDS } from './gallery/worlds.ts';
import { readCatalogue, type Catalogue, type Product } from './catalogue.ts';

const EDGE = 'https://edge.example';
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const own = readCatalogue(here('../data/catalogue.json'));

const storeOf = (catalogue: Catalogue, notice = '') =>
  createStore({ catalogue, edgeUrl: EDGE, appKey: 'demo', notice });
const textOf = async (catalogue: Catalogue, path: string) =>
  (await storeOf(catalogue).request(path)).text();

/** A catalogue as an import makes it. */
function imported(count: number): Catalogue {
  const products = Array.from({ length: count }, (_, n): Product => ({
    id: String(n),
    name: `Product ${n}`,
    category: '',
    description: '',
    details: [],
    reviewCount: n,
    picture: `/pictures/${n}.svg`,
  }));
  return new Map(products.toReversed().map((product) => [product.id, product]));
}

describe('the catalogue', () => {
  test('holds a dozen products, each with a drawing of its own', () => {
    expect(own.size).toBe(12);
    for (const { picture } of own.values()) {
      expect(existsSync(here(`..${picture}`)) ? picture : `no ${picture}`).toBe(picture);
    }
  });
});

describe('every page', () => {
  test.each(['/', '/products/kettle-river', '/products/unheard-of', '/nowhere'])(
    '%s embeds Plaudit under the strictest policy, with no inline code or style',
    async (path) => {
      const answer = await storeOf(own).request(path);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain(`script-src 'self' ${EDGE};`);
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).not.toContain('unsafe');
      const page = await answer.text();
      expect(page).toContain(`<script async src="${EDGE}/demo/plaudit.js"></script>`);
      expect(page).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\son\w+=/);
      expect(page.match(/<h1/g)).toHaveLength(1);
    },
  );

  test.each([
    '/',
    '/products/kettle-river',
    '/nowhere',
    '/gallery',
    '/gallery/many',
    '/gallery/no',
  ])(
    'WJ12: %s is sniffed by nobody, opened by itself, and framed by its own pages at most',
    async (path) => {
      const { headers } = await storeOf(own).request(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(
        /^default-src 'none'; .*base-uri 'none';.*frame-ancestors '(none|self)'/,
      );
      expect(policy).not.toMatch(/unsafe|\*/);
      expect(Object.fromEntries(headers)).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'x-content-type-options': 'nosniff',
      });
    },
  );

  test('asks early for the edge, and lets it send pictures', async () => {
    const answer = await storeOf(own).request('/');
    expect(answer.headers.get('content-security-policy')).toMatch(
      new RegExp(`img-src [^;]*${EDGE}`),
    );
    expect(await answer.text()).toContain(`<link rel="preconnect" href="${EDGE}"`);
  });

  test('says what it is told to say about where its reviews come from', async () => {
    const store = storeOf(own, 'Reviews <imported> for a demo.');
    expect(await (await store.request('/')).text()).toContain(
      'Reviews &lt;imported&gt; for a demo.',
    );
  });
});

describe('the gallery', () => {
  test('has a page for each state, in frames of the store’s own', async () => {
    const page = await textOf(own, '/gallery');
    for (const name of Object.keys(WORLDS)) {
      expect(page).toContain(`<iframe src="/gallery/${name}"`);
      const answer = await storeOf(own).request(`/gallery/${name}`);
      expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
      expect(await answer.text()).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\son\w+=/);
    }
    expect((await storeOf(own).request('/')).headers.get('content-security-policy')).toContain(
      "frame-ancestors 'none'",
    );
  });

  test('knows no other', async () => {
    const store = storeOf(own);
    expect((await store.request('/gallery/other')).status).toBe(404);
    expect((await store.request('/gallery/backstage/other/v1/shops/demo/reviews')).status).toBe(
      404,
    );
  });

  test('answers from a server of that state', async () => {
    const backstage = createBackstage(EDGE, 'demo');
    const store = createStore({
      catalogue: own,
      edgeUrl: EDGE,
      appKey: 'demo',
      notice: '',
      backstage,
    });
    const reviews = (world: string) =>
      store.request(`/gallery/backstage/${world}/v1/shops/demo/products/jumper/reviews?limit=2`);
    expect(await (await reviews('filled')).json()).toMatchObject({
      summary: { count: 14 },
      reviews: [{ rating: 5 }, { rating: 4 }],
    });
    expect(await (await reviews('empty')).json()).toMatchObject({ summary: { count: 0 } });
    expect((await reviews('failed')).status).toBe(429);
    await backstage.close();
  });
});

describe('the shelf', () => {
  test('has a rating on every card', async () => {
    const page = await textOf(own, '/');
    for (const id of own.keys()) {
      expect(page).toContain(`<plaudit-rating product="${id}"></plaudit-rating>`);
    }
  });

  test('shows one department when asked', async () => {
    const page = await textOf(own, '/?category=Garden');
    expect(page.match(/<plaudit-rating/g)).toHaveLength(3);
    expect(page).toContain('<a href="/?category=Garden" aria-current="page">Garden</a>');
  });

  test('shows a search and its words again, as text', async () => {
    const page = await textOf(imported(100), `/?q=${encodeURIComponent('"><script>')}`);
    expect(page).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(page).not.toContain('"><script>');
  });

  test('keeps department and search from page to page', async () => {
    expect(await textOf(imported(100), '/?q=product&page=2')).toContain(
      'href="/?q=product&amp;page=1"',
    );
  });

  test('shows the 48 most reviewed of many, page by page, and finds the others', async () => {
    const many = imported(100);
    const first = await textOf(many, '/');
    expect(first.match(/<plaudit-rating/g)).toHaveLength(48);
    expect(first).toContain('product="99"');
    expect(first).toContain('href="/?page=2"');
    expect((await textOf(many, '/?page=3')).match(/<plaudit-rating/g)).toHaveLength(4);
    expect(await textOf(many, '/?q=product+0')).toContain('product="0"');
    expect(await textOf(many, '/?q=nothing+like+it')).toContain('Nothing fits');
  });

  test.each(['0', '-5', 'NaN', '999999'])('shows some page for ?page=%s', async (page) => {
    expect((await textOf(imported(100), `/?page=${page}`)).includes('<plaudit-rating')).toBe(true);
  });
});

describe('a product page', () => {
  test('has rating, reviews with a fallback, and others with theirs', async () => {
    const page = await textOf(own, '/products/kettle-river');
    expect(page).toContain('<plaudit-rating product="kettle-river"></plaudit-rating>');
    expect(page).toMatch(/<plaudit-reviews product="kettle-river">\s*<p>/);
    expect(page.match(/<plaudit-rating/g)).toHaveLength(5);
  });

  test.each(['a/b', '50%', 'ü ß', '../x', 'a?b#c'])('is found under the id %s', async (id) => {
    const [product] = imported(1).values();
    if (!product) throw new Error('There is no product.');
    const store = storeOf(new Map([[id, { ...product, id }]]));
    const [path = ''] = /\/products\/[^"]+/.exec(await (await store.request('/')).text()) ?? [];
    const answer = await store.request(path);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain(`<plaudit-reviews product="${id}">`);
  });

  test('of an unknown product is a 404', async () => {
    expect((await storeOf(own).request('/products/__proto__')).status).toBe(404);
  });

  test('shows hostile names as text', async () => {
    const id = '"><script>alert(1)</script>';
    const [product] = imported(1).values();
    if (!product) throw new Error('There is no product.');
    const hostile = new Map([[id, { ...product, id, name: '<img src=x onerror=alert(1)>' }]]);
    const page = await textOf(hostile, `/products/${encodeURIComponent(id)}`);
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<img src=x');
    expect(page).toContain('&lt;img src=x');
  });
});

describe('a picture', () => {
  test('is drawn for every id, always the same for the same one, with nothing of it inside', async () => {
    const draw = async (id: string) => {
      const answer = await storeOf(own).request(`/pictures/${encodeURIComponent(id)}.svg`);
      expect(answer.headers.get('content-type')).toBe('image/svg+xml');
      return answer.text();
    };
    expect(await draw('1078')).toBe(await draw('1078'));
    expect(await draw('1078')).not.toBe(await draw('862'));
    expect(await draw('</svg><script>')).not.toContain('script');
  });
});
