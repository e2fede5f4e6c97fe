/** Photos of reviews for v1's clients: by number, and in albums. */
import { productTag, shopTag } from '@plaudit/contract';
import type { Hono } from 'hono';
import type { Context } from '../../domain/context.ts';
import { UnknownReviewError } from '../../domain/errors.ts';
import { SITE_NAME } from '../../domain/products/site.ts';
import { readNumberedReviews } from '../../domain/reviews/list-numbered.ts';
import type { NumberedReview } from '../../domain/reviews/numbered.ts';
import { enterShop } from '../../domain/shops/find.ts';
import { addRead, type Answer } from './add-read.ts';
import { envelope } from './envelope.ts';
import { readPage } from './parameters.ts';
import { readPhotos, reviewNumberOf, toPhotos, type Photo } from './photos.ts';
import { subjectTags } from './subject.ts';

const IMAGES = '/v1/widget/:appKey/images';
const ALBUMS = '/v1/widget/:appKey/albums';
const ALBUM_PAGE = { name: 'per_page', usual: 10, most: 100 };
/** Photos that one question may name; further ones are left out. */
const NAMED_MAX = 100;

/** Adds the reads of photos. */
export function addImageReads(app: Hono, { db }: Context): void {
  /** Those of the named photos that the shop shows, in the order in which they are named. */
  async function find(appKey: string, ids: readonly number[]) {
    const numbers = [...new Set(ids.map(reviewNumberOf))].filter(Number.isSafeInteger);
    const reviews = await enterShop(db, appKey, (tx, { id }) =>
      readNumberedReviews(tx, id, numbers),
    );
    const known = new Map(reviews.flatMap(photosOf));
    return { reviews, images: ids.flatMap((id) => known.get(id) ?? []) };
  }

  for (const pattern of [`${IMAGES}/show/:imageId{[0-9]+}`, `${IMAGES}/:imageId{[0-9]+}`]) {
    addRead(app, pattern, async ({ part }) => {
      const [appKey, imageId] = [part('appKey'), Number(part('imageId'))];
      const { reviews, images } = await find(appKey, [imageId]);
      if (!images[0]) throw new UnknownReviewError(part('imageId'));
      const body = envelope({ image: toImage(images[0]) });
      return { body, policy: 'reviews', tags: tagsOf(appKey, reviews) };
    });
  }

  // Clients post it; edges ask for the same by GET.
  addRead(app, `${IMAGES}/list`, async ({ part, search }) => {
    const appKey = part('appKey');
    const ids = search.getAll('ids').slice(0, NAMED_MAX).map(Number);
    const { reviews, images } = await find(appKey, ids);
    const body = envelope({ images: images.map(toImage) });
    return { body, policy: 'reviews', tags: tagsOf(appKey, reviews) };
  });

  async function album(
    appKey: string,
    productId: string,
    search: URLSearchParams,
  ): Promise<Answer> {
    const { page, size, offset } = readPage(search, ALBUM_PAGE);
    const photos = await enterShop(db, appKey, (tx, shop) => readPhotos(tx, shop, productId));
    const response = {
      images: photos.slice(offset, offset + size).map(toImage),
      pagination: { page, per_page: size, total: photos.length },
    };
    return { body: envelope(response), policy: 'reviews', tags: subjectTags(appKey, productId) };
  }

  // A guess: what is in an album looks as it does by its number. A product's is all of its photos.
  addRead(app, `${ALBUMS}/product/:productId`, ({ part, search }) =>
    album(part('appKey'), part('productId'), search),
  );
  // A guess: there are no albums with names here, so every one of them is the shop's photos.
  addRead(app, `${ALBUMS}/by_name`, ({ part, search }) => album(part('appKey'), SITE_NAME, search));
}

const photosOf = ({ number, review }: NumberedReview) =>
  toPhotos(number, review).map((photo) => [photo.id, photo] as const);

const tagsOf = (appKey: string, reviews: readonly NumberedReview[]): string[] => [
  shopTag(appKey),
  ...new Set(reviews.map(({ product }) => productTag(appKey, product.id))),
];

const TYPES: Record<string, string> = { png: 'image/png', webp: 'image/webp', gif: 'image/gif' };

/** How large a photo is, nobody told us. */
const toImage = ({ id, reviewNumber, small, large }: Photo) => ({
  id,
  image_url: small,
  big_image_url: large,
  image_content_type: TYPES[/\.(\w+)(?:\?|$)/.exec(large)?.[1] ?? ''] ?? 'image/jpeg',
  image_width: null,
  image_height: null,
  imageable_type: 'Review',
  imageable_id: reviewNumber,
});
