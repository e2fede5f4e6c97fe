import { beforeAll, expect, test } from 'vitest';
import { describeCompat } from '../../../test/compat-shop.ts';
import { answerQuestion } from '../../domain/questions/answer.ts';
import { askQuestion } from '../../domain/questions/ask.ts';
import { moderateQuestion } from '../../domain/questions/moderate.ts';

interface Questions {
  response: { questions: { content: string }[] };
}

const number = expect.any(Number);
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const person = (name: string) => ({
  id: number,
  display_name: name,
  slug: '',
  social_image: '',
  is_social_connected: false,
  bio: '',
  score: 0,
  badges: [],
});

describeCompat('questions for clients of Yotpo', ({ get, body, context }) => {
  const ask = async (text: string) => {
    const question = { body: text, author: 'User Name', email: 'canary@example.com' };
    return (await askQuestion(context(), 'acme', 'kettle', question)).id;
  };

  beforeAll(async () => {
    const first = await ask('Is it loud?');
    await moderateQuestion(context(), 'acme', first, 'published');
    const second = await ask('Is it safe?');
    await moderateQuestion(context(), 'acme', second, 'published');
    await answerQuestion(context(), 'acme', second, { body: 'Yes.', byShop: true });
    await answerQuestion(context(), 'acme', second, { body: 'Waits.', byShop: false });
    await ask('Waits for the shop.');
  });

  const PAGES: [string, { page: number; per_page: number }][] = [
    ['/products/acme/kettle/questions?count=20', { page: 1, per_page: 20 }],
    ['/v1/widget/acme/products/kettle/questions', { page: 1, per_page: 5 }],
  ];

  test.each(PAGES)('%s lists what is published, the newest first', async (path, page) => {
    expect(await body(path)).toEqual({
      status: { code: 200, message: 'OK' },
      response: {
        total_questions: 2,
        total_answers: 1,
        ...page,
        questions: [
          {
            id: number,
            content: 'Is it safe?',
            user_type: 'User',
            created_at: instant,
            asker: person('User N.'),
            sorted_public_answers: [
              {
                id: number,
                content: 'Yes.',
                votes_up: 0,
                votes_down: 0,
                created_at: instant,
                store_owner_comment: true,
                is_store_owner_comment: true,
                answerer: person('Acme'),
              },
            ],
          },
          expect.objectContaining({ content: 'Is it loud?', sorted_public_answers: [] }),
        ],
      },
    });
  });

  test('come page by page, and after the last there are none', async () => {
    const texts = async (page: string) => {
      const answer = await body<Questions>(`/products/acme/kettle/questions?count=1&page=${page}`);
      return answer.response.questions.map(({ content }) => content);
    };
    expect(await texts('2')).toEqual(['Is it loud?']);
    expect(await texts('3')).toEqual([]);
    expect(await texts('999999')).toEqual([]);
  });

  test.each(['unheard-of', 'yotpo_site_reviews'])('of %s are none, with 200', async (product) => {
    expect(await body(`/products/acme/${product}/questions?page=3`)).toEqual({
      status: { code: 200, message: 'OK' },
      response: { total_questions: 0, total_answers: 0, page: 3, per_page: 5, questions: [] },
    });
  });

  test('are counted', async () => {
    const totals = { total_questions: 2, total_answers: 1 };
    expect(await body('/products/acme/kettle/qna_bottomline')).toEqual(totals);
  });

  test('tell no address, and are purged as our own lists of questions are', async () => {
    const answer = await get('/products/acme/kettle/questions');
    expect(await answer.text()).not.toContain('canary');
    expect(answer.headers.get('cache-tag')).toBe('shop:acme,questions:acme:kettle');
  });
});
