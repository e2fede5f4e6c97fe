import { expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { inShop } from '../../db/row-security.ts';
import { finishImport } from '../imports/finish.ts';
import { startImport } from '../imports/start.ts';
import { undoImport } from '../imports/undo.ts';
import { importReviews, type ForeignReview } from '../reviews/import-batch.ts';
import { findShop } from '../shops/find.ts';
import { WHOLE_SHOP } from './adjust.ts';
import { readFacets } from './read.ts';

const foreign = (n: number): ForeignReview => ({
  product: { externalId: `product-${n % 2}` },
  rating: 4,
  verified: false,
  incentivized: false,
  locale: ['de', 'DE', 'fr', undefined][n % 4],
  country: n % 3 === 0 ? 'AT' : undefined,
  status: n % 5 === 0 ? 'pending' : 'published',
  media: [],
  votesUp: 0,
  votesDown: 0,
  createdAt: new Date('2024-01-01'),
  sourceKey: `row:${n}`,
});

describeOnEach('facets', (fixture) => {
  test('count what an import brings in, in any case, and go when it is undone', async () => {
    const { context } = fixture;
    const shop = await findShop(context.db, 'acme');
    const source = 'import:a';
    const own = await startImport(context, shop, { source, fileName: 'a', fileDigest: 'a' });
    const batch = Array.from({ length: 60 }, (_, n) => foreign(n));
    await importReviews(context, shop, source, batch, { import: own, from: 0, to: 60 });
    await finishImport(context, own, { rowsDone: 60, failed: 0 });
    const read = () => inShop(context.db, shop.id, (tx) => readFacets(tx, shop.id, WHOLE_SHOP));
    const visible = batch.filter(({ status }) => status === 'published');
    const countOf = (locale: string) =>
      visible.filter((review) => review.locale?.toLowerCase() === locale).length;
    expect(await read()).toEqual({
      locales: [
        { value: 'de', count: countOf('de') },
        { value: 'fr', count: countOf('fr') },
      ],
      countries: [{ value: 'AT', count: visible.filter(({ country }) => country).length }],
    });
    await undoImport(context, shop.appKey, own.publicId);
    expect(await read()).toBeUndefined();
  });
});
