/** The review files that are recognised by name, and what is peculiar to each. */
import { isJsonLines } from './read-records.ts';

export const FORMAT_NAMES = ['generic', 'shopify', 'judgeme'] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

/** What an importer has to know about a format beyond its headings. */
export interface Format {
  name: FormatName;
  /** For people. */
  label: string;
  /** Headings, in lower case, that only this format has together. */
  signature: readonly string[];
}

/** The first whose signature is complete is taken; the last has none and fits every table. */
export const FORMATS: readonly Format[] = [
  {
    name: 'judgeme',
    label: 'Judge.me',
    signature: ['body', 'rating', 'review_date', 'reviewer_name', 'reviewer_email', 'picture_urls'],
  },
  {
    name: 'shopify',
    label: 'Shopify Product Reviews',
    signature: ['product_handle', 'state', 'rating', 'author', 'body', 'created_at'],
  },
  { name: 'generic', label: 'table', signature: [] },
];

/** Finds the format by the headings. */
export function detectFormat(headings: readonly string[]): Format {
  const present = new Set(headings.map((heading) => heading.trim().toLowerCase()));
  const found = FORMATS.find(({ signature }) => signature.every((heading) => present.has(heading)));
  return found ?? formatNamed('generic');
}

/** The format of a name that `--format` takes. */
export function formatNamed(name: FormatName): Format {
  const format = FORMATS.find((candidate) => candidate.name === name);
  if (!format) throw new Error(`There is no format ${name}.`);
  return format;
}

/** Whether texts of such a file carry HTML entities: tables exported from web pages do, JSON does not. */
export const hasHtmlEntities = (path: string): boolean => !isJsonLines(path);
