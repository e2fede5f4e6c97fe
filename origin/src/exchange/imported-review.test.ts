import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findColumns } from './columns.ts';
import { RecordError, toImportedReview, type RecordReading } from './imported-review.ts';

/** Reads one row of a table, with `product_id` and `rating` unless it says otherwise. */
function read(cells: Record<string, string>, reading: Partial<RecordReading> = {}) {
  const row = { product_id: 'kettle', rating: '5', ...cells };
  return toImportedReview(row, {
    columns: findColumns(Object.keys(row)),
    ratingScale: 5,
    decodeEntities: true,
    unguardFormulas: true,
    hasPlainLists: false,
    dateFormat: 'yyyy-mm-dd',
    ...reading,
  });
}

test('a row names no product as the shop itself is named', () => {
  expect(() => read({ product_id: '@site' })).toThrow('yotpo_site_reviews');
});

describe('a row says only what its cells say', () => {
  test('a product and a rating are a whole review', () => {
    expect(read({})).toEqual({
      productId: 'kettle',
      otherProductIds: [],
      rating: 5,
      verified: false,
      incentivized: false,
      answers: [],
      status: 'published',
      helpfulUp: 0,
      helpfulDown: 0,
      pictureUrls: [],
      videoUrls: [],
      cut: [],
    });
  });

  test('blank cells are no texts', () => {
    expect(read({ title: ' ', body: '\t', author: '', reply: '' })).toEqual(read({}));
  });

  test.each([
    [{ rating: '' }, /no rating/],
    [{ rating: '6' }, /not one of 1 to 5/],
    [{ product_id: '' }, /no product/],
    [{ product_id: 'x'.repeat(256) }, /more than 255/],
    [{ date: '2024-02-30' }, /no day/],
    [{ reply: 'Thanks', reply_date: 'soon' }, /no day/],
  ])('%j is refused', (cells, message) => {
    expect(() => read(cells)).toThrow(RecordError);
    expect(() => read(cells)).toThrow(message);
  });
});

describe('products', () => {
  test('id, handle and SKU are kept in this order', () => {
    const { productId, otherProductIds } = read({ sku: 'K-1', product_handle: 'the-kettle' });
    expect([productId, ...otherProductIds]).toEqual(['kettle', 'the-kettle', 'K-1']);
  });

  test('a title is the last resort, and gives the same id every time', () => {
    const slug = (title: string) => read({ product_id: '', product_title: title }).productId;
    expect(slug(' Kettle “Größe L” ')).toBe('kettle-größe-l');
    expect(slug('x'.repeat(400))).toHaveLength(255);
    expect(slug('x'.repeat(400))).not.toBe(slug('x'.repeat(401)));
  });
});

describe('texts', () => {
  test('entities are decoded where pages wrote them, and kept where they did not', () => {
    expect(read({ body: 'Tom &amp; Kim &lt;3 &#39;' }).body).toBe("Tom & Kim <3 '");
    expect(read({ body: 'a &amp; b' }, { decodeEntities: false }).body).toBe('a &amp; b');
  });

  test('the apostrophe that guards a formula is taken off, others stay', () => {
    expect(read({ body: "'=1+1" }).body).toBe('=1+1');
    expect(read({ body: "'quoted'" }).body).toBe("'quoted'");
    expect(read({ body: "'=1+1" }, { unguardFormulas: false }).body).toBe("'=1+1");
  });

  test.each([
    ['title', 200],
    ['body', 10_000],
    ['reply', 10_000],
    ['author', 100],
  ] as const)('a longer %s is cut at %i characters, and that is told', (field, maxLength) => {
    const whole = 'x'.repeat(maxLength);
    expect(read({ [field]: whole }).cut).toEqual([]);
    const review = read({ [field]: `${whole}y` });
    expect(review.cut).toEqual([field]);
    expect(field === 'reply' ? review.reply?.body : review[field]).toBe(whole);
  });

  test('no text is cut inside a character, or holds what a database refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const { title = '' } = read({ title: text.repeat(3) }, { decodeEntities: false });
        expect(title.isWellFormed()).toBe(true);
        expect(title).not.toContain('\0');
        expect(title.length).toBeLessThanOrEqual(200);
      }),
    );
    expect(read({ title: `${'x'.repeat(199)}😀` }).title).toBe('x'.repeat(199));
  });
});

describe('lists of addresses', () => {
  const a = 'https://example.com/a.jpg';
  const b = 'https://example.com/b,c;d.jpg?x=1|2';
  test.each([',', ';', '|', ' ', '\n', ', ', ' ; '])('are separated by %j', (separator) => {
    const { pictureUrls } = read({ picture_urls: [a, b].join(separator) });
    expect(pictureUrls).toEqual([a, b]);
  });

  test('hold http addresses only, ten at most', () => {
    const urls = ['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'a.jpg'];
    expect(read({ picture_urls: urls.join('\n') }).pictureUrls).toEqual([]);
    const eleven = Array.from({ length: 11 }, (_, n) => `https://example.com/${n}.jpg`);
    expect(read({ picture_urls: eleven.join(' ') })).toMatchObject({
      pictureUrls: eleven.slice(0, 10),
      cut: ['pictures'],
    });
  });

  test('of our own files are separated by white space alone', () => {
    const odd = 'https://example.com/a,https://example.com/b';
    const own = read({ picture_urls: `${odd}\n${a}` }, { hasPlainLists: true });
    expect(own.pictureUrls).toEqual([odd, a]);
  });
});

test.each([
  ['published', 'published'],
  ['Active', 'published'],
  ['TRUE', 'published'],
  ['approved', 'published'],
  ['Hidden', 'pending'],
  ['hold', 'pending'],
  ['0', 'pending'],
  ['spam', 'rejected'],
  ['trash', 'rejected'],
  ['archived', 'archived'],
  ['something new', 'pending'],
])('the status %s is taken for %s', (status, expected) => {
  expect(read({ status }).status).toBe(expected);
});

test.each([
  ['verified_buyer', true],
  ['TRUE', true],
  ['Yes', true],
  ['verified_reviewer', false],
  ['maybe', false],
  ['', false],
])('a buyer is verified by %j: %s', (verified, expected) => {
  expect(read({ verified }).verified).toBe(expected);
});

test.each([
  ['Ann@Example.com', 'ann@example.com'],
  ['not an address', undefined],
  ['a@b@c', undefined],
  [`${'x'.repeat(250)}@example.com`, undefined],
])('of the e-mail address %s is kept: %s', (email, expected) => {
  expect(read({ email }).email).toBe(expected);
});

describe('what reviewers answered', () => {
  test('the variant is an answer, and so are the columns of custom fields', () => {
    const cells = { variant: 'Red / M', 'CF_How tall are you?': '1.80 m', CF_Fit: '' };
    const { answers } = read(cells, { questions: ['CF_How tall are you?', 'CF_Fit'] });
    expect(answers).toEqual([
      { question: 'variant', label: 'Variant', value: 'Red / M' },
      { question: 'cf_how_tall_are_you_', label: 'How tall are you?', value: '1.80 m' },
    ]);
  });

  test('our own list must be as we write it; what others call answers is none', () => {
    expect(read({ answers: '3' }).answers).toEqual([]);
    const own = { ...findColumns(['product_id', 'rating']), answers: 'answers' };
    const answers = [{ question: 'fit', label: 'Fit?', value: 'Well' }];
    expect(read({ answers: JSON.stringify(answers) }, { columns: own }).answers).toEqual(answers);
    for (const wrong of [
      '3',
      '[3',
      '[{"question":"fit"}]',
      JSON.stringify([...answers, ...answers]),
    ]) {
      expect(() => read({ answers: wrong }, { columns: own })).toThrow(/no list as we write it/);
    }
  });

  test('a kind of incentive says that there was one', () => {
    expect(read({ incentive: 'coupon' })).toMatchObject({
      incentivized: true,
      incentive: 'coupon',
    });
    expect(read({ incentive: 'bribe' })).not.toHaveProperty('incentive');
  });
});

test('a translation needs a language and a text', () => {
  const cells = { translation_locale: 'en', translation_body: 'It boils.' };
  expect(read(cells).translation).toEqual({ locale: 'en', body: 'It boils.' });
  expect(read({ translation_locale: 'en' })).not.toHaveProperty('translation');
  expect(read({ translation_body: 'It boils.' })).not.toHaveProperty('translation');
});
