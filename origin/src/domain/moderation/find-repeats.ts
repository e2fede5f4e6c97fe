/** Whether a review says what was said before, or comes from someone who has spoken before. */
import { createHash } from 'node:crypto';
import { and, eq, ne, or, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import type { Hold } from '../../db/hold.ts';
import { reviews } from '../../db/schema.ts';
import type { ShopKeys } from '../../vault/shop-keys.ts';
import { DuplicateReviewError } from '../errors.ts';
import { lockAddress } from '../persons/lock-address.ts';
import { toWords } from './words.ts';

/** Shorter ones ("Works as it should") are written by many who never met. */
const TELLING_MIN_LENGTH = 40;
/** Nobody has written more of one product in earnest. */
const OWN_MAX = 50;

/** A review as far as it can be a repeat. */
export interface Repeatable {
  shopId: number;
  productId: number;
  emailHash: string | null;
  /** From `digestOfText`. */
  textDigest: string;
  title: string | null;
  body: string | null;
}

/** The review itself, which is no repeat of itself: by its row, or by the key that it was sent under. */
export type Itself = { id: number } | { sourceKey: string | null };

/** What a text is recognised by, however it is spelt; keyed, as texts can be guessed. */
export function digestOfText(
  keys: ShopKeys,
  { title, body }: { title?: string | null | undefined; body?: string | null | undefined },
): string {
  const words = toWords(`${title ?? ''} ${body ?? ''}`);
  return keys.digest(createHash('sha256').update(words).digest('base64url'));
}

/**
 * Finds what a review repeats. Two that come at the same time wait for each other here, until the
 * first one's transaction ends.
 * @throws DuplicateReviewError where the same person wrote the same of the same product
 */
export async function findRepeats(
  tx: Database,
  review: Repeatable,
  itself: Itself,
): Promise<Hold[]> {
  await lockFor(tx, review);
  const { shopId, productId, emailHash, textDigest, title, body } = review;
  const isOther = and(eq(reviews.shopId, shopId), isNot(itself));
  const own = await tx
    .select({ textDigest: reviews.textDigest })
    .from(reviews)
    .where(and(isOther, eq(reviews.emailHash, emailHash ?? ''), eq(reviews.productId, productId)))
    .limit(OWN_MAX);
  if (own.some((earlier) => earlier.textDigest === textDigest)) throw new DuplicateReviewError();
  const isTelling = toWords(`${title ?? ''} ${body ?? ''}`).length >= TELLING_MIN_LENGTH;
  const [same] = isTelling
    ? await tx
        .select({ id: reviews.id })
        .from(reviews)
        .where(and(isOther, eq(reviews.textDigest, textDigest)))
        .limit(1)
    : [];
  return [
    ...(own.length > 0 ? [{ rule: 'repeated-person' as const }] : []),
    ...(same ? [{ rule: 'repeated-text' as const }] : []),
  ];
}

function isNot(itself: Itself): SQL | undefined {
  if ('id' in itself) return ne(reviews.id, itself.id);
  const { sourceKey } = itself;
  if (sourceKey === null) return undefined;
  // A retry is answered with what became of the first try.
  return or(
    sql`${reviews.sourceKey} is distinct from ${sourceKey}`,
    ne(reviews.source, 'storefront'),
  );
}

/** The address first, as wherever else it is locked, so that two of them never wait for each other. */
async function lockFor(tx: Database, { shopId, emailHash, textDigest }: Repeatable): Promise<void> {
  if (emailHash !== null) await lockAddress(tx, shopId, emailHash);
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${textDigest}, ${shopId}::bigint))`,
  );
}
