/** What a shop says of a product in a query: reviews know only its id, search engines want more. */
import type { Parsed } from '@plaudit/contract';

const NAME_MAX_LENGTH = 500;
const URL_MAX_LENGTH = 2000;

/** As properties of a schema.org `Product`. */
export function readFacts(search: URLSearchParams): Parsed<Record<string, string>> {
  const [name, url] = [search.get('name'), search.get('url')];
  if (name !== null && (name.trim() === '' || name.length > NAME_MAX_LENGTH)) {
    const detail = `"name" must have 1 to ${NAME_MAX_LENGTH} characters.`;
    return { ok: false, parameter: 'name', detail };
  }
  if (url !== null && !isWebAddress(url)) {
    return { ok: false, parameter: 'url', detail: '"url" must be an http or https address.' };
  }
  return { ok: true, value: { ...(name && { name }), ...(url && { '@id': url, url }) } };
}

const isWebAddress = (url: string): boolean =>
  url.length <= URL_MAX_LENGTH && /^https?:\/\//i.test(url) && URL.canParse(url);
