const ANONYMOUS = 'Anonymous';

/** A name as Yotpo shows it: the first one, and the initial of the last. */
export function displayName(author: string | undefined): string {
  const words = (author ?? '').split(/\s+/u).filter(Boolean);
  const [first = ANONYMOUS] = words;
  const [initial] = words.slice(1).at(-1) ?? '';
  return initial === undefined ? first : `${first} ${initial}.`;
}
