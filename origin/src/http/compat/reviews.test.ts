import { expect, test } from 'vitest';
import { describeCompat, fillShop, KETTLE } from '../../../test/compat-shop.ts';
import { saveProduct } from '../../domain/products/save.ts';

interface Widget {
  response: {
    pagination: { page: number; per_page: number; total: number };
    products: { id: number; domain_key: string }[];
    reviews: {
      id: number;
      score: number;
      product_id: number;
      votes_up: number;
      created_at: string;
    }[];
  };
}

describeCompat('the widget’s reviews for clients of Yotpo', ({ get, body, context }) => {
  const WIDGET = '/v1/widget/acme/products/kettle/reviews.json';
  const read = async (query = '') => (await body<Widget>(`${WIDGET}?${query}`)).response;
  const scores = async (query: string) => (await read(query)).reviews.map(({ score }) => score);

  test('have every field, of its type', async () => {
    const number = expect.any(Number);
    const link = KETTLE.url;
    const answer = await body<Widget>(`${WIDGET}?per_page=1&page=1`);
    expect(answer).toEqual({
      status: { code: 200, message: 'OK' },
      response: {
        pagination: { page: 1, per_page: 1, total: 3 },
        bottomline: {
          total_review: 3,
          average_score: 3.66667,
          total_organic_reviews: 2,
          organic_average_score: 3.5,
          star_distribution: { 1: 0, 2: 1, 3: 0, 4: 1, 5: 1 },
        },
        products: [
          {
            id: number,
            domain_key: 'kettle',
            name: 'Kettle',
            social_links: { linkedin: link, facebook: link, twitter: link, google_oauth2: link },
            embedded_widget_link: link,
            testimonials_product_link: link,
            product_link: link,
            image_url: KETTLE.imageUrl,
          },
        ],
        product_tags: [],
        reviews: [
          {
            id: number,
            score: 5,
            votes_up: 3,
            votes_down: 1,
            content: 'Every morning.',
            title: 'Boils fast',
            created_at: '2026-02-03T10:11:12.345Z',
            deleted: false,
            verified_buyer: true,
            is_incentivized: false,
            source_review_id: null,
            sentiment: null,
            custom_fields: null,
            product_id: answer.response.products[0]?.id,
            images_data: [
              {
                id: number,
                thumb_url: 'https://img.example/1s.jpg',
                original_url: 'https://img.example/1.jpg',
              },
            ],
            user: {
              user_id: number,
              display_name: 'User N.',
              social_image: null,
              user_type: 'User',
              is_social_connected: 0,
            },
            comment: {
              id: number,
              content: 'Thank you',
              created_at: '2026-02-04T00:00:00.000Z',
              display_name: 'Acme',
              comments_avatar: null,
            },
          },
        ],
      },
    });
  });

  test('that say little have null, an empty text and no comment', async () => {
    const { reviews } = await read('star=4');
    expect(reviews[0]).toMatchObject({ content: '', title: null, images_data: null });
    expect(reviews[0]).not.toHaveProperty('comment');
  });

  test.each([
    ['', [5, 4, 2]],
    ['sort=date&direction=asc', [2, 4, 5]],
    ['sort=rating', [5, 4, 2]],
    ['sort=rating&direction=asc', [2, 4, 5]],
    ['sort[]=time&sort[]=rating&direction=asc', [2, 4, 5]],
    ['sort=reviewer_type,votes_up&direction=desc', [5, 4, 2]],
    ['star=2', [2]],
    ['star=5&sort=votes_up', [5]],
    ['star=3', []],
    ['star=9&sort=__proto__&direction=up&page=0&per_page=0', [5, 4, 2]],
    ['page=2&per_page=2', [2]],
    ['page=999999&per_page=150', []],
  ])('asked for with ?%s have the scores %j', async (query, expected) => {
    expect(await scores(query)).toEqual(expected);
  });

  test('of the whole site name the product of each', async () => {
    const site = await body<Widget>('/v1/widget/acme/products/yotpo_site_reviews/reviews.json');
    const { pagination, products, reviews } = site.response;
    expect(pagination.total).toBe(4);
    expect(products.map(({ domain_key }) => domain_key)).toEqual(['kettle', 'lamp']);
    const ids = new Set(products.map(({ id }) => id));
    expect(reviews.filter(({ product_id }) => !ids.has(product_id))).toEqual([]);
  });

  test('of an unknown product are none, with 200', async () => {
    expect(await body('/v1/widget/acme/products/unheard-of/reviews.json')).toEqual({
      status: { code: 200, message: 'OK' },
      response: {
        pagination: { page: 1, per_page: 5, total: 0 },
        bottomline: {
          total_review: 0,
          average_score: 0,
          total_organic_reviews: 0,
          organic_average_score: 0,
          star_distribution: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
        },
        products: [],
        product_tags: [],
        reviews: [],
      },
    });
  });

  test('are all met once, in order, whatever the size of a page, order and stars', async () => {
    const many = Array.from({ length: 47 }, (_, n) => ({
      rating: ((n % 5) + 1) as 1,
      votesUp: n % 3,
      createdAt: new Date(Date.UTC(2026, 0, 1 + (n % 11))),
    }));
    await fillShop(context(), 'paged', many);
    for (const filter of [
      'sort=date',
      'sort=rating&direction=asc',
      'sort=votes_up',
      'star=3',
      'star=3&sort=votes_up',
      'star=3&sort=date&direction=asc',
    ]) {
      for (const product of ['kettle', 'yotpo_site_reviews']) {
        const path = `/v1/widget/paged/products/${product}/reviews.json?${filter}`;
        const whole = (await body<Widget>(`${path}&per_page=150`)).response;
        expect(whole.reviews).toHaveLength(filter.startsWith('star') ? 9 : 47);
        const met: unknown[] = [];
        for (let page = 1; met.length < whole.pagination.total; page++) {
          const { reviews } = (await body<Widget>(`${path}&per_page=7&page=${page}`)).response;
          expect(reviews).not.toEqual([]);
          met.push(...reviews);
        }
        expect(met).toEqual(whole.reviews);
      }
    }
  });

  test('of a group are those of all its products, and each finds its own', async () => {
    await fillShop(context(), 'grouped', [{ product: { externalId: 'red' } }]);
    for (const id of ['red', 'blue'])
      await saveProduct(context(), 'grouped', id, { groupName: 'Kettles' });
    const path = '/v1/widget/grouped/products/blue/reviews.json';
    const { products, reviews, pagination } = (await body<Widget>(path)).response;
    expect(products.map(({ domain_key: key }) => key)).toEqual(['blue', 'red']);
    expect(reviews.map((review) => review.product_id)).toEqual([products[1]?.id]);
    expect(pagination.total).toBe(1);
    const bottomLine = await body('/products/grouped/blue/bottomline');
    expect(bottomLine).toMatchObject({ response: { bottomline: { total_reviews: 1 } } });
  });

  test('hold neither addresses nor what is not published', async () => {
    for (const path of [WIDGET, '/v1/widget/acme/products/yotpo_site_reviews/reviews.json']) {
      expect(await (await get(path)).text()).not.toMatch(/canary|@example|Hidden/);
    }
  });
});
