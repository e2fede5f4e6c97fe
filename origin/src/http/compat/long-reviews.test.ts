import { eq, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { describeCompat, KETTLE } from '../../../test/compat-shop.ts';
import { asSystem } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';

interface LongReview {
  id: number;
  score: number;
  content: string;
}
interface Long {
  response: { total_reviews: number; reviews: LongReview[]; page: string; per_page: string };
}

const number = expect.any(Number);
const link = KETTLE.url;

/** The review of five stars, as it must come. */
const LONG_REVIEW = {
  id: number,
  content: 'Every morning.',
  title: 'Boils fast',
  score: 5,
  user: {
    id: number,
    display_name: 'User N.',
    slug: '',
    social_image: '',
    is_social_connected: false,
    bio: '',
    score: 0,
    badges: [],
  },
  user_type: 'User',
  users: [],
  products: [
    {
      Location_idx: [0],
      Product: {
        id: number,
        name: 'Kettle',
        slug: '',
        product_url: link,
        shorten_url: link,
        images: [{ id: number, image_url: KETTLE.imageUrl, big_image_url: KETTLE.imageUrl }],
        social_network_links: {
          facebook: link,
          twitter: link,
          linkedin: link,
          google_oauth2: link,
        },
        facebook_testemonials_page_product_url: link,
      },
    },
  ],
  votes_up: 3,
  votes_down: 1,
  user_vote: 0,
  created_at: '2026-02-03T10:11:12.345Z',
  deleted: false,
  new: false,
  verified_buyer: true,
  archived: false,
  social_pushed: false,
  facebook_pushed: 0,
  twitter_pushed: 0,
  account: { id: number, domain: 'acme.example' },
  products_apps: [
    {
      id: number,
      product_url: link,
      domain_key: 'kettle',
      product: { id: number, name: 'Kettle' },
    },
  ],
};

describeCompat('reviews in the long form for clients of Yotpo', ({ get, body, context }) => {
  const LIST = '/products/acme/kettle/reviews';
  const read = async (query = '') => (await body<Long>(`${LIST}?${query}`)).response;

  test('of a product have every field, and pages that are strings', async () => {
    expect(await body(`${LIST}?page=1&count=1`)).toEqual({
      status: { code: 200, message: 'OK' },
      response: { total_reviews: 3, reviews: [LONG_REVIEW], page: '1', per_page: '1' },
    });
    expect(await read()).toMatchObject({ page: '1', per_page: '5', reviews: { length: 3 } });
  });

  test('of an unknown product are none, with 200', async () => {
    expect(await body('/products/acme/unheard-of/reviews?page=2')).toEqual({
      status: { code: 200, message: 'OK' },
      response: { total_reviews: 0, reviews: [], page: '2', per_page: '5' },
    });
  });

  test('since a day or a number are the newer ones', async () => {
    const scores = async (query: string) => (await read(query)).reviews.map(({ score }) => score);
    expect(await scores('since_date=2026-02-02')).toEqual([5, 4]);
    expect(await scores('since_date=2026-02-02&page=2&count=1')).toEqual([4]);
    const [first] = (await read()).reviews;
    expect(await scores(`since_id=${first?.id}`)).toEqual([4, 2]);
    expect(await scores('since_id=999999999999')).toEqual([]);
  });

  test('one by one are found by the number that a list gave', async () => {
    const [listed] = (await read()).reviews;
    const answer = await get(`/reviews/${listed?.id}`);
    expect(answer.headers.get('cache-tag')).toBe('shop:acme,product:acme:kettle');
    expect(await answer.json()).toEqual({
      status: { code: 200, message: 'OK' },
      response: { review: { ...LONG_REVIEW, sentiment: null } },
    });
  });

  test('are not found by number unless they are published', async () => {
    const rows = await asSystem(context().db, (tx) =>
      tx.select({ id: reviews.id }).from(reviews).where(eq(reviews.title, 'Hidden')),
    );
    expect(rows).toHaveLength(2);
    const others = ['0', '999999999', '9'.repeat(15), '9'.repeat(30)];
    for (const id of [...rows.map(({ id }) => `${id}`), ...others]) {
      const answer = await get(`/reviews/${id}`);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toEqual({ status: { code: 404, message: 'Not Found' } });
    }
  });

  test('leave the connection where it sees no shop', async () => {
    const [listed] = (await read()).reviews;
    await get(`/reviews/${listed?.id}`);
    const { db } = context();
    expect(await db.select({ count: sql`count(*)`.mapWith(Number) }).from(reviews)).toEqual([
      { count: 0 },
    ]);
  });

  test('hold neither addresses nor what is not published', async () => {
    expect(await (await get(LIST)).text()).not.toMatch(/canary|Hidden/);
  });
});
