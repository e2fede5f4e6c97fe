import { beforeAll, expect, test } from 'vitest';
import { fillShop } from '../../../test/compat-shop.ts';
import { describeOnEach } from '../../../test/databases.ts';
import { enterShop } from '../shops/find.ts';
import { listNumberedMatches, type MatchQuery } from './list-numbered-matches.ts';

const WINDOW = 10;

describeOnEach('reviews that match, by page number', (fixture) => {
  beforeAll(async () => {
    const old = { body: 'Whistles', rating: 1, createdAt: new Date('2020-01-01') } as const;
    const fine = Array.from({ length: 30 }, (_, n) => ({
      body: `Fine ${n}`,
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, n)),
    }));
    await fillShop(fixture.context, 'acme', [old, ...fine]);
    await fillShop(fixture.context, 'other', [old]);
  });

  const list = async (query: Partial<MatchQuery>) => {
    const usual = { size: 31, filtering: {}, sort: 'newest', offset: 0, limit: 3 } as const;
    const { total, reviews } = await enterShop(fixture.context.db, 'acme', (tx, { id }) =>
      listNumberedMatches(tx, id, { ...usual, window: WINDOW, ...query }),
    );
    return [total, ...reviews.map(({ review }) => review.body)];
  };

  test('are found wherever they lie in a list, where they are few', async () => {
    expect(await list({ filtering: { q: 'whistles' } })).toEqual([1, 'Whistles']);
    expect(await list({ filtering: { rating: [1, 2] } })).toEqual([1, 'Whistles']);
  });

  test('are those among the first of a long list, where they are many', async () => {
    const filtering = { q: 'fine' };
    expect(await list({ filtering })).toEqual([WINDOW, 'Fine 29', 'Fine 28', 'Fine 27']);
    expect(await list({ filtering, offset: 9 })).toEqual([WINDOW, 'Fine 20']);
    expect(await list({ filtering, offset: 10 })).toEqual([WINDOW]);
    const oldest = await list({ filtering, sort: 'oldest', limit: 1 });
    expect(oldest).toEqual([WINDOW - 1, 'Fine 0']);
  });

  test('are all there are in a list that is looked through', async () => {
    const filtering = { q: 'fine', rating: [5 as const, 4 as const] };
    expect(await list({ filtering, window: 31, limit: 1 })).toEqual([30, 'Fine 29']);
    expect(await list({ filtering: { q: 'nowhere' }, window: 31 })).toEqual([0]);
  });
});
