import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, describeOnEach } from '../../../../test/databases.ts';
import { startOAuthOrigin, type OAuthOrigin } from '../../../../test/oauth-origin.ts';
import { createShop } from '../../../domain/shops/create.ts';
import { listActs } from '../../../domain/audit/list.ts';

type Body = Record<string, unknown>;

const number = expect.any(Number);
const instant = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);

const KETTLE = {
  external_id: 'kettle',
  name: 'Kettle',
  description: 'Boils water.',
  url: 'https://acme.example/kettle',
  image_url: 'https://acme.example/kettle.jpg',
  price: 19.99,
  compare_at_price: 25,
  currency: 'EUR',
  inventory_quantity: 7,
  is_discontinued: false,
  group_name: 'kettles',
  brand: 'Acme',
  sku: 'K-1',
  mpn: 'M-1',
  handle: 'kettle',
  status: 'active',
  gtins: [{ declared_type: 'EAN', value: '4006381333931' }],
  custom_properties: { is_blocklisted: false, review_form_tag: 'hot' },
  external_created_at: '2026-01-01T00:00:00.000Z',
  external_updated_at: '2026-01-02T00:00:00.000Z',
};
const RED = {
  external_id: 'kettle-red',
  name: 'Red kettle',
  description: null,
  url: 'https://acme.example/kettle?colour=red',
  image_url: null,
  price: 21,
  compare_at_price: null,
  currency: 'EUR',
  inventory_quantity: 1,
  is_discontinued: false,
  sku: 'K-1-R',
  gtins: [],
  options: [{ name: 'Colour', value: 'red' }],
};
const MARA = {
  external_id: 'c-1',
  first_name: 'Mara',
  last_name: 'Canary',
  email: 'mara@example.com',
  accepts_email_marketing: true,
};
const ORDER = {
  external_id: '1001',
  order_date: '2026-02-20T10:00:00.000Z',
  order_name: '#1001',
  currency: 'EUR',
  total_price: 39.98,
  subtotal_price: 35,
  payment_status: 'paid',
  customer: { ...MARA, phone_number: '+49 30 1', custom_properties: {} },
  billing_address: { address1: 'Canary Row 1' },
  line_items: [{ external_product_id: 'kettle', quantity: 2, total_price: 39.98 }],
  fulfillments: [
    {
      external_id: 'f-1',
      fulfillment_date: '2026-02-21T10:00:00.000Z',
      status: 'pending',
      shipment_info: { tracking_number: 'CANARY' },
      fulfilled_items: [{ external_product_id: 'kettle', quantity: 2 }],
    },
  ],
};

describeOnEach('Core v3 for clients of Yotpo', (fixture) => {
  let origin: OAuthOrigin;
  let token: string;
  let kettle: number;

  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { 'x-yotpo-token': token },
    store = 'acme',
  ) => {
    const answer = await fetch(`${origin.url}/core/v3/stores/${store}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && {
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    });
    return { status: answer.status, body: (await answer.json()) as Body, headers: answer.headers };
  };
  const refusal = (status: number) => ({
    status,
    body: { errors: [{ message: expect.any(String) }] },
  });

  beforeAll(async () => {
    clock.now = new Date();
    origin = await startOAuthOrigin(fixture.context);
    await createShop(fixture.context, { appKey: 'other', name: 'Other', autoPublish: true });
    const { secret } = await origin.app({ isShopItself: true });
    const given = await ask('POST', '/access_tokens', { secret }, {});
    token = String(given.body['access_token']);
  });
  afterAll(() => origin.close());

  test('takes a product, answers with its number, and gives it back in every field', async () => {
    const made = await ask('POST', '/products', { product: KETTLE });
    expect(made).toMatchObject({ status: 201, body: { product: { yotpo_id: number } } });
    kettle = (made.body['product'] as { yotpo_id: number }).yotpo_id;
    const listed = await ask('GET', '/products?external_ids=kettle,nowhere');
    expect(listed.body).toEqual({
      products: [
        {
          yotpo_id: kettle,
          ...KETTLE,
          is_valid_url_format: true,
          created_at: instant,
          updated_at: instant,
        },
      ],
      pagination: { next_page_info: null },
    });
    expect(listed.headers.get('cache-control')).toBe('private, no-store');
    expect(listed.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('answers 409 to what is there already, which has clients look it up', async () => {
    expect(await ask('POST', '/products', { product: KETTLE })).toMatchObject(refusal(409));
  });

  test('changes what a client sends of a product, and nothing else', async () => {
    const change = { product: { price: '17.50', image_url: null } };
    const changed = await ask('PATCH', `/products/${kettle}`, change);
    expect(changed).toMatchObject({ status: 200, body: { product: { yotpo_id: kettle } } });
    const { body } = await ask('GET', `/products/${kettle}`);
    expect(body['product']).toMatchObject({ ...KETTLE, price: 17.5, image_url: null });
  });

  test('keeps no address that a visitor should not follow', async () => {
    const product = { external_id: 'bad', name: 'Bad', url: 'javascript:alert(1)' };
    expect((await ask('POST', '/products', { product })).status).toBe(201);
    const { body } = await ask('GET', '/products?external_ids=bad');
    expect(body['products']).toMatchObject([{ url: null, is_valid_url_format: false }]);
  });

  test('takes variants of a product', async () => {
    const path = `/products/${kettle}/variants`;
    const made = await ask('POST', path, { variant: RED });
    expect(made).toMatchObject({ status: 201, body: { variant: { yotpo_id: number } } });
    expect(await ask('POST', path, { variant: RED })).toMatchObject(refusal(409));
    const { yotpo_id: id } = made.body['variant'] as { yotpo_id: number };
    await ask('PATCH', `${path}/${id}`, { variant: { price: 22 } });
    expect((await ask('GET', path)).body).toEqual({
      variants: [
        {
          yotpo_id: id,
          yotpo_product_id: kettle,
          ...RED,
          price: 22,
          is_valid_url_format: true,
          external_created_at: null,
          external_updated_at: null,
          created_at: instant,
          updated_at: instant,
        },
      ],
      pagination: { next_page_info: null },
    });
    expect(await ask('PATCH', `${path}/0`, { variant: {} })).toMatchObject(refusal(404));
  });

  test('leads through a list by next_page_info, to its end', async () => {
    for (let index = 0; index < 5; index += 1) {
      const product = { external_id: `p-${index}`, name: 'P', url: 'https://acme.example/' };
      await ask('POST', '/products', { product });
    }
    const seen: string[] = [];
    let query = '?limit=2';
    for (;;) {
      const { body } = await ask('GET', `/products${query}`);
      const products = body['products'] as { external_id: string }[];
      seen.push(...products.map(({ external_id: id }) => id));
      const { next_page_info: next } = body['pagination'] as { next_page_info: string | null };
      if (next === null) break;
      query = `?limit=2&page_info=${next}`;
    }
    expect(seen).toEqual(['kettle', 'bad', 'p-0', 'p-1', 'p-2', 'p-3', 'p-4']);
  });

  test('takes an order, and gives it back without what is not kept', async () => {
    const made = await ask('POST', '/orders', { order: ORDER });
    expect(made).toMatchObject({ status: 201, body: { order: { yotpo_id: number } } });
    expect(await ask('POST', '/orders', { order: ORDER })).toMatchObject(refusal(409));
    const { yotpo_id: id } = made.body['order'] as { yotpo_id: number };
    const times = { created_at: instant, updated_at: instant };
    const { body } = await ask('GET', '/orders?external_ids=1001');
    expect(body['orders']).toEqual([
      {
        yotpo_id: id,
        external_id: '1001',
        order_date: ORDER.order_date,
        order_name: '#1001',
        checkout_token: null,
        payment_method: null,
        total_price: 39.98,
        subtotal_price: 35,
        currency: 'EUR',
        landing_site_url: null,
        payment_status: 'paid',
        customer: { ...MARA, phone_number: null, accepts_sms_marketing: null },
        billing_address: null,
        shipping_address: null,
        line_items: [
          {
            yotpo_id: number,
            product_id: kettle,
            external_product_id: 'kettle',
            quantity: 2,
            total_price: 39.98,
            subtotal_price: null,
            coupon_code: null,
            custom_properties: null,
            ...times,
          },
        ],
        fulfillments: [
          {
            id: number,
            external_id: 'f-1',
            order_id: id,
            fulfillment_date: '2026-02-21T10:00:00.000Z',
            status: 'pending',
            shipment_info: null,
            fulfilled_items: [
              { yotpo_product_id: kettle, external_product_id: 'kettle', quantity: 2 },
            ],
            ...times,
          },
        ],
        cancellation: null,
        custom_properties: null,
        ...times,
      },
    ]);
  });

  test('changes orders and their fulfilments', async () => {
    const { body } = await ask('GET', '/orders?external_ids=1001');
    const [{ yotpo_id: id, fulfillments }] = body['orders'] as [
      { yotpo_id: number; fulfillments: { id: number }[] },
    ];
    const path = `/orders/${id}/fulfillments`;
    const change = { fulfillment: { status: 'success' } };
    await ask('PATCH', `${path}/${fulfillments[0]?.id}`, change);
    const { external_id: _id, ...second } = ORDER.fulfillments[0] ?? { external_id: '' };
    const told = { fulfillment: { ...second, external_id: 'f-2' } };
    expect((await ask('POST', path, told)).status).toBe(201);
    expect(await ask('POST', path, told)).toMatchObject(refusal(409));
    expect((await ask('GET', path)).body).toMatchObject({
      fulfillments: [
        { external_id: 'f-1', status: 'success', order_id: id },
        { external_id: 'f-2', status: 'pending' },
      ],
      pagination: { next_page_info: null },
    });
    const cancellation = { cancellation_date: '2026-02-22T00:00:00.000Z' };
    await ask('PATCH', `/orders/${id}`, { order: { cancellation } });
    const order = (await ask('GET', `/orders/${id}`)).body['order'];
    expect(order).toMatchObject({ cancellation, order_name: '#1001' });
  });

  test('lists orders since a day, which is for the first page alone', async () => {
    for (const day of ['01', '02', '03']) {
      const order_date = `2026-03-${day}T00:00:00.000Z`;
      await ask('POST', '/orders', { order: { ...ORDER, external_id: `m-${day}`, order_date } });
    }
    const first = await ask('GET', '/orders?order_date_min=2026-03-02&limit=1');
    expect(first.body['orders']).toMatchObject([{ external_id: 'm-02' }]);
    const { next_page_info: next } = first.body['pagination'] as { next_page_info: string };
    const second = await ask('GET', `/orders?limit=1&page_info=${next}`);
    expect(second.body).toMatchObject({
      orders: [{ external_id: 'm-03' }],
      pagination: { next_page_info: null },
    });
    const both = await ask('GET', `/orders?order_date_min=2026-03-02&page_info=${next}`);
    expect(both).toMatchObject(refusal(400));
  });

  test('makes and changes customers by one call', async () => {
    const customer = { external_id: 'c-2', email: 'ines@example.com', first_name: 'Ines' };
    const saved = await ask('POST', '/customers', { customer });
    expect(saved).toMatchObject({ status: 200, body: { customer: { external_id: 'c-2' } } });
    await ask('POST', '/customers', { customer: { external_id: 'c-2', last_name: 'C' } });
    const { body } = await ask('GET', '/customers?external_ids=c-2');
    expect(body['customers']).toMatchObject([{ ...customer, last_name: 'C' }]);
    expect(await ask('POST', '/customers', { customer: {} })).toMatchObject(refusal(400));
  });

  test('AP07: refuses instants and texts that no database holds', async () => {
    for (const at of ['0000-01-01', '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-23:59']) {
      const order = { external_id: 'never', order_date: at, line_items: [] };
      expect([at, (await ask('POST', '/orders', { order })).status]).toEqual([at, 400]);
      const day = `/orders?order_date_min=${encodeURIComponent(at)}`;
      expect([at, (await ask('GET', day)).status]).toEqual([at, 400]);
    }
    const info = Buffer.from('{"after":0,"since":"0000-01-01T00:00:00Z"}').toString('base64url');
    expect((await ask('GET', `/orders?page_info=${info}`)).status).toBe(400);
    for (const text of ['a\0b', '\ud800']) {
      const product = {
        ...KETTLE,
        external_id: 'jar',
        custom_properties: { a: [{ [text]: text }] },
      };
      expect((await ask('POST', '/products', { product })).status).toBe(400);
    }
  });

  test('takes a purchase with its products in one call, as often as it is sent', async () => {
    const product = { external_id: 'grill', name: 'Grill', url: 'https://acme.example/grill' };
    const purchase = {
      external_order_id: 'bought',
      order_date: '2026-02-01',
      customer: MARA,
      line_items: [{ quantity: 1, product }],
    };
    for (let time = 0; time < 2; time += 1) {
      expect((await ask('POST', '/register_purchase', { purchase })).status).toBe(200);
    }
    const orders = (await ask('GET', '/orders?external_ids=bought')).body['orders'];
    expect(orders).toMatchObject([{ line_items: [{ external_product_id: 'grill' }] }]);
    const products = (await ask('GET', '/products?external_ids=grill')).body['products'];
    expect(products).toMatchObject([{ name: 'Grill', url: product.url }]);
  });

  test('keeps collections, and which products are in them', async () => {
    const product = { external_id: 'kettle' };
    const collection = { external_id: 'hot', name: 'Hot' };
    const made = await ask('POST', '/collections', { collection });
    expect(made).toMatchObject({ status: 201, body: { collection: { yotpo_id: number } } });
    expect(await ask('POST', '/collections', { collection })).toMatchObject(refusal(409));
    const { yotpo_id: id } = made.body['collection'] as { yotpo_id: number };
    await ask('PATCH', `/collections/${id}`, { collection: { name: 'Hot things' } });
    const times = { created_at: instant, updated_at: instant };
    const whole = { yotpo_id: id, external_id: 'hot', name: 'Hot things', ...times };
    expect((await ask('GET', `/collections/${id}`)).body).toEqual({ collection: whole });
    await ask('POST', '/collections', { collection: { external_id: 'cold', name: 'Cold' } });
    expect((await ask('GET', '/collections?external_ids=hot,none')).body).toEqual({
      collections: [whole],
      pagination: { next_page_info: null },
    });

    const holding = async () => (await ask('GET', `/products/${kettle}/collections`)).body;
    for (let time = 0; time < 2; time += 1) {
      expect((await ask('POST', `/collections/${id}/products`, { product })).status).toBe(200);
    }
    expect(await holding()).toMatchObject({ collections: [whole] });
    await ask('DELETE', `/collections/${id}/products`, { product });
    expect(await holding()).toMatchObject({ collections: [] });
    const unknown = { product: { external_id: 'nowhere' } };
    expect(await ask('POST', `/collections/${id}/products`, unknown)).toMatchObject(refusal(404));
    expect(await ask('POST', '/collections/0/products', { product })).toMatchObject(refusal(404));
    expect(await ask('PATCH', '/collections/0', { collection })).toMatchObject(refusal(404));
    expect(await ask('POST', '/collections', { collection: product })).toMatchObject(refusal(400));
  });

  test('takes the token as a bearer as well, and refuses any other with 401', async () => {
    const bearer = { authorization: `Bearer ${token}` };
    expect((await ask('GET', '/products', undefined, bearer)).status).toBe(200);
    for (const headers of [{}, { 'x-yotpo-token': 'wrong' }, { authorization: 'Basic x' }]) {
      expect(await ask('GET', '/products', undefined, headers)).toMatchObject(refusal(401));
    }
    const own = { 'x-yotpo-token': token };
    for (const store of ['other', 'nowhere']) {
      const asked = await ask('GET', '/products', undefined, own, store);
      expect(asked).toMatchObject(refusal(401));
    }
  });

  test('does for an app what its token permits, and names nobody without leave', async () => {
    const app = await origin.app({ scopes: ['orders:read'] });
    const headers = { 'x-yotpo-token': await origin.token(app, 'orders:read') };
    const orders = (await ask('GET', '/orders', undefined, headers)).body;
    expect(orders['orders']).toMatchObject([{ customer: null }, {}, {}, {}, {}]);
    expect(JSON.stringify(orders)).not.toMatch(/mara|canary/i);
    for (const path of ['/products', '/customers']) {
      expect(await ask('GET', path, undefined, headers)).toMatchObject(refusal(403));
    }
    const order = { ...ORDER, external_id: 'no' };
    expect(await ask('POST', '/orders', { order }, headers)).toMatchObject(refusal(403));
  });

  test.each([
    ['what is no JSON', '{'],
    ['a product without a name', { product: { external_id: 'x', url: '' } }],
    ['an id that no database holds', { product: { ...KETTLE, external_id: 'a\0b' } }],
    ['a price that is none', { product: { ...KETTLE, external_id: 'y', price: 1e300 } }],
    ['a date that is none', { product: { ...KETTLE, external_created_at: '2026-13-45' } }],
    ['nothing', {}],
  ])('refuses %s with 400, and says why', async (_what, body) => {
    const { status, body: answer } = await ask('POST', '/products', body);
    expect(status).toBe(400);
    expect(answer['errors']).toEqual(
      expect.arrayContaining([{ message: expect.stringMatching(/./) }]),
    );
  });

  test.each(['page_info=x', 'page_info=e30', 'limit=0', 'limit=x', 'order_date_min=yesterday'])(
    'refuses the parameter %s',
    async (query) => {
      expect(await ask('GET', `/orders?${query}`)).toMatchObject(refusal(400));
    },
  );

  test('answers 404 in the same shape where nothing is', async () => {
    for (const path of ['/products/0', '/products/x', '/orders/999999999', '/anything']) {
      expect(await ask('GET', path)).toMatchObject(refusal(404));
    }
    const long = 'x'.repeat(600 * 1024);
    expect(await ask('POST', '/products', { product: { name: long } })).toMatchObject(refusal(413));
  });

  test('acts in the name of the app', async () => {
    const acts = await listActs(fixture.context.db, 'acme', 200);
    const own = acts.filter(({ verb }) => verb.endsWith('.change'));
    expect(new Set(own.map(({ actor }) => actor))).toEqual(new Set(['app:acme']));
    expect(JSON.stringify(own)).not.toMatch(/mara|ines|canary/i);
  });
});
