/**
 * Seals what was written before there were keys, some rows at a time; broken off, it goes on the next
 * time. Nobody is shown what it changes.
 */
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { questions } from '../../db/questions-schema.ts';
import { asSystem, inShop } from '../../db/row-security.ts';
import { reviews } from '../../db/schema.ts';
import { webhookEndpoints } from '../../db/webhook-schema.ts';
import type { ShopKeys } from '../../vault/shop-keys.ts';
import type { Context } from '../context.ts';
import { sealAddress, sealSecret } from './sealed.ts';

/** So many at a time that the statement stays short. */
const BATCH_ROWS = 500;

type Needs = Pick<Context, 'db' | 'vault'>;

/** The shops that have such rows. */
export async function listClearShops(db: Database): Promise<number[]> {
  const result = await asSystem(db, (tx) =>
    tx.execute(sql`select id::text from shops where
      exists (select 1 from reviews where shop_id = shops.id and key_version = 0) or
      exists (select 1 from questions where shop_id = shops.id and key_version = 0) or
      exists (select 1 from webhook_endpoints where shop_id = shops.id and key_version = 0)`),
  );
  return (result as { rows: { id: string }[] }).rows.map(({ id }) => Number(id));
}

/** Seals all such rows of a shop. @returns how many */
export async function sealClear(context: Needs, shopId: number): Promise<number> {
  const hasAny = await inShop(context.db, shopId, async (tx) => {
    const [review] = await tx
      .select({ id: reviews.id })
      .from(reviews)
      .where(clearIn(reviews, shopId))
      .limit(1);
    const [question] = await tx
      .select({ id: questions.id })
      .from(questions)
      .where(clearIn(questions, shopId))
      .limit(1);
    const [endpoint] = await tx
      .select({ id: webhookEndpoints.id })
      .from(webhookEndpoints)
      .where(clearIn(webhookEndpoints, shopId))
      .limit(1);
    return review ?? question ?? endpoint;
  });
  if (!hasAny) return 0;
  const keys = await context.vault.keysOf(shopId);
  let sealed = 0;
  for (;;) {
    const batch = await inShop(
      context.db,
      shopId,
      async (tx) =>
        (await sealReviews(tx, shopId, keys)) +
        (await sealQuestions(tx, shopId, keys)) +
        (await sealEndpoints(tx, shopId, keys)),
    );
    if (batch === 0) return sealed;
    sealed += batch;
  }
}

const clearIn = (
  table: typeof reviews | typeof questions | typeof webhookEndpoints,
  shopId: number,
) => and(eq(table.shopId, shopId), eq(table.keyVersion, 0));

async function sealReviews(tx: Database, shopId: number, keys: ShopKeys): Promise<number> {
  const rows = await tx
    .select({
      id: reviews.id,
      publicId: reviews.publicId,
      email: reviews.email,
      source: reviews.source,
      sourceKey: reviews.sourceKey,
      sourceDigest: reviews.sourceDigest,
    })
    .from(reviews)
    .where(clearIn(reviews, shopId))
    .limit(BATCH_ROWS)
    .for('update');
  const sealed = rows.map(({ id, publicId, email, source, sourceKey, sourceDigest }) => ({
    id,
    ...sealAddress(keys, { column: 'reviews.email', row: publicId }, email),
    // Those of imports are digests of whole rows; a visitor's is a random one.
    sourceKey: sourceKey !== null && source !== 'storefront' ? keys.digest(sourceKey) : sourceKey,
    sourceDigest: sourceDigest === null ? null : keys.digest(sourceDigest),
  }));
  await writeSealed(tx, 'reviews', sealed);
  return rows.length;
}

async function sealQuestions(tx: Database, shopId: number, keys: ShopKeys): Promise<number> {
  const rows = await tx
    .select({
      id: questions.id,
      publicId: questions.publicId,
      email: questions.email,
      sourceKey: questions.sourceKey,
      sourceDigest: questions.sourceDigest,
    })
    .from(questions)
    .where(clearIn(questions, shopId))
    .limit(BATCH_ROWS)
    .for('update');
  const sealed = rows.map(({ id, publicId, email, sourceKey, sourceDigest }) => ({
    id,
    ...sealAddress(keys, { column: 'questions.email', row: publicId }, email),
    sourceKey,
    sourceDigest: sourceDigest === null ? null : keys.digest(sourceDigest),
  }));
  await writeSealed(tx, 'questions', sealed);
  return rows.length;
}

async function writeSealed(
  tx: Database,
  table: 'reviews' | 'questions',
  rows: readonly object[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.execute(sql`
    update ${sql.identifier(table)} as clear set email = row.email, email_hash = row."emailHash",
      key_version = row."keyVersion", source_key = row."sourceKey", source_digest = row."sourceDigest"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (id bigint, email text,
      "emailHash" text, "keyVersion" integer, "sourceKey" text, "sourceDigest" text)
    where clear.id = row.id`);
}

async function sealEndpoints(tx: Database, shopId: number, keys: ShopKeys): Promise<number> {
  const rows = await tx
    .select()
    .from(webhookEndpoints)
    .where(clearIn(webhookEndpoints, shopId))
    .for('update');
  for (const { id, publicId, secret, previousSecret } of rows) {
    const change = {
      secret: sealSecret(keys, publicId, secret),
      previousSecret: previousSecret === null ? null : sealSecret(keys, publicId, previousSecret),
      keyVersion: keys.version,
    };
    await tx.update(webhookEndpoints).set(change).where(eq(webhookEndpoints.id, id));
  }
  return rows.length;
}
