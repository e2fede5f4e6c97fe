import {
  CLIENT_ADDRESS_FIELD,
  CLIENT_ADDRESS_PROOF_FIELD,
  proveClientAddress,
} from '@plaudit/contract';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { describeCompat, EDGE_SECRET } from '../../../test/compat-shop.ts';
import { answers, questions } from '../../db/questions-schema.ts';
import { asSystem } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import { answerQuestion } from '../../domain/questions/answer.ts';
import { askQuestion } from '../../domain/questions/ask.ts';
import { moderateQuestion } from '../../domain/questions/moderate.ts';

interface Listed {
  response: { reviews: { id: number; votes_up: number; votes_down: number }[] };
}

interface Asked {
  response: {
    questions: { sorted_public_answers: { votes_up: number; votes_down: number }[] }[];
  };
}

/** As the clients of old send it. */
const REVIEW = {
  appkey: 'acme',
  domain: 'acme.example',
  sku: 'toaster',
  product_title: 'Toaster',
  product_url: 'https://acme.example/toaster',
  display_name: 'User Name',
  email: 'canary@example.com',
  review_title: 'Even',
  review_content: 'Browns both sides.',
  review_score: 5,
};
const QUESTION = {
  appkey: 'acme',
  sku: 'kettle',
  product_title: 'Kettle',
  display_name: 'User Name',
  email: 'canary@example.com',
  review_content: 'Does it whistle?',
};

describeCompat('writes of clients of Yotpo', ({ get, body, context }) => {
  const post = (path: string, fields: unknown, headers: Record<string, string> = {}) =>
    get(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(fields),
    });
  const write = async (fields: unknown) => {
    const answer = await post('/v1/widget/reviews', fields);
    return [answer.status, await answer.json()];
  };
  const scoresOf = (title: string) =>
    asSystem(context().db, (tx) =>
      tx
        .select({ rating: reviews.rating, verified: reviews.verified })
        .from(reviews)
        .where(eq(reviews.title, title)),
    );

  test('a review is kept, and answered without the frame', async () => {
    expect(await write(REVIEW)).toEqual([200, { code: 200, message: 'ok' }]);
    expect(await scoresOf('Even')).toEqual([{ rating: 5, verified: false }]);
  });

  test.each([
    ['4.5', 4],
    ['3', 3],
    [4.5, 4],
  ])('a score of %j is kept as %i', async (review_score, rating) => {
    const review_title = `Scored ${typeof review_score} ${review_score}`;
    await write({ ...REVIEW, review_title, review_score });
    expect(await scoresOf(review_title)).toEqual([{ rating, verified: false }]);
  });

  test('a form will do as well as JSON', async () => {
    const form = new URLSearchParams({ ...REVIEW, review_title: 'Form', review_score: '2' });
    const answer = await get('/v1/widget/reviews', { method: 'POST', body: form });
    expect(await answer.json()).toEqual({ code: 200, message: 'ok' });
    expect(await scoresOf('Form')).toEqual([{ rating: 2, verified: false }]);
  });

  test.each([
    [{ review_score: 6 }, 400, 'review_score: must be a whole number from 1 to 5'],
    [{ review_score: 'many' }, 400, 'review_score: must be a whole number from 1 to 5'],
    [{ email: 'nobody' }, 400, 'email: must be an e-mail address'],
    [{ display_name: '' }, 400, 'display_name: must not be empty'],
    [{ sku: '' }, 400, 'sku: must be the id of a product.'],
    [{ appkey: 'nobody' }, 404, 'Not Found'],
  ])('a review with %j is refused with %i and the reason', async (wrong, code, message) => {
    expect(await write({ ...REVIEW, ...wrong })).toEqual([code, { code, message }]);
  });

  test('a body that is no form is refused', async () => {
    const answer = await get('/v1/widget/reviews', { method: 'POST', body: '[1]' });
    expect(answer.status).toBe(400);
  });

  test('a question waits for the shop', async () => {
    const answer = await post('/questions/send_confirmation_mail', QUESTION);
    expect(await answer.json()).toEqual({ status: { code: 200, message: 'OK' } });
    const kept = await asSystem(context().db, (tx) =>
      tx.select({ status: questions.status }).from(questions),
    );
    expect(kept).toEqual([{ status: 'pending' }]);
  });

  test('a vote counts once a visitor, is changed by another, and taken back', async () => {
    const list = '/v1/widget/acme/products/kettle/reviews.json';
    const read = async () => (await body<Listed>(list)).response.reviews[0];
    const before = await read();
    const { id, votes_up, votes_down } = before ?? { id: 0, votes_up: 0, votes_down: 0 };
    const vote = async (what: string, address: string, secret = EDGE_SECRET) => {
      const at = context().now().getTime();
      const fields = {
        [CLIENT_ADDRESS_FIELD]: address,
        [CLIENT_ADDRESS_PROOF_FIELD]: await proveClientAddress([secret], address, at),
      };
      const answer = await post(`/reviews/${id}/vote/${what}`, {}, fields);
      expect(await answer.json()).toEqual({
        status: { code: 200, message: 'OK' },
        response: { vote: { id } },
      });
      const now = await read();
      return [now?.votes_up, now?.votes_down];
    };
    expect(await vote('up', '192.0.2.1')).toEqual([votes_up + 1, votes_down]);
    expect(await vote('up', '192.0.2.77')).toEqual([votes_up + 1, votes_down]);
    expect(await vote('up', '2001:db8:1::1')).toEqual([votes_up + 2, votes_down]);
    expect(await vote('down', '192.0.2.1')).toEqual([votes_up + 1, votes_down + 1]);
    expect(await vote('down/true', '192.0.2.1')).toEqual([votes_up + 1, votes_down]);
    // Where no edge proves it, an address is a claim: all of these are one visitor.
    for (const claimed of ['198.51.100.1', '203.0.113.1', '2001:db8:2::1']) {
      expect(await vote('up', claimed, 'guessed')).toEqual([votes_up + 2, votes_down]);
    }
  });

  test('a review that is made at once comes back in the long form', async () => {
    const half = { ...REVIEW, review_title: 'Made', review_score: 4.5 };
    const answer = await post('/reviews/dynamic_create', half);
    expect(await answer.json()).toMatchObject({
      status: { code: 200, message: 'OK' },
      response: {
        reviews: [
          {
            id: expect.any(Number),
            score: 4,
            title: 'Made',
            content: 'Browns both sides.',
            user: { display_name: 'User N.', slug: '' },
            products_apps: [{ domain_key: 'toaster' }],
          },
        ],
      },
    });
    const wrong = await post('/reviews/dynamic_create', { ...REVIEW, review_score: 9 });
    expect(wrong.status).toBe(400);
  });

  test('answers are voted on as well, while they are seen', async () => {
    const list = '/products/acme/kettle/questions';
    const asked = await askQuestion(context(), 'acme', 'kettle', {
      body: 'Is it loud?',
      author: 'User Name',
      email: 'canary@example.com',
    });
    await answerQuestion(context(), 'acme', asked.id, { body: 'No.', byShop: true });
    const [{ id }] = (await asSystem(context().db, (tx) =>
      tx.select({ id: answers.id }).from(answers),
    )) as [{ id: number }];
    expect((await post(`/answers/${id}/vote/up`, {})).status).toBe(404);
    await moderateQuestion(context(), 'acme', asked.id, 'published');
    const votes = async () => {
      const { response } = await body<Asked>(list);
      const [answer] = response.questions.flatMap((one) => one.sorted_public_answers);
      return [answer?.votes_up, answer?.votes_down];
    };
    const voted = await post(`/answers/${id}/vote/up`, {});
    expect(await voted.json()).toEqual({
      status: { code: 200, message: 'OK' },
      response: { vote: { id } },
    });
    expect(await votes()).toEqual([1, 0]);
    await post(`/answers/${id}/vote/down/true`, {});
    expect(await votes()).toEqual([0, 0]);
    expect((await post('/answers/999999999/vote/up', {})).status).toBe(404);
  });

  test('a vote on what is not there is told so', async () => {
    const answer = await post('/reviews/999999999/vote/up', {});
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ status: { code: 404, message: 'Not Found' } });
  });
});
