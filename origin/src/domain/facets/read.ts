import type { FacetCount, ReviewFacets } from '@plaudit/contract';
import { and, asc, desc, eq, gt } from 'drizzle-orm';
import { reviewFacets } from '../../db/answers-schema.ts';
import type { Database } from '../../db/database.ts';

/** More of one kind help nobody to choose. */
const SHOWN_MAX = 30;

/** What the published reviews of a list, or of the whole shop, have in common. */
export async function readFacets(
  tx: Database,
  shopId: number,
  listId: number,
): Promise<ReviewFacets | undefined> {
  const rows = await tx
    .select()
    .from(reviewFacets)
    .where(
      and(
        eq(reviewFacets.shopId, shopId),
        eq(reviewFacets.listId, listId),
        gt(reviewFacets.count, 0),
      ),
    )
    .orderBy(desc(reviewFacets.count), asc(reviewFacets.value));
  if (rows.length === 0) return undefined;
  const ofKind = (kind: string) => rows.filter((row) => row.kind === kind).slice(0, SHOWN_MAX);
  const counts = (kind: string): FacetCount[] =>
    ofKind(kind).map(({ value, count }) => ({ value, count }));
  const scales = ofKind('scale').map(({ value, label, count, total }) => ({
    question: value,
    label: label ?? value,
    average: Math.round((total / count) * 1e5) / 1e5,
    count,
  }));
  const facets = {
    locales: counts('locale'),
    countries: counts('country'),
    variants: counts('variant'),
    topics: counts('topic'),
    scales,
  };
  return Object.fromEntries(Object.entries(facets).filter(([, values]) => values.length > 0));
}
