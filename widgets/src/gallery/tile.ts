import type { Media, Review } from '@plaudit/sdk';
import { element } from '../element.ts';
import { isSafe } from '../is-safe.ts';
import type { gallery as messages } from '../messages/en/gallery.ts';
import type { Text } from '../text.ts';

/** The texts of this widget. */
export type Words = Text<Extract<keyof typeof messages, string>>;

/** What one review brings to the gallery: a link for each photo and video with an address of the web. */
export const toTiles = (review: Review, text: Words): Element[] =>
  (review.media ?? []).flatMap((media, index) =>
    isSafe(media.url) ? [toTile(media, index + 1, review, text)] : [],
  );

function toTile(
  { kind, url, thumbnailUrl }: Media,
  number: number,
  { author }: Review,
  text: Words,
): Element {
  const label = text(`review.${kind}`, { number, author: author ?? text('review.anonymous') });
  const picture = thumbnailUrl ?? (kind === 'photo' ? url : undefined);
  const content = picture
    ? element('img', { src: picture, alt: label, loading: 'lazy', width: '160', height: '160' })
    : `▶ ${label}`;
  const link = { href: url, target: '_blank', rel: 'ugc nofollow noreferrer' };
  return element('li', { part: kind }, element('a', link, content));
}
