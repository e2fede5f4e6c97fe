/** What JSON and its dates can say, and the database cannot hold. */
import { isStorableText } from '@plaudit/contract/schema';

/** The years that both an ISO text of four digits and the database know. */
const YEAR_MIN = 1;
const YEAR_MAX = 9999;

/** Whether an instant is one, in years 1 to 9999 of UTC: `new Date()` reads others as well. */
export function isStorableInstant(at: Date): boolean {
  const year = at.getUTCFullYear();
  return year >= YEAR_MIN && year <= YEAR_MAX;
}

/** Whether all texts of a JSON value are, names too. For what was read by `parseJson`, which is not too deep. */
export function isStorableJson(value: unknown): boolean {
  if (typeof value === 'string') return isStorableText(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([name, inner]) => isStorableText(name) && isStorableJson(inner),
  );
}
