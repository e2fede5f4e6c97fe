/** What a request says that is not its to say: it is refused by name, or it is as if it had not been said. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clock, describeOnEach } from '../../test/databases.ts';
import { startOAuthOrigin, type OAuthOrigin } from '../../test/oauth-origin.ts';
import { digestOfShop } from '../../test/shop-with-canaries.ts';
import { asSystem } from '../db/row-security.ts';
import { moderationRules } from '../domain/moderation/rules.ts';
import { updateModerationRules } from '../domain/moderation/update.ts';
import { createShop } from '../domain/shops/create.ts';
import { findShop } from '../domain/shops/find.ts';

/** A write: `SHOP` in it is the shop, `REVIEW` and the like what an earlier one made. */
interface Write {
  path: string;
  method?: 'POST' | 'PATCH' | 'PUT';
  body: object;
  /** Names that are its to say. */
  known?: string[];
}

const person = { author: 'Mara', email: 'mara@example.com' };
const core = '/core/v3/stores/SHOP';
const WRITES: Write[] = [
  { path: '/v1/shops/SHOP/products/kettle/reviews', body: { rating: 5, body: 'Good.', ...person } },
  { path: '/v1/shops/SHOP/site/reviews', body: { rating: 4, body: 'Fine.', ...person } },
  { path: '/v1/shops/SHOP/products/kettle/questions', body: { body: 'Is it?', ...person } },
  { path: '/v1/shops/SHOP/reviews/REVIEW', body: { rating: 2, author: 'Mara', secret: 'SECRET' } },
  { path: '/api/v1/reviews', body: { productId: 'kettle', rating: 3, body: 'So so.', ...person } },
  { path: '/api/v1/reviews/REVIEW', method: 'PATCH', body: { status: 'published' } },
  {
    path: '/v1/shops/SHOP/reviews/REVIEW/votes',
    body: { vote: 'up', voter: 'a-voter-of-the-shop' },
  },
  { path: '/api/v1/reviews/moderate', body: { ids: ['REVIEW'], status: 'archived' } },
  { path: '/v1/shops/SHOP/reviews/REVIEW/withdrawal', body: { secret: 'SECRET' } },
  { path: '/api/v1/questions/QUESTION/moderate', body: { status: 'published' } },
  { path: '/api/v1/questions/QUESTION/answers', body: { body: 'It is.' } },
  { path: '/api/v1/products', body: { id: 'lamp', title: 'Lamp' }, known: ['status'] },
  {
    path: '/api/v1/orders',
    body: {
      id: '1001',
      orderedAt: '2026-01-01T00:00:00Z',
      customer: { email: 'ann@example.com' },
      lines: [{ productId: 'lamp', quantity: 1 }],
      fulfilments: [{ id: 'f', fulfilledAt: '2026-01-02T00:00:00Z', status: 'success', items: [] }],
    },
  },
  { path: '/api/v1/customers', body: { id: 'c', email: 'ida@example.com' } },
  {
    path: '/api/v1/moderation-rules',
    method: 'PUT',
    body: { autoPublish: false, holdLinks: true },
  },
  { path: '/api/v1/webhooks', body: { url: 'https://hooks.example/' } },
  { path: '/api/v1/persons/export', body: { email: 'mara@example.com' } },
  { path: '/api/v1/persons/erase', body: { email: 'nobody@example.com' } },
  {
    path: '/reviews/dynamic_create',
    body: {
      appkey: 'SHOP',
      sku: 'kettle',
      display_name: 'Tom',
      email: 'tom@example.com',
      review_content: 'x',
      review_score: 5,
    },
  },
  {
    path: '/v1/widget/reviews',
    body: {
      appkey: 'SHOP',
      sku: 'kettle',
      display_name: 'Eve',
      email: 'eve@example.com',
      review_content: 'y',
      review_score: 1,
    },
  },
  {
    path: '/questions/send_confirmation_mail',
    body: {
      appkey: 'SHOP',
      sku: 'kettle',
      display_name: 'Tom',
      email: 'tom@example.com',
      review_content: 'And?',
    },
  },
  {
    path: `${core}/products`,
    body: { product: { external_id: 'p', name: 'P', url: 'https://a.example/' } },
    known: ['status'],
  },
  { path: `${core}/collections`, body: { collection: { external_id: 'c', name: 'C' } } },
  { path: `${core}/customers`, body: { customer: { external_id: 'd', email: 'd@example.com' } } },
  {
    path: `${core}/orders`,
    body: {
      order: {
        external_id: '2',
        order_date: '2026-01-01',
        line_items: [{ external_product_id: 'p', quantity: 1 }],
      },
    },
  },
  {
    path: '/apps/SHOP/purchases',
    body: {
      email: 'x@example.com',
      order_id: '3',
      order_date: '2026-02-01',
      products: [],
    },
  },
];

/** As text, for `__proto__` to be a name like any other. */
const EXTRAS: [name: string, json: string][] = [
  ...['shopId', 'shop_id', 'tenant_id', 'account_id', 'app_key'].map((name): [string, string] => [
    name,
    'FOREIGN',
  ]),
  ['role', '"admin"'],
  ['status', '"published"'],
  ['autoPublish', 'true'],
  ['publishedAt', '"2001-01-01T00:00:00Z"'],
  ['created_at', '"2001-01-01T00:00:00Z"'],
  ['createdAt', '"2001-01-01T00:00:00Z"'],
  ['verified', 'true'],
  ['incentivized', 'true'],
  ['score', '99'],
  ['relevance', '99'],
  ['votesUp', '99'],
  ['helpful', '{"up":99,"down":0}'],
  ['source', '"import:x"'],
  ['reply', '{"body":"x"}'],
  ['publicId', '"0123456789abcdef01234567"'],
  ['__proto__', '{"verified":true,"status":"published"}'],
  ['constructor', '{"prototype":{"verified":true}}'],
];

/** Writes JSON with the extras in every object of it. */
function withExtras(value: unknown, known: readonly string[], foreign: string): string {
  if (Array.isArray(value))
    return `[${value.map((one) => withExtras(one, known, foreign)).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const own = Object.entries(value).map(
    ([name, inner]) => `${JSON.stringify(name)}:${withExtras(inner, known, foreign)}`,
  );
  const extras = EXTRAS.filter(([name]) => !(Object.hasOwn(value, name) || known.includes(name)));
  const added = extras.map(
    ([name, json]) => `${JSON.stringify(name)}:${json.replace('FOREIGN', foreign)}`,
  );
  return `{${[...own, ...added].join()}}`;
}

/** A shop, its token, and what stands for names in writes. */
interface Acting {
  id: number;
  token: string;
  names: Record<string, string>;
}

/** What was made just now, whenever exactly: what a request said of it is of another year. */
const toNow = (_name: string, value: unknown): unknown =>
  typeof value === 'string' && Math.abs(Date.parse(value) - clock.now.getTime()) < 3_600_000
    ? 'now'
    : value;

describeOnEach('a field that is not the writer’s', (fixture) => {
  let origin: OAuthOrigin;
  const shops: Record<string, Acting> = {};

  beforeAll(async () => {
    clock.now = new Date();
    const { context } = fixture;
    origin = await startOAuthOrigin(context);
    for (const appKey of ['plain', 'extra', 'third']) {
      await createShop(context, { appKey, name: 'A shop', autoPublish: false });
      await updateModerationRules(context, appKey, moderationRules.parse({ autoPublish: false }));
      const { id } = await findShop(context.db, appKey);
      const token = await origin.token(await origin.app({ isShopItself: true }, appKey));
      shops[appKey] = { id, token, names: { SHOP: appKey } };
    }
  });
  afterAll(() => origin.close());

  async function send(appKey: string, { path, method = 'POST' }: Write, json: string) {
    const { token, names } = shops[appKey] as Acting;
    const fill = (text: string) =>
      Object.entries(names).reduce((filled, [name, value]) => filled.replaceAll(name, value), text);
    const answer = await fetch(origin.url + fill(path), {
      method,
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'if-match': '*',
      },
      body: fill(json),
    });
    const said = await answer.text();
    const { id = '', editSecret } = JSON.parse(said) as Record<string, string>;
    if (path.endsWith('/kettle/reviews')) Object.assign(names, { REVIEW: id, SECRET: editSecret });
    if (path.endsWith('/kettle/questions')) names['QUESTION'] = id;
    return { status: answer.status, said };
  }

  /** All that a shop keeps, without what is random or counts on over all shops. */
  const contentsOf = (shopId: number) =>
    asSystem(fixture.context.db, async (tx) => {
      const query = sql`select table_name as "table", string_agg(quote_ident(column_name), ',') as columns
        from information_schema.columns c
        where table_schema = 'public' and table_name in
          ('reviews', 'questions', 'answers', 'products', 'product_details', 'orders', 'order_lines',
           'fulfilments', 'collections', 'customers', 'votes', 'rating_summaries', 'settings_versions')
          and column_name !~ '^id$|_id$|_hash$|digest|voter|email|first_name|last_name|edit_secret|number|author|sealed|^actor$'
        group by table_name`;
      const tables = (await tx.execute(query)) as { rows: { table: string; columns: string }[] };
      const contents: Record<string, unknown> = {};
      for (const { table, columns } of tables.rows) {
        const rows = await tx.execute(
          sql`select ${sql.raw(columns)} from ${sql.identifier(table)} where shop_id = ${shopId}
              order by ${sql.raw(columns)}`,
        );
        contents[table] = (rows as { rows: unknown }).rows;
      }
      return JSON.parse(JSON.stringify(contents), toNow) as unknown;
    });

  test('TI03: is refused by name, or changes nothing of what is kept, in every write', async () => {
    const [plain, extra, third] = ['plain', 'extra', 'third'].map(
      (appKey) => shops[appKey]?.id ?? 0,
    );
    const before = await digestOfShop(fixture.context, third ?? 0);
    for (const write of WRITES) {
      const body = JSON.stringify(write.body);
      const usual = await send('plain', write, body);
      expect([write.path, usual.said, usual.status < 300]).toEqual([write.path, usual.said, true]);
      const tried = await send(
        'extra',
        write,
        withExtras(write.body, write.known ?? [], `${third}`),
      );
      const isRefused = tried.status === 400 && /unrecognized|not known/i.test(tried.said);
      const made = isRefused ? await send('extra', write, body) : tried;
      expect([write.path, made.status]).toEqual([write.path, usual.status]);
    }
    expect(await contentsOf(extra ?? 0)).toEqual(await contentsOf(plain ?? 0));
    expect(await digestOfShop(fixture.context, third ?? 0)).toEqual(before);
    expect({}).not.toHaveProperty('verified');
  });
});
