/**
 * One function per cache tag. Tags travel in `Cache-Tag`, a comma-separated list that caches compare
 * without regard to case and drop silently when a tag is not printable ASCII, so what comes from data
 * is written in lower-case ASCII without loss.
 */

import { fnv1a } from './hash.ts';

const TAG_PART_MAX_LENGTH = 400;

/** Everything of a shop. */
export const shopTag = (appKey: string): string => `shop:${tagPart(appKey)}`;

/** Every answer made of one product's reviews. */
export const productTag = (appKey: string, productId: string): string =>
  `product:${tagPart(appKey)}:${tagPart(productId)}`;

/** Every answer made of one product's questions. */
export const questionsTag = (appKey: string, productId: string): string =>
  `questions:${tagPart(appKey)}:${tagPart(productId)}`;

/** Lists over the whole shop. */
export const reviewsTag = (appKey: string): string => `reviews:${tagPart(appKey)}`;

/** One shard of a shop's ratings. */
export const ratingsTag = (appKey: string, shard: number): string =>
  `ratings:${tagPart(appKey)}:${shard}`;

/** One photo, in all sizes. */
export const mediaTag = (appKey: string, mediaId: string): string =>
  `media:${tagPart(appKey)}:${tagPart(mediaId)}`;

/** The settings and the loader they are baked into. */
export const settingsTag = (appKey: string): string => `settings:${tagPart(appKey)}`;

/** Lower-case letters, digits, `-` and `_` stand for themselves, every other UTF-16 unit becomes `.hex.`. */
function tagPart(text: string): string {
  const part = text.replace(/[^a-z0-9_-]/g, (unit) => `.${unit.charCodeAt(0).toString(16)}.`);
  return part.length <= TAG_PART_MAX_LENGTH
    ? part
    : `${part.slice(0, TAG_PART_MAX_LENGTH)}..${fnv1a(text)}.${text.length}`;
}
