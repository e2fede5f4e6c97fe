/**
 * What leads a reader away from the shop: links, addresses, telephone numbers. What is found waits
 * for a person to look at it, so these would rather find too much. Each runs in linear time.
 */

const LINK = /(?:https?:\/\/|www\.)\S/iu;
/** A name without a scheme: under an ending that words do not have, or with a path. */
const DOMAIN =
  /[\p{L}\p{N}]\.(?:(?:com|net|org|info|biz|shop|store|online|site|xyz|top|club|app|dev|io|ru|cn|de|fr|pl|co\.uk)(?![\p{L}\p{N}-])|\p{L}{2,24}\/\S)/iu;
const EMAIL = /[\p{L}\p{N}_+-]@[\p{L}\p{N}.-]{1,253}\.\p{L}{2}/u;
const NUMBER = /\+?\(?\p{Nd}[\p{Nd} ()./\u2010-\u2015-]{5,24}\p{Nd}/gu;
/** E.164 has at most 15; a date with its time of day has fewer than 9 before the colon. */
const DIGITS = { min: 9, max: 15, minWithPlus: 8 };

/** Full-width letters and what cannot be seen hide nothing. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\p{Cf}/gu, '');

/** Whether a text points to a site. */
export function hasLink(text: string): boolean {
  const read = plain(text);
  return LINK.test(read) || DOMAIN.test(withoutEmails(read));
}

/** Whether a text tells an e-mail address or a telephone number. */
export function hasContact(text: string): boolean {
  const read = plain(text);
  return EMAIL.test(read) || [...read.matchAll(NUMBER)].some(([number]) => isTelephone(number));
}

function isTelephone(number: string): boolean {
  const count = number.match(/\p{Nd}/gu)?.length ?? 0;
  const min = number.startsWith('+') ? DIGITS.minWithPlus : DIGITS.min;
  return count >= min && count <= DIGITS.max;
}

/** The part behind an @ is an address's, not a link of its own. */
const withoutEmails = (text: string): string => text.replace(/@[\p{L}\p{N}.-]{1,253}/gu, ' ');
