import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toProblem, type ReviewPage } from '@plaudit/contract';
import { createClient } from './client.ts';
import { PlauditProblem } from './errors.ts';

let server: Server;
let edge: string;
let seen: { line: string; headers: IncomingMessage['headers']; body: string }[] = [];
let answer: [status: number, body: unknown] = [200, {}];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      response.writeHead(answer[0], { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer[1]));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  edge = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  seen = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const openClient = () => createClient({ edge, appKey: 'my shop' });
const lines = (): string[] => seen.map(({ line }) => line);
const emptyPage: ReviewPage = {
  summary: {
    count: 0,
    average: 0,
    histogram: [0, 0, 0, 0, 0],
    organic: { count: 0, average: 0, histogram: [0, 0, 0, 0, 0] },
  },
  reviews: [],
};

describe('a client', () => {
  test('asks nothing before it is told to', () => {
    openClient();
    expect(seen).toEqual([]);
  });

  test('reads ratings by product, ids sorted and without repeats', async () => {
    answer = [200, { ratings: { a: { average: 4.5, count: 2 } } }];
    const ratings = await openClient().ratings(['b', 'a', 'b', 'ü/x']);
    expect(lines()).toEqual(['GET /v1/shops/my%20shop/ratings?ids=a,b,%C3%BC%2Fx']);
    expect(ratings['a']).toEqual({ average: 4.5, count: 2 });
    expect(ratings['b']).toBeUndefined();
    expect(ratings['constructor']).toBeUndefined();
  });

  test('asks for no ratings when there are no products', async () => {
    expect(await openClient().ratings([])).toEqual({});
    expect(seen).toEqual([]);
  });

  test('asks in several calls beyond 250 products and joins the answers', async () => {
    const ids = Array.from({ length: 501 }, (_, index) => `p${index}`);
    answer = [200, { ratings: { p1: { average: 1, count: 1 } } }];
    const ratings = await openClient().ratings(ids);
    const asked = lines().map((line) => line.replace(/.*ids=/, '').split(','));
    expect(asked.map((list) => list.length).toSorted((a, b) => a - b)).toEqual([1, 250, 250]);
    expect(asked.flat().toSorted()).toEqual(ids.toSorted());
    expect(Object.keys(ratings)).toEqual(['p1']);
  });

  test('reads reviews with the question in its one canonical form', async () => {
    answer = [200, emptyPage];
    const client = openClient();
    expect(await client.productReviews('a/b')).toEqual(emptyPage);
    await client.productReviews('1', { sort: 'newest', rating: [4, 5], limit: 10 });
    await client.shopReviews({ media: true, limit: 5 });
    expect(lines()).toEqual([
      'GET /v1/shops/my%20shop/products/a%2Fb/reviews',
      'GET /v1/shops/my%20shop/products/1/reviews?rating=4%2C5&sort=newest',
      'GET /v1/shops/my%20shop/reviews?limit=5&media=true',
    ]);
  });

  test('reads the settings', async () => {
    answer = [200, { version: 3 }];
    expect(await openClient().settings()).toEqual({ version: 3 });
    expect(lines()).toEqual(['GET /v1/shops/my%20shop/settings']);
  });

  test('posts a review as text, which needs no preflight, and returns the receipt', async () => {
    answer = [202, { id: 'r1', status: 'pending' }];
    const submission = { rating: 5, author: 'Jo', email: 'jo@example.com' } as const;
    expect(await openClient().submitReview('42', submission)).toEqual({
      id: 'r1',
      status: 'pending',
    });
    expect(lines()).toEqual(['POST /v1/shops/my%20shop/products/42/reviews']);
    expect(seen[0]?.headers['content-type']).toMatch(/^text\/plain/);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual(submission);
  });

  test('reads questions, and asks one as text', async () => {
    answer = [200, { count: 0, questions: [] }];
    const client = openClient();
    await client.questions('a/b');
    await client.questions('42', { limit: 5, cursor: 'next' });
    answer = [202, { id: 'q1', status: 'pending' }];
    const submission = { body: 'Is it warm?', author: 'Jo', email: 'jo@example.com' };
    expect(await client.askQuestion('42', submission)).toEqual({ id: 'q1', status: 'pending' });
    expect(lines()).toEqual([
      'GET /v1/shops/my%20shop/products/a%2Fb/questions',
      'GET /v1/shops/my%20shop/products/42/questions?cursor=next&limit=5',
      'POST /v1/shops/my%20shop/products/42/questions',
    ]);
    expect(seen[2]?.headers['content-type']).toMatch(/^text\/plain/);
    expect(JSON.parse(seen[2]?.body ?? '')).toEqual(submission);
  });

  test('reads what reviewers talk about', async () => {
    answer = [200, { topics: [] }];
    expect(await openClient().topics('ü/x')).toEqual({ topics: [] });
    expect(lines()).toEqual(['GET /v1/shops/my%20shop/products/%C3%BC%2Fx/topics']);
  });

  test('reads and writes reviews of the shop itself', async () => {
    answer = [200, emptyPage];
    expect(await openClient().siteReviews({ sort: 'newest' })).toEqual(emptyPage);
    answer = [201, { id: 'r1', status: 'published' }];
    const review = { rating: 5, author: 'Mara', email: 'mara@example.com' } as const;
    expect(await openClient().submitSiteReview(review)).toEqual(answer[1]);
    expect(lines()).toEqual([
      'GET /v1/shops/my%20shop/site/reviews?sort=newest',
      'POST /v1/shops/my%20shop/site/reviews',
    ]);
  });

  test('changes a review that waits, as text, so that it needs no preflight', async () => {
    answer = [200, { id: 'r/1', status: 'published' }];
    const edit = { secret: 'x'.repeat(32), rating: 4, author: 'Mara' } as const;
    expect(await openClient().editReview('r/1', edit)).toEqual(answer[1]);
    expect(lines()).toEqual(['POST /v1/shops/my%20shop/reviews/r%2F1']);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual(edit);
    expect(seen[0]?.headers['content-type']).toMatch(/^text\/plain/);
  });

  test('withdraws a review, as text, so that it needs no preflight', async () => {
    answer = [200, { id: 'r/1', status: 'withdrawn' }];
    expect(await openClient().withdrawReview('r/1', 'x'.repeat(32))).toEqual(answer[1]);
    expect(lines()).toEqual(['POST /v1/shops/my%20shop/reviews/r%2F1/withdrawal']);
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ secret: 'x'.repeat(32) });
    expect(seen[0]?.headers['content-type']).toMatch(/^text\/plain/);
  });

  test('votes on a review, a question or an answer, and takes the vote back', async () => {
    answer = [200, { vote: 'up', helpful: { up: 1, down: 0 } }];
    const client = openClient();
    const voter = 'sixteen-letters-';
    expect(await client.vote({ kind: 'review', id: 'r/1' }, { vote: 'up', voter })).toEqual({
      vote: 'up',
      helpful: { up: 1, down: 0 },
    });
    await client.vote({ kind: 'question', id: 'q1' }, { vote: 'down', voter });
    await client.vote({ kind: 'answer', id: 'a1' }, { vote: 'none', voter });
    expect(lines()).toEqual([
      'POST /v1/shops/my%20shop/reviews/r%2F1/votes',
      'POST /v1/shops/my%20shop/questions/q1/votes',
      'POST /v1/shops/my%20shop/answers/a1/votes',
    ]);
    expect(seen.map(({ body }) => JSON.parse(body).vote)).toEqual(['up', 'down', 'none']);
  });

  test('uploads a photo as a form, and says what the server has against it', async () => {
    const receipt = { id: 'm1', url: 'https://a/1', thumbnailUrl: 'https://a/2' };
    answer = [201, receipt];
    const photo = new File(['pixels'], 'photo.png', { type: 'image/png' });
    expect(await openClient().uploadPhoto(photo)).toEqual(receipt);
    expect(lines()).toEqual(['POST /v1/shops/my%20shop/media']);
    expect(seen[0]?.headers['content-type']).toMatch(/^multipart\/form-data/);
    expect(seen[0]?.body).toContain('name="file"; filename="photo.png"');
    const problem = toProblem('body-too-large', { detail: 'A photo has at most 10 MB.' });
    answer = [413, problem];
    const failure = openClient().uploadPhoto(photo);
    await expect(failure).rejects.toBeInstanceOf(PlauditProblem);
    await expect(failure).rejects.toMatchObject({ problem });
    // Sent once: only the caller knows whether to repeat a write.
    expect(seen).toHaveLength(2);
  });

  test('rejects with the problem that the server describes', async () => {
    const problem = toProblem('invalid-parameter', { parameter: 'sort', detail: 'No such order.' });
    answer = [400, problem];
    const failure = openClient().productReviews('42');
    await expect(failure).rejects.toBeInstanceOf(PlauditProblem);
    await expect(failure).rejects.toMatchObject({ problem, message: 'No such order.' });
    expect(seen).toHaveLength(1);
  });

  test('takes an address with a slash at its end', async () => {
    answer = [200, {}];
    await createClient({ edge: `${edge}/`, appKey: 'k' }).settings();
    expect(lines()).toEqual(['GET /v1/shops/k/settings']);
  });
});
