/** What v3's clients ask of a product beside its reviews: its photos, and what is said of it. */
import { productTag, shopTag } from '@plaudit/contract';
import type { Hono } from 'hono';
import type { Context } from '../../domain/context.ts';
import { enterShop } from '../../domain/shops/find.ts';
import { readFacets } from '../../domain/facets/read.ts';
import { addRead } from './add-read.ts';
import { readPage } from './parameters.ts';
import { readPhotos } from './photos.ts';
import { readSubject, subjectTags } from './subject.ts';

const PRODUCT = '/v3/storefront/stores/:appKey/products/:productId';
const MEDIA_PAGE = { name: 'perPage', usual: 10, most: 100 };

/** Adds the reads. */
export function addV3ProductReads(app: Hono, { db }: Context): void {
  // No answer was recorded. A guess: a page as reviews have it, of photos as reviews have them.
  addRead(app, `${PRODUCT}/reviewsMedia`, async ({ part, search }) => {
    const [appKey, productId] = [part('appKey'), part('productId')];
    const { page, size, offset } = readPage(search, MEDIA_PAGE);
    const photos = await enterShop(db, appKey, (tx, shop) => readPhotos(tx, shop, productId));
    const body = {
      pagination: { page, perPage: size, total: photos.length },
      reviewsMedia: photos.slice(offset, offset + size).map((photo) => ({
        id: photo.id,
        reviewId: photo.reviewNumber,
        mediaType: 'image',
        thumbUrl: photo.small,
        originalUrl: photo.large,
      })),
    };
    return { body, policy: 'reviews', tags: subjectTags(appKey, productId) };
  });

  // The names on the first level were recorded, those of a topic are a guess. Nobody sums reviews up here.
  addRead(app, `${PRODUCT}/productData`, async ({ part, search }) => {
    const [appKey, productId] = [part('appKey'), part('productId')];
    const included = (search.get('include') ?? '').split(',');
    const body = await enterShop(db, appKey, async (tx, { id }) => {
      const { product, listNumber } = await readSubject(tx, id, productId);
      const facets = listNumber === undefined ? undefined : await readFacets(tx, id, listNumber);
      const topics = facets?.topics?.map(({ value, count }) => ({ name: value, count })) ?? [];
      return {
        storeId: appKey,
        productId: product?.number ?? null,
        externalId: productId,
        ...(included.includes('topics') && { topics }),
        ...(included.includes('reviewsSummary') && { reviewsSummary: null }),
      };
    });
    return { body, policy: 'reviews', tags: [shopTag(appKey), productTag(appKey, productId)] };
  });
}
