import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillShop } from '../../../../test/compat-shop.ts';
import { clock, describeOnEach } from '../../../../test/databases.ts';
import { startOAuthOrigin, type OAuthOrigin } from '../../../../test/oauth-origin.ts';
import { listOrders } from '../../../domain/orders/list.ts';
import { createShop } from '../../../domain/shops/create.ts';
import { findShop } from '../../../domain/shops/find.ts';

interface Owned {
  reviews: { id: number; sku: string; score: number; email: string }[];
}

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
  const read = async (query = '', path = '/v1/apps/acme/reviews') =>
    (await (await get(`${path}?utoken=${token}&${query}`)).json()) as Owned;
  const post = async (path: string, body: object) => {
    const answer = await fetch(origin.url + path, {
      method: 'POST',
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
