import type { Review } from '@plaudit/contract';

/** More than the media of one review. */
const PLACES = 100;

/** A review's photos, each with a number made of the review's and its place. Videos are left out. */
export const toPhotos = (reviewNumber: number, { media = [] }: Review) =>
  media
    .map(({ kind, url, thumbnailUrl }, place) => ({
      kind,
      id: reviewNumber * PLACES + place,
      small: thumbnailUrl ?? url,
      large: url,
    }))
    .filter(({ kind }) => kind === 'photo');
