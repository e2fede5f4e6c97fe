/** What the text of a review must hold to be found, whatever its status. */
import { inArray, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { reviews } from '../../db/schema.ts';

/** A text that more reviews of a shop hold than this is met often enough along any list. */
const RARE_MAX = 2000;

/**
 * The condition that a review holds these words. Of a whole shop, too many to look at each of them, rare
 * words are looked up in their index.
 */
export async function matches(
  tx: Database,
  q: string,
  { isWholeShop }: { isWholeShop: boolean },
): Promise<SQL> {
  const query = toTextQuery(q);
  const isMatch = sql`${reviews.search} @@ ${query}`;
  if (!isWholeShop) return isMatch;
  const found = await tx
    .select({ id: sql`id`.mapWith(Number) })
    .from(sql`plaudit_find_any_reviews(${query}, ${RARE_MAX + 1}) as id`);
  if (found.length > RARE_MAX) return isMatch;
  return inArray(
    reviews.id,
    found.map(({ id }) => id),
  );
}

/** The last word may be the beginning of one, unless it stands in quotes: `kett` finds "kettle". */
export function toTextQuery(q: string): SQL {
  const exact = sql`websearch_to_tsquery('simple', ${q})`;
  if (q.endsWith('"')) return exact;
  // As text each word stands in apostrophes; a mark after the last one makes it a prefix.
  return sql`regexp_replace(${exact}::text, '''$', ''':*')::tsquery`;
}
