/** How reviews are put into the cells of other products' tables. */
import { decodeHTML } from 'entities';
import type { FullReview } from '../domain/reviews/read-all.ts';

/**
 * A text for a table whose readers decode HTML entities: one that only looks as if it had some is
 * written so that it comes out as it is.
 */
export function toEntityText(text: string | null | undefined): string {
  if (!text) return '';
  return decodeHTML(text) === text ? text : text.replaceAll('&', '&amp;');
}

/** `2024-02-29 10:11:12` and a zone; such tables know whole seconds. */
export const toSeconds = (instant: Date, zone: string): string =>
  `${instant.toISOString().slice(0, 19).replace('T', ' ')} ${zone}`;

/**
 * The photos' addresses, with commas between them; what could be taken for one of those is escaped,
 * which says the same (RFC 3986 §2.2).
 */
export const toUrlList = ({ media }: FullReview): string =>
  media
    .filter(({ kind }) => kind === 'photo')
    .map(({ url }) => url.replaceAll(/(?<![,;|])[,;|]+(?=https?:|$)/g, encodeURIComponent))
    .join(',');
