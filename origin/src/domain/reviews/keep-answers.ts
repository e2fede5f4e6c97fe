import type { ReviewAnswer } from '@plaudit/contract';
import { reviewAnswers } from '../../db/answers-schema.ts';
import type { Database } from '../../db/database.ts';
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
