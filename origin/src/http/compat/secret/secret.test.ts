import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillShop } from '../../../../test/compat-shop.ts';
import { clock, describeOnEach } from '../../../../test/databases.ts';
import { startOAuthOrigin, type OAuthOrigin } from '../../../../test/oauth-origin.ts';
import { questions } from '../../../db/questions-schema.ts';
import { inShop } from '../../../db/row-security.ts';
import { listOrders } from '../../../domain/orders/list.ts';
import { askQuestion } from '../../../domain/questions/ask.ts';
import { listOwnedReviews } from '../../../domain/reviews/list-owned.ts';
import { createShop } from '../../../domain/shops/create.ts';
import { findShop } from '../../../domain/shops/find.ts';

interface Owned {
  reviews: { id: number; sku: string; score: number; email: string }[];
}

interface Purchases {
  response: { purchases: { id: number }[]; total_purchases: number; total_orders: number };
}

const PURCHASES = '/apps/acme/purchases';
const ITEM = { url: 'https://acme.example/kettle', name: 'Kettle', image: '', price: '9' };
const PURCHASE = {
  email: 'mara@example.com',
  customer_name: 'Mara Ann Canary',
  order_date: '2026-02-01',
  currency_iso: 'USD',
  platform: 'general',
};
const created = (day: number) => new Date(`2026-02-0${day}T10:00:00.000Z`);

describeOnEach('what v1 of Yotpo’s API keeps for a shop’s own servers', (fixture) => {
  let origin: OAuthOrigin;
  let token: string;

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(origin.url + path, { headers });
  const read = async <T = Owned>(query = '', path = '/v1/apps/acme/reviews') =>
    (await (await get(`${path}?utoken=${token}&${query}`)).json()) as T;
  const post = async (path: string, body: object, method = 'POST') => {
    const answer = await fetch(origin.url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ utoken: token, ...body }),
    });
    return [answer.status, await answer.json()];
  };
  const orders = async (...externalIds: string[]) => {
    const { id } = await findShop(fixture.context.db, 'acme');
    return (await listOrders(fixture.context, id, { limit: 10, externalIds })).rows;
  };

  beforeAll(async () => {
    clock.now = new Date();
    origin = await startOAuthOrigin(fixture.context);
    await createShop(fixture.context, { appKey: 'other', name: 'Other', autoPublish: true });
    await fillShop(fixture.context, 'acme', [
      { rating: 5, title: 'Fast', verified: true, author: 'Mara Canary', createdAt: created(3) },
      { rating: 4, createdAt: created(2) },
      { rating: 2, createdAt: created(1), product: { externalId: 'lamp' } },
      { rating: 1, status: 'pending' },
    ]);
    const app = await origin.app({ isShopItself: true });
    token = await origin.token(app);
  });
  afterAll(() => origin.close());

  test('all reviews come without the frame, with every field, and are kept by nobody', async () => {
    const answer = await get(`/v1/apps/acme/reviews?utoken=${token}&count=1`);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(await answer.json()).toEqual({
      reviews: [
        {
          id: expect.any(Number),
          title: 'Fast',
          content: '',
          score: 5,
          votes_up: 0,
          votes_down: 0,
          created_at: '2026-02-03T10:00:00.000Z',
          updated_at: '2026-02-03T10:00:00.000Z',
          sentiment: null,
          sku: 'kettle',
          name: 'Mara Canary',
          email: 'canary@example.com',
          reviewer_type: 'verified_buyer',
          deleted: false,
          archived: false,
          escalated: false,
          user_reference: null,
        },
      ],
    });
  });

  test('a client reads pages until one is empty', async () => {
    const scores: number[] = [];
    for (let page = 1; ; page += 1) {
      const { reviews } = await read(`page=${page}&count=2`);
      if (reviews.length === 0) break;
      scores.push(...reviews.map(({ score }) => score));
    }
    expect(scores).toEqual([5, 4, 2]);
  });

  test('reviews of a product, since a day, and since a number are fewer', async () => {
    const scores = ({ reviews }: Owned) => reviews.map(({ score }) => score);
    expect(scores(await read('', '/v1/apps/acme/lamp/reviews'))).toEqual([2]);
    expect(scores(await read('', '/v1/apps/acme/nowhere/reviews'))).toEqual([]);
    expect(scores(await read('since_date=2026-02-02'))).toEqual([5, 4]);
    expect(scores(await read('since_updated_at=2026-02-03'))).toEqual([5]);
    const [first] = (await read()).reviews;
    expect(scores(await read(`since_id=${first?.id}`))).toEqual([4, 2]);
  });

  test('the token is taken as a field of the request as well; any other is refused', async () => {
    for (const headers of [{ 'x-yotpo-token': token }, { authorization: `Bearer ${token}` }]) {
      expect((await get('/v1/apps/acme/reviews', headers)).status).toBe(200);
    }
    const paths = ['acme/reviews', 'acme/reviews?utoken=x', `other/reviews?utoken=${token}`];
    for (const path of [...paths, `nowhere/reviews?utoken=${token}`]) {
      const answer = await get(`/v1/apps/${path}`);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toEqual({ status: { code: 401, message: 'Unauthorized' } });
    }
  });

  test('an app that may not know who people are is told no address', async () => {
    const app = await origin.app({ scopes: ['reviews:read'] });
    const weak = await origin.token(app, 'reviews:read');
    const answer = await get(`/v1/apps/acme/reviews?utoken=${weak}`);
    expect(((await answer.json()) as Owned).reviews.map(({ email }) => email)).toEqual([
      '',
      '',
      '',
    ]);
    const purchase = { ...PURCHASE, utoken: weak, order_id: 'no', products: { kettle: ITEM } };
    expect(await post('/apps/acme/purchases', purchase)).toEqual([
      403,
      { status: { code: 403, message: 'Forbidden' } },
    ]);
  });

  test('reviews of the shop itself have the name that clients know them by', async () => {
    await fillShop(fixture.context, 'acme', [
      { rating: 3, product: { externalId: '' }, createdAt: created(1) },
    ]);
    const { reviews } = await read('', '/v1/apps/acme/yotpo_site_reviews/reviews');
    expect(reviews).toMatchObject([{ score: 3, sku: 'yotpo_site_reviews' }]);
  });

  test('a purchase becomes an order, told once or again', async () => {
    const purchase = { ...PURCHASE, order_id: '7', products: { kettle: ITEM, lamp: {} } };
    for (let time = 0; time < 2; time += 1) {
      const answer = await post('/apps/acme/purchases', purchase);
      expect(answer).toEqual([200, { code: 200, message: 'OK' }]);
    }
    expect(await orders('7')).toMatchObject([
      {
        currency: 'USD',
        customer: { email: 'mara@example.com', firstName: 'Mara Ann', lastName: 'Canary' },
        lines: [{ productId: 'kettle' }, { productId: 'lamp' }],
      },
    ]);
  });

  test.each(['mass_create', 'mass_create.json'])('many come at once by %s', async (name) => {
    const told = ['a', 'b'].map((id) => ({
      ...PURCHASE,
      order_id: `${name}-${id}`,
      products: [{ kettle: ITEM }, { lamp: {} }],
    }));
    const answer = await post(`/apps/acme/purchases/${name}`, { orders: told });
    expect(answer).toEqual([200, { code: 200, message: 'OK' }]);
    const found = await orders(`${name}-a`, `${name}-b`);
    expect(found.map(({ lines }) => lines.length)).toEqual([2, 2]);
  });

  test.each([
    [{ order_id: '8' }, 'products'],
    [{ order_id: '8', products: {}, order_date: 'soon' }, 'order_date'],
    [{ products: {} }, 'order_id'],
  ])('a purchase with %j is refused with the reason', async (wrong, field) => {
    const [status, body] = await post('/apps/acme/purchases', { ...PURCHASE, ...wrong });
    expect(status).toBe(400);
    const message = expect.stringContaining(`${field}: `);
    expect(body).toEqual({ status: { code: 400, message } });
  });

  // The answer was recorded; that deleting means cancelling, and the names in that body, are a guess.
  test('purchases are listed line by line, and taken back', async () => {
    const before = await read<Purchases>('count=1', PURCHASES);
    const purchase = { ...PURCHASE, order_id: '9', products: { kettle: ITEM, lamp: {} } };
    await post('/apps/acme/purchases', purchase);
    const { response } = await read<Purchases>('count=100', PURCHASES);
    expect(response.total_purchases).toBe(before.response.total_purchases + 2);
    expect(response.total_orders).toBe(before.response.total_orders + 1);
    const [kettle, lamp] = response.purchases.slice(-2);
    expect(kettle).toEqual({
      id: expect.any(Number),
      user_email: 'mara@example.com',
      user_name: 'Mara Ann Canary',
      order_id: '9',
      product_sku: 'kettle',
      product_name: 'Kettle',
      product_url: 'https://acme.example/kettle',
      order_date: '2026-02-01T00:00:00.000Z',
      product_description: '',
      created_at: clock.now.toISOString(),
    });
    expect(lamp).toMatchObject({ order_id: '9', product_sku: 'lamp' });
    const later = await read<Purchases>(`since_id=${kettle?.id}`, PURCHASES);
    expect(later.response).toMatchObject({ total_purchases: 1, purchases: [lamp] });
    const none = await read<Purchases>('since_date=2026-02-02', PURCHASES);
    expect(none.response).toEqual({ purchases: [], total_purchases: 0, total_orders: 0 });

    const app = await origin.app({ scopes: ['orders:read'] });
    const weak = await origin.token(app, 'orders:read');
    const unnamed = await (await get(`${PURCHASES}?utoken=${weak}&count=100`)).text();
    expect(unnamed).not.toMatch(/mara@|Canary/);

    const taken = { orders: [{ order_id: '9' }, { order_id: 'never told' }] };
    expect(await post(PURCHASES, taken, 'DELETE')).toEqual([200, { code: 200, message: 'OK' }]);
    expect(await orders('9')).toMatchObject([{ cancelledAt: clock.now }]);
    const [status] = await post(PURCHASES, { orders: '9' }, 'DELETE');
    expect(status).toBe(400);
  });

  // The answers were recorded.
  test('a shop replies to a review, and replies anew', async () => {
    const [review] = (await read()).reviews;
    const path = `/reviews/${review?.id}/comments`;
    const calls = [
      [path, 'POST', 'Thank you'],
      [`${path}/${review?.id}`, 'PUT', 'Thanks'],
    ] as const;
    for (const [path, method, content] of calls) {
      expect(await post(path, { comment: { content, public: true } }, method)).toEqual([
        200,
        {
          status: { code: 200, message: 'OK' },
          response: {
            comment: {
              id: review?.id,
              commentable_id: review?.id,
              commentable_type: 'Review',
              content,
              public: true,
              created_at: clock.now.toISOString(),
            },
          },
        },
      ]);
    }
    const shown = await get('/v1/widget/acme/products/kettle/reviews.json?per_page=1');
    expect(await shown.text()).toContain('"content":"Thanks"');
  });

  test.each([
    ['0/comments', 'POST', { content: 'x' }, 404],
    ['ID/comments/0', 'PUT', { content: 'x' }, 404],
    ['ID/comments', 'POST', { content: 'x', public: false }, 400],
    ['ID/comments', 'POST', { content: ' ' }, 400],
    ['ID/comments', 'POST', undefined, 400],
  ])('a reply to %s by %s of %j is %i', async (path, method, comment, expected) => {
    const [review] = (await read()).reviews;
    const at = `/reviews/${path.replace('ID', `${review?.id}`)}`;
    const [status, body] = await post(at, { comment }, method);
    expect([status, body]).toMatchObject([expected, { status: { code: expected } }]);
  });

  test('a shop replies to none but its own reviews, and not without a token for it', async () => {
    await fillShop(fixture.context, 'other', [{ rating: 5 }]);
    const { id: shopId } = await findShop(fixture.context.db, 'other');
    const [theirs] = await listOwnedReviews(
      fixture.context,
      shopId,
      { offset: 0, limit: 1 },
      false,
    );
    const comment = { content: 'Mine now' };
    const path = `/reviews/${theirs?.number}/comments`;
    expect((await post(path, { comment }))[0]).toBe(404);
    expect((await post(path, { comment, utoken: 'x' }))[0]).toBe(401);
  });

  // The answer was recorded.
  test('a shop answers a question, in its own name', async () => {
    const asked = { body: 'Is it quiet?', author: 'Ann', email: 'ann@example.com' };
    await askQuestion(fixture.context, 'acme', 'kettle', asked);
    const { id: shopId } = await findShop(fixture.context.db, 'acme');
    const [question] = await inShop(fixture.context.db, shopId, (tx) =>
      tx.select({ id: questions.id }).from(questions),
    );
    const path = `/questions/${question?.id}/answers`;
    const number = expect.any(Number);
    expect(await post(path, { comment: { content: 'Very', public: true } })).toEqual([
      200,
      {
        status: { code: 200, message: 'OK' },
        response: {
          comment: {
            id: number,
            commentable_id: question?.id,
            commentable_type: 'Question',
            content: 'Very',
            votes_up: 0,
            votes_down: 0,
            public: true,
            approved: true,
            created_at: clock.now.toISOString(),
            store_owner_comment: true,
            answerer: {
              id: number,
              display_name: 'Acme',
              slug: '',
              social_image: '',
              is_social_connected: false,
              bio: '',
              score: 0,
              badges: [],
            },
          },
        },
      },
    ]);
    expect((await post('/questions/0/answers', { comment: { content: 'x' } }))[0]).toBe(404);
  });

  test('a token is checked, in capital letters', async () => {
    const check = async (query: string) => {
      const answer = await get(`/oauth/validate_token?${query}`);
      return [answer.status, await answer.json()];
    };
    expect(await check(`app_key=acme&token=${token}`)).toEqual([
      200,
      {
        Status: 'OK',
        Code: '200',
        user_id: expect.any(Number),
        user_has_access_to_account: true,
        application_id: 'acme',
      },
    ]);
    for (const query of [`app_key=other&token=${token}`, 'app_key=acme&token=x', '']) {
      const [status, body] = await check(query);
      expect([status, body]).toMatchObject([401, { user_has_access_to_account: false }]);
    }
  });
});
