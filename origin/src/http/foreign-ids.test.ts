/** What a shop hears of the ids of another: what it hears of ids that nobody has, and as fast. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, describeOnEach } from '../../test/databases.ts';
import { startOAuthOrigin, type OAuthOrigin } from '../../test/oauth-origin.ts';
import { statementsOf } from '../../test/rewrite-statements.ts';
import { digestOfShop, makeCanaryShop, type CanaryShop } from '../../test/shop-with-canaries.ts';
import { asSystem } from '../db/row-security.ts';
import { operations } from './management/operations.ts';

/** Where the ids of a kind are kept, and one that nobody has. */
const KINDS = {
  review: { from: 'reviews', column: 'public_id', missing: '0123456789abcdef01234567' },
  question: { from: 'questions', column: 'public_id', missing: '0123456789abcdef01234567' },
  answer: { from: 'answers', column: 'public_id', missing: '0123456789abcdef01234567' },
  upload: { from: 'uploads', column: 'public_id', missing: '0123456789abcdef01234567' },
  webhook: { from: 'webhook_endpoints', column: 'public_id', missing: '0123456789abcdef01234567' },
  import: { from: 'imports', column: 'public_id', missing: '0123456789abcdef01234567' },
  product: { from: 'products', column: 'external_id', missing: 'own-nobody' },
  variant: { from: 'product_variants', column: 'external_id', missing: 'variant-nobody' },
  order: { from: 'orders', column: 'external_id', missing: 'order-nobody' },
  customer: { from: 'customers', column: 'external_id', missing: 'customer-nobody' },
  reviewNumber: { from: 'reviews', column: 'id', missing: '99999999' },
  questionNumber: { from: 'questions', column: 'id', missing: '99999999' },
  productNumber: { from: 'products', column: 'id', missing: '99999999' },
  variantNumber: { from: 'product_variants', column: 'id', missing: '99999999' },
  collectionNumber: { from: 'collections', column: 'id', missing: '99999999' },
  orderNumber: { from: 'orders', column: 'id', missing: '99999999' },
  fulfilmentNumber: { from: 'fulfilments', column: 'id', missing: '99999999' },
} as const;
type Kind = keyof typeof KINDS;

/** A place for an id: `ID` in the path or in a body. */
interface Place {
  call: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} ${string}`;
  id: Kind;
  body?: unknown;
  /** What is answered; 404 unless the id stands beside what is asked for. */
  status?: 200 | 400;
}

const PARAMETERS: Record<string, Kind> = {
  reviewId: 'review',
  questionId: 'question',
  answerId: 'answer',
  webhookId: 'webhook',
  importId: 'import',
  productId: 'product',
  orderId: 'order',
  variantId: 'variant',
};
/** Bodies that would do, were the id one of the shop's own. */
const BODIES: Record<string, unknown> = {
  changeReview: { status: 'archived' },
  answerQuestion: { body: 'x' },
  moderateQuestion: { status: 'rejected' },
  moderateAnswer: { status: 'rejected' },
  saveVariant: { id: 'x', title: 'x' },
  replayWebhook: { since: '2020-01-01T00:00:00Z', until: '2100-01-01T00:00:00Z' },
};

/** Beside a foreign id. */
const OWN: Record<string, string> = { productId: 'own-acme', variantId: 'variant-acme' };

/** Every operation of the management API with ids in its path; settings have versions of their own. */
const inManagement: Place[] = Object.entries(operations).flatMap(([name, { method, path }]) => {
  const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => String(parameter));
  return parameters
    .filter((parameter) => parameter !== 'version')
    .map((foreign) => {
      const filled = path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) =>
        parameter === foreign ? 'ID' : (OWN[parameter] ?? parameter),
      );
      const call = `${method.toUpperCase()} /api/v1${filled}` as Place['call'];
      return { call, id: PARAMETERS[foreign] as Kind, body: BODIES[name] };
    });
});

const person = { author: 'x', email: 'x@example.com' };
const vote = { vote: 'up', voter: 'a-voter-of-the-shop' };
const sent = { rating: 5, ...person };
const core = '/core/v3/stores/acme';
const CORE: [Place['call'], Kind, unknown?][] = [
  [`GET ${core}/products/ID`, 'productNumber'],
  [`PATCH ${core}/products/ID`, 'productNumber', { product: { name: 'x' } }],
  [
    `POST ${core}/products/ID/variants`,
    'productNumber',
    { variant: { external_id: 'x', name: 'x' } },
  ],
  [`PATCH ${core}/products/ID/variants/1`, 'productNumber', { variant: { name: 'x' } }],
  [`PATCH ${core}/products/1/variants/ID`, 'variantNumber', { variant: { name: 'x' } }],
  [`GET ${core}/collections/ID`, 'collectionNumber'],
  [`PATCH ${core}/collections/ID`, 'collectionNumber', { collection: { name: 'x' } }],
  [
    `POST ${core}/collections/ID/products`,
    'collectionNumber',
    { product: { external_id: 'kettle' } },
  ],
  [`POST ${core}/collections/1/products`, 'product', { product: { external_id: 'ID' } }],
  [`DELETE ${core}/collections/1/products`, 'product', { product: { external_id: 'ID' } }],
  [`GET ${core}/orders/ID`, 'orderNumber'],
  [`PATCH ${core}/orders/ID`, 'orderNumber', { order: { order_name: 'x' } }],
  [`GET ${core}/orders/ID/fulfillments`, 'orderNumber'],
  [
    `POST ${core}/orders/ID/fulfillments`,
    'orderNumber',
    { fulfillment: { external_id: 'x', fulfillment_date: '2026-01-01' } },
  ],
  [
    `PATCH ${core}/orders/1/fulfillments/ID`,
    'fulfilmentNumber',
    { fulfillment: { status: 'success' } },
  ],
];

const PLACES: Place[] = [
  ...inManagement,
  ...CORE.map(([call, id, body]) => ({ call, id, body })),
  // Beside what is asked for: in bodies, filters and lists.
  {
    call: 'POST /api/v1/reviews/moderate',
    id: 'review',
    body: { ids: ['ID'], status: 'rejected' },
    status: 200,
  },
  {
    call: 'POST /api/v1/reviews',
    id: 'upload',
    body: { productId: 'x', ...sent, media: ['ID'] },
    status: 400,
  },
  { call: 'GET /api/v1/reviews?product=ID', id: 'product', status: 200 },
  { call: 'GET /api/v1/questions?product=ID', id: 'product', status: 200 },
  { call: 'GET /api/v1/products?cursor=ID', id: 'productNumber', status: 200 },
  { call: 'GET /api/v1/orders?cursor=ID', id: 'orderNumber', status: 200 },
  { call: `GET ${core}/products?external_ids=ID`, id: 'product', status: 200 },
  { call: `GET ${core}/orders?external_ids=ID`, id: 'order', status: 200 },
  { call: `GET ${core}/products/ID/variants`, id: 'productNumber', status: 200 },
  { call: `GET ${core}/products/ID/collections`, id: 'productNumber', status: 200 },
  { call: 'GET /v1/apps/acme/ID/reviews', id: 'product', status: 200 },
  { call: 'GET /v1/apps/acme/reviews?since_id=ID', id: 'reviewNumber', status: 200 },
  { call: 'GET /apps/acme/purchases?since_id=ID', id: 'orderNumber', status: 200 },
  {
    call: 'DELETE /apps/acme/purchases',
    id: 'order',
    body: { orders: [{ order_id: 'ID' }] },
    status: 200,
  },
  { call: 'POST /reviews/ID/comments', id: 'reviewNumber', body: { comment: { content: 'x' } } },
  { call: 'PUT /reviews/ID/comments/ID', id: 'reviewNumber', body: { comment: { content: 'x' } } },
  { call: 'POST /questions/ID/answers', id: 'questionNumber', body: { comment: { content: 'x' } } },
  // Of the storefront, and of clients that were written for another.
  {
    call: 'POST /v1/shops/acme/reviews/ID',
    id: 'review',
    body: { rating: 1, author: 'x', secret: 's'.repeat(22) },
  },
  {
    call: 'POST /v1/shops/acme/reviews/ID/withdrawal',
    id: 'review',
    body: { secret: 's'.repeat(22) },
  },
  { call: 'POST /v1/shops/acme/reviews/ID/votes', id: 'review', body: vote },
  { call: 'POST /v1/shops/acme/questions/ID/votes', id: 'question', body: vote },
  { call: 'POST /v1/shops/acme/answers/ID/votes', id: 'answer', body: vote },
  { call: 'GET /v1/shops/acme/media/ID/small.webp', id: 'upload' },
  {
    call: 'POST /v1/shops/acme/products/x/reviews',
    id: 'upload',
    body: { ...sent, media: ['ID'] },
    status: 400,
  },
  { call: 'GET /v1/shops/acme/ratings?ids=ID', id: 'product', status: 200 },
  { call: 'GET /v1/shops/acme/products/ID/reviews?q=canary', id: 'product', status: 200 },
  { call: 'GET /v1/shops/acme/products/ID/questions', id: 'product', status: 200 },
  { call: 'GET /v1/shops/acme/products/ID/topics', id: 'product', status: 200 },
  { call: 'GET /products/acme/ID/bottomline', id: 'product', status: 200 },
  { call: 'GET /products/acme/ID/reviews', id: 'product', status: 200 },
  { call: 'GET /products/acme/ID/questions', id: 'product', status: 200 },
  { call: 'GET /v1/widget/acme/products/ID/reviews.json', id: 'product', status: 200 },
  {
    call: 'GET /v1/widget/acme/products/products_information?domain_keys[]=ID',
    id: 'product',
    status: 200,
  },
  { call: 'GET /v1/widget/acme/images/ID', id: 'reviewNumber' },
  { call: 'GET /v1/widget/acme/images/list?ids=ID', id: 'reviewNumber', status: 200 },
  { call: 'GET /v1/reviews/acme/filter.json?domain_key=ID', id: 'product', status: 200 },
  { call: 'GET /v1/star_distribution/store/acme/product/ID', id: 'product', status: 200 },
  { call: 'GET /v3/storefront/store/acme/product/ID/reviews', id: 'product', status: 200 },
  { call: 'GET /v3/storefront/stores/acme/products/ID/reviewsMedia', id: 'product', status: 200 },
  { call: 'GET /v3/storefront/stores/acme/products/ID/productData', id: 'product', status: 200 },
];

/** Fields that differ by the moment, or are made of the id that was asked for. */
const UNTELLING = /^(?:date|ratelimit|etag|cache-tag|content-length|connection|keep-alive)$/;

describeOnEach('an id of another shop', (fixture) => {
  let origin: OAuthOrigin;
  let other: CanaryShop;
  let token: string;

  beforeAll(async () => {
    clock.now = new Date();
    origin = await startOAuthOrigin(fixture.context);
    await makeCanaryShop(fixture.context, 'acme');
    // Numbers that stand for nothing else in an answer.
    await asSystem(fixture.context.db, (tx) =>
      tx.execute(
        sql`select setval(seqrelid::regclass, 7000000) from pg_sequence where seqincrement > 0`,
      ),
    );
    other = await makeCanaryShop(fixture.context, 'other');
    token = await origin.token(await origin.app({ isShopItself: true }));
  });
  afterAll(() => origin.close());

  const foreignIds = (kind: Kind): Promise<string[]> =>
    asSystem(fixture.context.db, async (tx) => {
      const [from, column] = [KINDS[kind].from, KINDS[kind].column].map((name) =>
        sql.identifier(name),
      );
      const query = sql`select ${column}::text as id from ${from} where shop_id = ${other.id} order by id`;
      const { rows } = (await tx.execute(query)) as { rows: { id: string }[] };
      const ids = rows.map(({ id }) => id).filter((id) => id !== 'kettle');
      // Published and not, where there are such.
      return [...new Set([ids.at(0), ids.at(-1)])].filter((id) => id !== undefined);
    });

  /** What is answered, with the id taken out; and what it asked of the database. */
  async function ask({ call, body }: Place, id: string) {
    const [method = '', path = ''] = call.replaceAll('ID', id).split(' ');
    let said = '';
    let status = 0;
    const statements = await statementsOf(fixture.context.db, async () => {
      const answer = await fetch(origin.url + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'if-match': '*',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body).replaceAll('ID', id) }),
      });
      const fields = [...answer.headers].filter(([name]) => !UNTELLING.test(name));
      ({ status } = answer);
      said = `${JSON.stringify(fields)} ${await answer.text()}`;
    });
    return { status, said: said.replaceAll(id, 'ID'), statements };
  }

  test('TI01, OA26: is answered as one that nobody has, at the same cost, wherever it stands', async () => {
    const before = await digestOfShop(fixture.context, other.id);
    for (const place of PLACES) {
      const { missing } = KINDS[place.id];
      // The first time, prepared answers and noted times may cost a statement more.
      await ask(place, missing);
      const unknown = await ask(place, missing);
      expect([place.call, unknown.status]).toEqual([place.call, place.status ?? 404]);
      const ids = await foreignIds(place.id);
      expect([place.call, ids.length]).not.toEqual([place.call, 0]);
      for (const id of ids) {
        const answer = await ask(place, id);
        expect({ call: place.call, id, ...answer }).toEqual({ call: place.call, id, ...unknown });
        expect(answer.said).not.toMatch(/(?:canary|hidden)-other/);
      }
    }
    expect(await digestOfShop(fixture.context, other.id)).toEqual(before);
  });
});
