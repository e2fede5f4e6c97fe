/** Reads whose parameters Yotpo's clients post: the same parameters, as a query. */

/**
 * What a posted body asks for. A client that posts nothing asks for everything; where body and address
 * name the same thing, the body counts. Lists come in one order, so that equal questions share an answer.
 * @returns undefined where the body is not a JSON object
 */
export function postedSearch(
  body: ArrayBuffer,
  address: URLSearchParams,
): URLSearchParams | undefined {
  const fields = readFields(body);
  if (fields === undefined) return undefined;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'sortings') appendSortings(search, value);
    else for (const text of textsOf(value)) search.append(name, text);
  }
  for (const [name, text] of address) if (!search.has(name)) search.append(name, text);
  return search;
}

/** `[{sort_by: 'date', ascending: false}]`: names of orders, of which the first one's direction counts. */
function appendSortings(search: URLSearchParams, sortings: unknown): void {
  if (!Array.isArray(sortings)) return;
  const named = sortings.filter(isSorting);
  for (const { sort_by: order } of named) search.append('sort', order);
  if (named[0]?.ascending === true) search.append('direction', 'asc');
}

interface Sorting {
  readonly sort_by: string;
  readonly ascending?: unknown;
}

const isSorting = (value: unknown): value is Sorting =>
  isObject(value) && typeof value['sort_by'] === 'string';

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? [...new Set(value.flatMap(textOf))].toSorted() : textOf(value);

const textOf = (value: unknown): string[] =>
  ['string', 'number', 'boolean'].includes(typeof value) ? [String(value)] : [];

function readFields(body: ArrayBuffer): Readonly<Record<string, unknown>> | undefined {
  if (body.byteLength === 0) return {};
  try {
    const fields: unknown = JSON.parse(new TextDecoder().decode(body));
    return isObject(fields) ? fields : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
