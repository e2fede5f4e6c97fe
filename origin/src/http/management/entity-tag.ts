/** Entity tags (RFC 9110 §8.8.3): which state of a thing somebody has seen. */
import { createHash } from 'node:crypto';
import { ProblemError } from '../problems.ts';

/** The strong tag of what a thing is now, in whatever order the database keeps its fields. */
export const entityTagOf = (value: unknown): string =>
  `"${createHash('sha256').update(JSON.stringify(value, sortFields)).digest('base64url').slice(0, 22)}"`;

function sortFields(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether a field lists the tag, or `*`; weak ones count where only reading depends on it. */
export function lists(field: string | undefined, tag: string, { weakly = false } = {}): boolean {
  const tags = (field ?? '').split(',').map((one) => one.trim());
  const known = weakly ? tags.map((one) => one.replace(/^W\//, '')) : tags;
  return known.includes(tag) || tags.includes('*');
}

/**
 * The check that `If-Match` asks for. It is made by whoever holds the thing, at the moment of changing it.
 * @throws ProblemError 428 at once where the field is missing
 */
export function matchRequired(ifMatch: string | undefined): (current: unknown) => void {
  if (ifMatch === undefined) {
    const detail =
      'Send the ETag of what you have read in If-Match, or * to change whatever is there.';
    throw new ProblemError('precondition-required', { detail });
  }
  return (current) => {
    if (lists(ifMatch, entityTagOf(current))) return;
    const detail = 'It was changed since you read it. Read it again.';
    throw new ProblemError('precondition-failed', { detail });
  };
}
