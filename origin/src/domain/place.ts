/** How a cursor remembers a place in a list: opaque to callers, bound to the list it came from. */
import { createHash } from 'node:crypto';
import { InvalidCursorError } from './errors.ts';

/** The sort key of the last row that was shown. */
export interface Place {
  /** What stands before the instant; 0 in lists that have nothing there. */
  first: number;
  createdAt: Date;
  id: number;
}

/** Writes a place in the list of that name. */
export function writePlace(list: string, { first, createdAt, id }: Place): string {
  const place = JSON.stringify([digestOf(list), first, createdAt.getTime(), id]);
  return Buffer.from(place).toString('base64url');
}

/** Catches mistakes, not attacks: what a list shows is decided by its conditions, never by a cursor. */
const digestOf = (list: string): string =>
  createHash('sha256').update(list).digest('base64url').slice(0, 8);

/** Instants outside these years cannot be written the way the database reads them. */
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z');
const LATEST_MS = Date.parse('9999-12-31T23:59:59Z');

/**
 * Reads a place.
 * @throws InvalidCursorError when it is none of this list
 */
export function readPlace(list: string, cursor: string): Place {
  const [digest, ...numbers] = parsePlace(cursor);
  const [first, createdAtMs, id] = numbers.map(Number);
  const isWhole = numbers.length === 3 && numbers.every((part) => Number.isSafeInteger(part));
  if (!isWhole || first === undefined || createdAtMs === undefined || id === undefined) {
    throw new InvalidCursorError();
  }
  const isInRange =
    Math.abs(first) < 2 ** 31 && createdAtMs >= EARLIEST_MS && createdAtMs <= LATEST_MS;
  if (digest !== digestOf(list) || !isInRange) throw new InvalidCursorError();
  return { first, createdAt: new Date(createdAtMs), id };
}

function parsePlace(cursor: string): unknown[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(place) ? place : [];
  } catch {
    return [];
  }
}
