import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, describeOnEach } from '../../../test/databases.ts';
import {
  createManagementClient,
  problemOf,
  type ManagementClient,
} from '../../../test/management-client.ts';
import { startOAuthOrigin, type OAuthOrigin } from '../../../test/oauth-origin.ts';
import type { Scope } from '../../auth/access.ts';

const MARA = { author: 'Mara', email: 'mara@example.com' };

describeOnEach('products and orders in the management API', (fixture) => {
  let origin: OAuthOrigin;
  let api: ManagementClient;

  const as = async (...scopes: Scope[]) =>
    createManagementClient(origin.url, await origin.token(await origin.app({ scopes })));

  beforeAll(async () => {
    clock.now = new Date();
    origin = await startOAuthOrigin(fixture.context);
    api = await as();
  });
  afterAll(() => origin.close());

  test('a product is made, changed, and cleared field by field', async () => {
    const url = 'https://shop.example/kettle';
    const made = await api('saveProduct', {
      body: { id: 'kettle', title: 'Kettle', url, price: 19.99, currency: 'EUR' },
    });
    expect(made.data).toMatchObject({ id: 'kettle', title: 'Kettle', url, isDiscontinued: false });
    const changed = await api('saveProduct', { body: { id: 'kettle', price: null, sku: 'K-1' } });
    expect(changed.data).toMatchObject({ title: 'Kettle', url, sku: 'K-1', currency: 'EUR' });
    expect(changed.data).not.toHaveProperty('price');
    const { data } = await api('getProduct', { params: { productId: 'kettle' } });
    expect(data).toEqual(changed.data);
    const unknown = await problemOf(api('getProduct', { params: { productId: 'unknown' } }));
    expect(unknown.problem.status).toBe(404);
  });

  test('a product shows the reviews of its group while it is in one', async () => {
    for (const id of ['mug-red', 'mug-blue'])
      await api('saveProduct', { body: { id, groupName: 'Mugs' } });
    const author = { author: 'Ida', email: 'ida@example.com' };
    await api('submitReview', { body: { productId: 'mug-red', rating: 4, ...author } });
    const shown = async () => {
      const answer = await fetch(`${origin.url}/v1/shops/acme/products/mug-blue/reviews`);
      return (await answer.json()) as unknown;
    };
    expect(await shown()).toMatchObject({
      summary: { count: 1, average: 4 },
      reviews: [{ productId: 'mug-red' }],
    });
    await api('saveProduct', { body: { id: 'mug-blue', groupName: null } });
    expect(await shown()).toMatchObject({ summary: { count: 0 }, reviews: [] });
  });

  test('a product saved many times at once is one product', async () => {
    const body = { id: 'at-once', title: 'One' };
    await Promise.all(Array.from({ length: 10 }, () => api('saveProduct', { body })));
    const { data } = await api('listProducts', { query: { limit: 100 } });
    expect(data.products.filter(({ id }) => id === 'at-once')).toHaveLength(1);
  });

  test('variants of a product are made, changed, listed and removed', async () => {
    await api('saveProduct', { body: { id: 'jug' } });
    const params = { productId: 'jug' };
    const options = [{ name: 'Colour', value: 'red' }];
    const red = await api('saveVariant', { params, body: { id: 'red', options, price: 5 } });
    expect(red.data).toMatchObject({ id: 'red', title: 'red', options, price: 5 });
    const again = await api('saveVariant', {
      params,
      body: { id: 'red', title: 'Red', price: null },
    });
    expect(again.data).toMatchObject({ title: 'Red', options });
    expect(again.data).not.toHaveProperty('price');
    await api('saveVariant', { params, body: { id: 'blue' } });
    const first = await api('listVariants', { params, query: { limit: 1 } });
    const query = { cursor: Number(first.data.next) };
    const rest = await api('listVariants', { params, query });
    expect([...first.data.variants, ...rest.data.variants].map(({ id }) => id)).toEqual([
      'red',
      'blue',
    ]);
    const one = { productId: 'jug', variantId: 'red' };
    expect((await api('getVariant', { params: one })).data).toEqual(again.data);
    await api('removeVariant', { params: one });
    const gone = await problemOf(api('removeVariant', { params: one }));
    expect(gone.problem.status).toBe(404);
    expect((await api('listVariants', { params })).data.variants).toMatchObject([{ id: 'blue' }]);
  });

  test('variants are of products that there are', async () => {
    const params = { productId: 'never' };
    const calls = [
      () => api('listVariants', { params }),
      () => api('saveVariant', { params, body: { id: 'red' } }),
      () => api('getVariant', { params: { ...params, variantId: 'red' } }),
      () => api('removeVariant', { params: { ...params, variantId: 'red' } }),
    ];
    for (const call of calls) expect((await problemOf(call())).problem.status).toBe(404);
    const reader = await as('products:read');
    const write = reader('saveVariant', { params: { productId: 'jug' }, body: { id: 'red' } });
    expect((await problemOf(write)).problem.status).toBe(403);
  });

  test('a variant saved many times at once is one variant', async () => {
    await api('saveProduct', { body: { id: 'many' } });
    const request = { params: { productId: 'many' }, body: { id: 'one', price: 1 } };
    await Promise.all(Array.from({ length: 10 }, () => api('saveVariant', request)));
    const { data } = await api('listVariants', { params: request.params });
    expect(data.variants).toHaveLength(1);
  });

  test('a product is taken away with its reviews, and brought back', async () => {
    const params = { productId: 'away' };
    await api('submitReview', { body: { productId: 'away', rating: 4, ...MARA } });
    expect((await api('archiveProduct', { params })).data).toEqual({ reviews: 1, isDone: true });
    expect((await api('getProduct', { params })).data).toHaveProperty('archivedAt');
    const address = `${origin.url}/v1/shops/acme/products/away/reviews`;
    const shown = async () => (await (await fetch(address)).json()) as unknown;
    expect(await shown()).toMatchObject({ summary: { count: 0 }, reviews: [] });
    expect((await api('restoreProduct', { params })).data).toEqual({ reviews: 1, isDone: true });
    expect((await api('getProduct', { params })).data).not.toHaveProperty('archivedAt');
    expect(await shown()).toMatchObject({ summary: { count: 1 } });
    const unknown = api('archiveProduct', { params: { productId: 'never' } });
    expect((await problemOf(unknown)).problem.status).toBe(404);
  });

  test('no product is called as the shop itself is', async () => {
    const { problem } = await problemOf(api('saveProduct', { body: { id: '@site' } }));
    expect(problem.errors).toEqual([{ field: 'id', message: expect.stringContaining('@site') }]);
  });

  test('a product has no address that a browser would run', async () => {
    const body = { id: 'kettle', url: 'javascript:alert(1)' };
    const { problem } = await problemOf(api('saveProduct', { body }));
    expect(problem.errors).toMatchObject([{ field: 'url' }]);
  });

  test('AP07: instants and texts that no database holds are refused, wherever they stand', async () => {
    const refused = async (call: Promise<unknown>) => (await problemOf(call)).problem.status;
    const authorization = `Bearer ${await origin.token(await origin.app())}`;
    // The typed client would not send them.
    const ask = async (path: string, at: string) => {
      const url = `${origin.url}/api/v1${path}=${encodeURIComponent(at)}`;
      return (await fetch(url, { headers: { authorization } })).status;
    };
    const beyond = '9999-12-31T23:59:59-23:59';
    for (const at of ['0000-01-01T00:00:00Z', beyond, '0001-01-01T00:00:00+01:00']) {
      expect([at, await ask('/orders?since', at)]).toEqual([at, 400]);
      expect([at, await ask('/reviews?until', at)]).toEqual([at, 400]);
      const order = { id: 'never', orderedAt: at };
      expect([at, await refused(api('saveOrder', { body: order }))]).toEqual([at, 400]);
    }
    for (const text of ['a\0b', '\ud800']) {
      for (const properties of [{ a: [{ b: text }] }, { a: { [text]: 1 } }])
        expect(await refused(api('saveProduct', { body: { id: 'jar', properties } }))).toBe(400);
    }
    const settings = (await api('getSettings')).data;
    const { version: _, ...set } = settings;
    for (const texts of [{ 'a\0b': 'x' }, { a: '\ud800' }])
      expect(await refused(api('updateSettings', { body: { ...set, texts }, ifMatch: '*' }))).toBe(
        400,
      );
    const rules = { blocklist: ['a\0b'] };
    expect(await refused(api('updateModerationRules', { body: rules, ifMatch: '*' }))).toBe(400);
    const body = { id: 'jar', properties: { a: [{ b: '\u{1f600} \\\\u0000' }] } };
    expect((await api('saveProduct', { body })).data).toMatchObject(body);
  });

  test('products come in pages, each once', async () => {
    for (let n = 0; n < 5; n += 1) await api('saveProduct', { body: { id: `page-${n}` } });
    const ids: string[] = [];
    let cursor: number | undefined;
    do {
      const query = { limit: 2, ...(cursor !== undefined && { cursor }) };
      const { data } = await api('listProducts', { query });
      ids.push(...data.products.map(({ id }) => id));
      cursor = data.next === undefined ? undefined : Number(data.next);
    } while (cursor !== undefined);
    expect(ids.filter((id) => id.startsWith('page-'))).toHaveLength(5);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('an order verifies the review of its customer, and is changed by saving it again', async () => {
    const review = { productId: 'bought', rating: 5, ...MARA } as const;
    const { data: receipt } = await api('submitReview', { body: review });
    const order = {
      id: '1000',
      orderedAt: '2026-02-01T10:00:00Z',
      currency: 'EUR',
      totalPrice: 39.98,
      customer: { id: 'c-1', email: MARA.email, firstName: 'Mara' },
      lines: [{ productId: 'bought', quantity: 2, totalPrice: 39.98 }],
    };
    const made = await api('saveOrder', { body: order });
    expect(made.data).toMatchObject({
      id: '1000',
      customer: { id: 'c-1', email: MARA.email },
      lines: [{ productId: 'bought', quantity: 2 }],
      fulfilments: [],
    });
    const { data } = await api('getReview', { params: { reviewId: receipt.id } });
    expect(data.verified).toBe(true);
    const fulfilment = {
      id: 'f-1',
      fulfilledAt: '2026-02-03T10:00:00Z',
      status: 'success' as const,
    };
    const items = [{ productId: 'bought', quantity: 2 }];
    const { orderedAt } = order;
    const body = { id: '1000', orderedAt, fulfilments: [{ ...fulfilment, items }] };
    const changed = await api('saveOrder', { body });
    expect(changed.data).toMatchObject({ totalPrice: 39.98, fulfilments: [{ id: 'f-1', items }] });
    expect((await api('getOrder', { params: { orderId: '1000' } })).data).toEqual(changed.data);
    expect((await api('listOrders')).data.orders).toEqual([changed.data]);
    const later = { query: { since: '2026-02-02T00:00:00Z' } };
    expect((await api('listOrders', later)).data.orders).toEqual([]);
    const unknown = await problemOf(api('getOrder', { params: { orderId: 'unknown' } }));
    expect(unknown.problem.status).toBe(404);
  });

  test('who has bought is told to whoever may know people, and to nobody else', async () => {
    const customer = { email: 'zoe@example.com', lastName: 'Zander' };
    await api('saveOrder', { body: { id: '1001', orderedAt: '2026-02-01T10:00:00Z', customer } });
    const reader = await as('orders:read', 'orders:write');
    for (const call of [
      reader('listOrders'),
      reader('getOrder', { params: { orderId: '1001' } }),
      reader('saveOrder', { body: { id: '1001', orderedAt: '2026-02-01T10:00:00Z' } }),
    ]) {
      expect(JSON.stringify((await call).data)).not.toMatch(/zoe@|Zander/);
    }
    expect((await problemOf(reader('listCustomers'))).problem.status).toBe(403);
  });

  test('customers are saved and listed', async () => {
    const body = { id: 'c-2', email: 'Ana@Example.com', firstName: 'Ana' };
    const made = await api('saveCustomer', { body });
    expect(made.data).toMatchObject({ id: 'c-2', email: 'ana@example.com', firstName: 'Ana' });
    await api('saveCustomer', { body: { id: 'c-2', firstName: null } });
    const { data } = await api('listCustomers', { query: { limit: 100 } });
    const ana = data.customers.find(({ id }) => id === 'c-2');
    expect(ana).toMatchObject({ email: 'ana@example.com' });
    expect(ana).not.toHaveProperty('firstName');
    const nobody = await problemOf(api('saveCustomer', { body: { firstName: 'Nobody' } }));
    expect(nobody.problem.status).toBe(400);
  });
});
