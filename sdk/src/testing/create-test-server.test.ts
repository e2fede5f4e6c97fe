import { afterEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, REVIEW_SORTS, toProblem, type ReviewQuery } from '@plaudit/contract';
import { createClient, type Client } from '../index.ts';
import { createTestServer, type TestServer, type TestShop } from './index.ts';

let server: TestServer;
afterEach(() => server.close());

const SHOP: TestShop = {
  reviews: {
    kettle: [
      { rating: 5, title: 'Sturdy', body: 'A sturdy handle.', verified: true, locale: 'de-AT' },
      { rating: 1, body: 'Leaks.', country: 'DE', helpful: { up: 9, down: 1 } },
      { rating: 4, incentivized: true, media: [{ kind: 'photo', url: 'https://x.example/1.jpg' }] },
    ],
    'a/b': [{ rating: 3, locale: 'den' }],
  },
};

async function open(shop: TestShop = SHOP): Promise<Client> {
  server = await createTestServer(shop);
  return createClient(server);
}
const get = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`${server.edge}/v1/shops/demo${path}`, init);
const post = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  get('/products/kettle/reviews', { method: 'POST', headers, body: JSON.stringify(body) });

const submission = { rating: 5, author: ' Jo ', email: 'jo@example.com', body: 'Fine.' } as const;

describe('a test server reads', () => {
  test('reviews of the shop itself, under both of their names', async () => {
    const client = await open({ reviews: { '@site': [{ rating: 2 }], kettle: [{ rating: 5 }] } });
    const page = await client.siteReviews();
    expect(page.summary).toMatchObject({ count: 1, average: 2 });
    expect(await client.productReviews('@site')).toEqual(page);
    expect(await (await get('/products/%40site/reviews')).json()).toEqual(page);
    expect(await client.ratings(['@site'])).toEqual({ '@site': { average: 2, count: 1 } });
    expect((await get('/site/reviews/more')).status).toBe(404);
  });

  test('reviews in full from a few words', async () => {
    const client = await open({ reviews: { '42': [{ rating: 5 }] } });
    expect(await client.productReviews('42')).toEqual({
      summary: {
        count: 1,
        average: 5,
        histogram: [0, 0, 0, 0, 1],
        organic: { count: 1, average: 5, histogram: [0, 0, 0, 0, 1] },
      },
      reviews: [
        {
          id: '42-1',
          productId: '42',
          rating: 5,
          verified: false,
          incentivized: false,
          createdAt: '2026-01-31T00:00:00.000Z',
          helpful: { up: 0, down: 0 },
        },
      ],
    });
  });

  test.each<[ReviewQuery, string[]]>([
    [{}, ['kettle-1', 'kettle-2', 'kettle-3']],
    [{ rating: [1, 4] }, ['kettle-2', 'kettle-3']],
    [{ media: true }, ['kettle-3']],
    [{ media: false }, ['kettle-1', 'kettle-2']],
    [{ verified: true }, ['kettle-1']],
    [{ incentivized: false }, ['kettle-1', 'kettle-2']],
    [{ locale: 'de' }, ['kettle-1']],
    [{ country: 'DE' }, ['kettle-2']],
    [{ q: 'stur' }, ['kettle-1']],
    [{ q: 'HANDLE sturdy' }, ['kettle-1']],
    [{ q: 'stur handle' }, []],
    [{ sort: 'newest' }, ['kettle-1', 'kettle-2', 'kettle-3']],
    [{ sort: 'oldest' }, ['kettle-3', 'kettle-2', 'kettle-1']],
    [{ sort: 'highest' }, ['kettle-1', 'kettle-3', 'kettle-2']],
    [{ sort: 'lowest' }, ['kettle-2', 'kettle-3', 'kettle-1']],
    [{ sort: 'helpful' }, ['kettle-2', 'kettle-1', 'kettle-3']],
    [{ sort: 'media' }, ['kettle-3', 'kettle-1', 'kettle-2']],
  ])('%j as the real one does', async (query, ids) => {
    const page = await (await open()).productReviews('kettle', query);
    expect(page.reviews.map(({ id }) => id)).toEqual(ids);
    expect(page.summary).toMatchObject({ count: 3, organic: { count: 2, average: 3 } });
  });

  test.each(REVIEW_SORTS)('every review once, page by page, sorted by %s', async (sort) => {
    const client = await open({
      reviews: { p: Array.from({ length: 23 }, (_, n) => ({ rating: n % 2 ? 5 : 1 })) },
    });
    const ids: string[] = [];
    let page = await client.shopReviews({ sort, limit: 7 });
    while (page.next) {
      ids.push(...page.reviews.map(({ id }) => id));
      page = await client.shopReviews({ sort, limit: 7, cursor: page.next });
    }
    ids.push(...page.reviews.map(({ id }) => id));
    expect(new Set(ids).size).toBe(23);
    expect(ids).toHaveLength(23);
  });

  test('ratings of products that have reviews, or are said to have them', async () => {
    const client = await open({ ...SHOP, ratings: { best: { average: 4.7, count: 1024 } } });
    expect(await client.ratings(['kettle', 'a/b', 'best', 'unheard-of'])).toEqual({
      kettle: { average: 3.33333, count: 3 },
      'a/b': { average: 3, count: 1 },
      best: { average: 4.7, count: 1024 },
    });
    const shards = Array.from({ length: 16 }, async (_, shard) =>
      (await get(`/rating-shards/${shard}`)).json(),
    );
    const answers = (await Promise.all(shards)) as { ratings: object }[];
    expect(answers.flatMap(({ ratings }) => Object.keys(ratings)).toSorted()).toEqual([
      'a/b',
      'best',
      'kettle',
    ]);
  });

  test('questions with their answers, the newest first, page by page', async () => {
    const client = await open({
      questions: {
        kettle: [
          { body: 'Second?', createdAt: '2026-01-02T00:00:00.000Z' },
          {
            body: 'First?',
            createdAt: '2026-01-03T00:00:00.000Z',
            answers: [{ body: 'Yes.' }, { body: 'No.', byShop: false, author: 'Jo' }],
          },
        ],
      },
    });
    const page = await client.questions('kettle', { limit: 1 });
    expect(page).toMatchObject({
      count: 2,
      questions: [
        {
          id: 'kettle-question-2',
          productId: 'kettle',
          answers: [{ byShop: true }, { byShop: false, author: 'Jo', body: 'No.' }],
        },
      ],
    });
    const { questions, next } = await client.questions('kettle', {
      limit: 1,
      cursor: page.next ?? '',
    });
    expect([questions[0]?.body, next]).toEqual(['Second?', undefined]);
    expect(await client.questions('unheard-of')).toEqual({ count: 0, questions: [] });
  });

  test('settings, those of a new shop where it is told none', async () => {
    const client = await open({ settings: { locale: 'de' } });
    expect(await client.settings()).toEqual({ ...DEFAULT_SETTINGS, locale: 'de' });
  });

  test('what reviews have in common, on the first page', async () => {
    const client = await open({
      topics: { kettle: ['handle', 'spout'] },
      reviews: {
        kettle: [
          { rating: 5, locale: 'de', answers: [{ question: 'fit', label: 'Fit', value: 4 }] },
          {
            rating: 4,
            locale: 'de',
            body: 'A good handle. The spout drips.',
            answers: [{ question: 'variant', label: 'Variant', value: 'Red' }],
          },
          { rating: 4, locale: 'en', country: 'GB', title: 'Handle', body: 'Broke.' },
        ],
      },
    });
    const { facets, next = '' } = await client.productReviews('kettle', { limit: 2 });
    expect(facets).toEqual({
      locales: [
        { value: 'de', count: 2 },
        { value: 'en', count: 1 },
      ],
      countries: [{ value: 'GB', count: 1 }],
      variants: [{ value: 'Red', count: 1 }],
      topics: [
        { value: 'handle', count: 2 },
        { value: 'spout', count: 1 },
      ],
      scales: [{ question: 'fit', label: 'Fit', average: 4, count: 1 }],
    });
    const second = await client.productReviews('kettle', { limit: 2, cursor: next });
    expect(second).not.toHaveProperty('facets');
    expect((await client.shopReviews()).facets).toEqual(facets);
    expect(await client.topics('kettle')).toEqual({
      topics: [
        {
          topic: 'handle',
          count: 2,
          quotes: [
            { review: 'kettle-2', text: 'A good handle.' },
            { review: 'kettle-3', text: 'Handle' },
          ],
        },
        { topic: 'spout', count: 1, quotes: [{ review: 'kettle-2', text: 'The spout drips.' }] },
      ],
    });
    expect(await client.topics('unheard-of')).toEqual({ topics: [] });
  });

  test('an unknown product as an empty page', async () => {
    expect(await (await open()).productReviews('unheard-of')).toMatchObject({ reviews: [] });
  });
});

describe('a test server refuses', () => {
  test.each([
    ['/products/kettle/reviews?limit=0', 'limit'],
    ['/products/kettle/reviews?sort=best', 'sort'],
    ['/products/kettle/reviews?cursor=made-up', 'cursor'],
    ['/reviews?rating=9', 'rating'],
    ['/products/kettle/questions?limit=0', 'limit'],
    ['/products/kettle/questions?cursor=made-up', 'cursor'],
    ['/ratings', 'ids'],
  ])('%s, naming %s', async (path, parameter) => {
    await open();
    const answer = await get(path);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ ...toProblem('invalid-parameter'), parameter });
  });

  test('the cursor of another question', async () => {
    const client = await open();
    const { next = '' } = await client.productReviews('kettle', { limit: 1 });
    await client.productReviews('kettle', { limit: 2, cursor: next });
    for (const query of [
      { sort: 'newest' },
      { rating: [5] },
      { q: 'handle' },
    ] satisfies ReviewQuery[]) {
      const asked: ReviewQuery = { ...query, cursor: next };
      await expect(client.productReviews('kettle', asked)).rejects.toMatchObject({
        problem: { parameter: 'cursor' },
      });
    }
    await expect(client.shopReviews({ cursor: next })).rejects.toMatchObject({
      problem: { parameter: 'cursor' },
    });
  });

  test.each([
    ['/rating-shards/16', 404],
    ['/rating-shards/x', 404],
    ['/products/kettle', 404],
    [`/products/${'x'.repeat(256)}/reviews`, 404],
    ['/products/%00/reviews', 404],
    ['/settings/more', 404],
    ['/constructor', 404],
    ['/../../../other', 404],
    ['/../nowhere/settings', 404],
  ])('%s with %i', async (path, status) => {
    await open();
    const answer = await get(path);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ type: 'urn:plaudit:problem:not-found' });
  });

  test('methods that a path has not, naming those it has', async () => {
    await open();
    const [put, postTo] = [
      await get('/settings', { method: 'PUT' }),
      await get('/products/kettle/reviews', { method: 'DELETE' }),
    ];
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    expect(postTo.headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS');
  });

  test.each([
    ['{', {}, 'invalid-body'],
    ['{}', { 'content-type': 'image/png' }, 'unsupported-media-type'],
    ['x'.repeat(65_537), {}, 'body-too-large'],
    [JSON.stringify(submission), { 'idempotency-key': 'short' }, 'invalid-body'],
  ] as const)('a body such as %.20s %j: %s', async (body, headers, name) => {
    await open();
    const answer = await get('/products/kettle/reviews', { method: 'POST', headers, body });
    const { title, status } = toProblem(name);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ title });
    expect(server.submissions).toEqual([]);
  });
});

describe('a review that is sent', () => {
  test('waits for the merchant, and the test can read it', async () => {
    const client = await open();
    const receipt = { id: 'submitted-1', status: 'pending', editSecret: 'secret-of-submitted-1' };
    expect(await client.submitReview('kettle', submission)).toEqual(receipt);
    expect(server.submissions).toEqual([
      {
        ...submission,
        author: 'Jo',
        productId: 'kettle',
        receipt,
      },
    ]);
    expect((await client.productReviews('kettle')).summary.count).toBe(3);
  });

  test('is changed by its writer while it waits', async () => {
    const client = await open();
    const { id, editSecret = '' } = await client.submitReview('kettle', submission);
    const edit = { secret: editSecret, rating: 2, author: 'Jo', body: 'It leaks now.' } as const;
    expect(await client.editReview(id, edit)).toEqual({ id, status: 'pending' });
    expect(server.submissions).toMatchObject([
      { rating: 2, body: 'It leaks now.', email: submission.email, productId: 'kettle' },
    ]);
    const guess = client.editReview(id, { ...edit, secret: 'x'.repeat(32) });
    await expect(guess).rejects.toMatchObject({ problem: { status: 404 } });
  });

  test('is withdrawn by its writer, waiting or published, and by nobody else', async () => {
    for (const publishesAtOnce of [false, true]) {
      const client = await open({ publishesAtOnce });
      const { id, editSecret = '' } = await client.submitReview('new', submission);
      const guess = client.withdrawReview(id, 'x'.repeat(32));
      await expect(guess).rejects.toMatchObject({ problem: { status: 404 } });
      const done = { id, status: 'withdrawn' };
      expect(await client.withdrawReview(id, editSecret)).toEqual(done);
      expect(await client.withdrawReview(id, editSecret)).toEqual(done);
      expect((await client.productReviews('new')).reviews).toEqual([]);
      expect(server.submissions).toMatchObject([{ isWithdrawn: true }]);
      const edit = { secret: editSecret, rating: 2, author: 'Jo' } as const;
      await expect(client.editReview(id, edit)).rejects.toMatchObject({ problem: { status: 404 } });
      await server.close();
    }
  });

  test('can be changed no more once it is published', async () => {
    const client = await open({ publishesAtOnce: true });
    const { id, editSecret = '' } = await client.submitReview('new', submission);
    const edit = client.editReview(id, { secret: editSecret, rating: 2, author: 'Jo' });
    await expect(edit).rejects.toMatchObject({ problem: { status: 409 } });
  });

  test('is published at once where the shop wants that, without its e-mail address', async () => {
    const now = (): Date => new Date('2026-03-01T00:00:00Z');
    const client = await open({ publishesAtOnce: true, now });
    await client.submitReview('new', submission);
    const { reviews } = await client.productReviews('new');
    expect(reviews).toMatchObject([
      { id: 'submitted-1', author: 'Jo', createdAt: now().toISOString() },
    ]);
    expect(JSON.stringify(reviews)).not.toContain('example.com');
  });

  test('twice with one key is one review; another review with that key is refused', async () => {
    await open();
    const keyed = { ...submission, idempotencyKey: 'form-1234' };
    const answers = [
      await post(keyed),
      await post(submission, { 'idempotency-key': 'form-1234' }),
      await post({ ...keyed, rating: 1 }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 422]);
    expect(server.submissions).toHaveLength(1);
  });
});

describe('a question that is asked', () => {
  test('waits for the shop, and the test can read it', async () => {
    const client = await open({ questions: { kettle: [] } });
    const question = { body: ' Does it whistle? ', author: 'Jo', email: 'jo@example.com' };
    const receipt = { id: 'asked-1', status: 'pending' };
    expect(await client.askQuestion('kettle', question)).toEqual(receipt);
    expect(server.questions).toEqual([
      { ...question, body: 'Does it whistle?', productId: 'kettle', receipt },
    ]);
    expect(await client.questions('kettle')).toEqual({ count: 0, questions: [] });
  });

  test('twice with one key is one question; another one with that key is refused', async () => {
    const client = await open();
    const who = { author: 'Jo', email: 'jo@example.com', idempotencyKey: 'question-1' };
    const first = await client.askQuestion('kettle', { ...who, body: 'Why?' });
    expect(await client.askQuestion('kettle', { body: 'Why?', ...who })).toEqual(first);
    await expect(client.askQuestion('pot', { ...who, body: 'Why?' })).rejects.toMatchObject({
      problem: { status: 422 },
    });
    expect(server.questions).toHaveLength(1);
  });
});

describe('a vote', () => {
  const voter = 'a-visitor-of-the-shop';
  const questions = { kettle: [{ body: 'Why?', answers: [{ body: 'Because.' }] }] };

  test.each([
    ['review', 'kettle-2', { up: 9, down: 1 }],
    ['question', 'kettle-question-1', { up: 0, down: 0 }],
    ['answer', 'kettle-question-1-answer-1', { up: 0, down: 0 }],
  ] as const)('on a %s is one a visitor, and can be taken back', async (kind, id, { up, down }) => {
    const client = await open({ ...SHOP, questions });
    const cast = (vote: 'up' | 'down' | 'none', by = voter): Promise<unknown> =>
      client.vote({ kind, id }, { vote, voter: by });
    expect(await cast('up')).toEqual({ vote: 'up', helpful: { up: up + 1, down } });
    expect(await cast('up')).toEqual({ vote: 'up', helpful: { up: up + 1, down } });
    expect(await cast('down', `${voter}-2`)).toMatchObject({
      helpful: { up: up + 1, down: down + 1 },
    });
    expect(await cast('down')).toMatchObject({ helpful: { up, down: down + 2 } });
    expect(await cast('none')).toMatchObject({ helpful: { up, down: down + 1 } });
    expect(server.votes.map(({ vote }) => vote)).toEqual(['up', 'up', 'down', 'down', 'none']);
  });

  test('is seen by who reads next, and leaves the description as it was', async () => {
    const client = await open({ ...SHOP, questions });
    await client.vote({ kind: 'review', id: 'kettle-2' }, { vote: 'up', voter });
    const { reviews } = await client.productReviews('kettle', { country: 'DE' });
    expect(reviews[0]?.helpful).toEqual({ up: 10, down: 1 });
    expect(SHOP.reviews?.['kettle']?.[1]?.helpful).toEqual({ up: 9, down: 1 });
  });

  test('on what is not there is refused', async () => {
    const client = await open();
    const vote = client.vote({ kind: 'answer', id: 'kettle-2' }, { vote: 'up', voter });
    await expect(vote).rejects.toMatchObject({ problem: { status: 404 } });
  });
});

describe('a photo that is uploaded', () => {
  const PNG = Uint8Array.from(
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
      'base64',
    ),
  );
  const photo = new Blob([PNG], { type: 'image/png' });

  test('can be seen, and goes with one review', async () => {
    const client = await open({ publishesAtOnce: true });
    const { id, url, thumbnailUrl } = await client.uploadPhoto(photo);
    const shown = await fetch(url);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(PNG);
    await client.submitReview('kettle', { ...submission, media: [id] });
    const { reviews } = await client.productReviews('kettle', { media: true });
    expect(reviews[0]?.media).toEqual([{ kind: 'photo', url, thumbnailUrl }]);
    await expect(
      client.submitReview('kettle', { ...submission, media: [id] }),
    ).rejects.toMatchObject({ problem: { errors: [{ field: 'media' }] } });
    expect(server.photos).toMatchObject([{ type: 'image/png', bytes: PNG, receipt: { id } }]);
  });

  test.each([
    ['that is empty', new Blob([])],
    ['that is a drawing', new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>'])],
  ])('%s is refused', async (_what, file) => {
    const client = await open();
    await expect(client.uploadPhoto(file)).rejects.toMatchObject({
      problem: { errors: [{ field: 'file' }] },
    });
    expect(server.photos).toEqual([]);
  });

  test('in no form, or with a form that has no photo, is refused', async () => {
    await open();
    const form = new FormData();
    form.append('picture', photo);
    const answers = [
      await get('/media', { method: 'POST', body: photo }),
      await get('/media', { method: 'POST', body: form }),
      await get('/media/000000000000000000000001/small.webp'),
      await get('/media', { method: 'GET' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([415, 400, 404, 405]);
  });
});

describe('a test server can be', () => {
  test('down', async () => {
    await open();
    server.setCondition('down');
    await expect(get('/settings')).rejects.toThrow('fetch failed');
    server.setCondition('up');
    expect((await get('/settings')).status).toBe(200);
  });

  test('slow, until it is not', async () => {
    await open();
    server.setCondition('slow');
    let hasAnswered = false;
    const answer = get('/settings').then((response) => {
      hasAnswered = true;
      return response;
    });
    await expect.poll(() => server.requests).toHaveLength(1);
    expect(hasAnswered).toBe(false);
    server.setCondition('up');
    expect((await answer).status).toBe(200);
  });

  test.each([
    ['unavailable', 503],
    ['too-many-requests', 429],
  ] as const)('%s: %i, and says when to come back', async (condition, status) => {
    await open();
    server.setCondition(condition);
    const answer = await get('/settings');
    expect(answer.status).toBe(status);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(await answer.json()).toEqual(toProblem(condition));
  });

  test('cut off in the middle of an answer', async () => {
    await open();
    server.setCondition('broken-off');
    await expect(get('/settings').then((answer) => answer.json())).rejects.toThrow('terminated');
  });

  test('empty', async () => {
    const client = await open();
    server.setCondition('empty');
    expect(await client.ratings(['kettle'])).toEqual({});
    expect((await client.shopReviews()).summary.count).toBe(0);
  });

  test('closed while an answer waits', async () => {
    await open();
    server.setCondition('slow');
    const answer = get('/settings');
    await expect.poll(() => server.requests).toHaveLength(1);
    const [outcome] = await Promise.allSettled([answer, server.close()]);
    expect(outcome.status).toBe('rejected');
    server = await createTestServer();
  });
});

test('pages of any site may read and write', async () => {
  await open();
  const preflight = await get('/products/kettle/reviews', { method: 'OPTIONS' });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-headers')).toContain('idempotency-key');
  const head = await get('/settings', { method: 'HEAD' });
  expect([head.headers.get('access-control-allow-origin'), await head.text()]).toEqual(['*', '']);
  expect(server.requests).toEqual([
    'OPTIONS /v1/shops/demo/products/kettle/reviews',
    'HEAD /v1/shops/demo/settings',
  ]);
});
