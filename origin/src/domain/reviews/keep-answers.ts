import type { ReviewAnswer } from '@plaudit/contract';
import { sql } from 'drizzle-orm';
import { reviewAnswers } from '../../db/answers-schema.ts';
import type { Database } from '../../db/database.ts';
import { jsonRows } from '../../db/json-rows.ts';
import { reviews } from '../../db/schema.ts';
import type { Shop } from '../shops/find.ts';
import { filterableParts } from './check-answers.ts';

/** Makes the answers of a review something to filter by; call it in the transaction that keeps them. */
export async function keepAnswers(
  tx: Database,
  shop: Shop,
  { id, productId, answers }: { id: number; productId: number; answers: ReviewAnswer[] },
): Promise<void> {
  const parts = filterableParts(shop.settings.form, answers);
  if (parts.length === 0) return;
  const rows = parts.map((part) => ({ ...part, reviewId: id, shopId: shop.id, productId }));
  await tx.insert(reviewAnswers).values(rows);
}

/** An imported review with its answers. */
interface Imported {
  publicId: string;
  productId: number;
  answers?: ReviewAnswer[] | undefined;
}

/** The same for imported reviews, which were written a moment before. */
export async function keepImportedAnswers(
  tx: Database,
  shop: Shop,
  imported: readonly Imported[],
): Promise<void> {
  const parts = imported.flatMap(({ publicId, productId, answers = [] }) =>
    filterableParts(shop.settings.form, answers).map((part) => ({ ...part, publicId, productId })),
  );
  if (parts.length === 0) return;
  const written = [...new Set(parts.map(({ publicId }) => publicId))];
  const found = await tx
    .select({ id: reviews.id, publicId: reviews.publicId })
    .from(reviews)
    .where(sql`${reviews.publicId} = any(${sql.param(written)})`);
  const idOf = new Map(found.map(({ id, publicId }) => [publicId, id]));
  const rows = parts.flatMap(({ publicId, ...part }) => {
    const reviewId = idOf.get(publicId);
    return reviewId === undefined ? [] : [{ ...part, reviewId, shopId: shop.id }];
  });
  await tx.insert(reviewAnswers).select(jsonRows(reviewAnswers, rows));
}
