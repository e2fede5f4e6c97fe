/** A rating shard as an object, parsed once per stored answer however often it is read. */
import type { ProductRating, Ratings } from '@plaudit/contract';

export type Shard = Readonly<Record<string, ProductRating>>;

const parsed = new WeakMap<ArrayBuffer, Shard>();

/** @throws {SyntaxError} where the bytes are not a ratings answer. */
export function toShard(body: ArrayBuffer): Shard {
  const known = parsed.get(body);
  if (known) return known;
  const { ratings } = JSON.parse(new TextDecoder().decode(body)) as Partial<Ratings>;
  if (typeof ratings !== 'object') throw new SyntaxError('not a ratings answer');
  parsed.set(body, ratings);
  return ratings;
}
