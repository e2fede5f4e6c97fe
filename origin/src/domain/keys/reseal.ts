/**
 * Seals anew with a shop's newest key what older ones have sealed, some rows at a time. Broken off, it
 * goes on the next time: each row is sealed by one key or the other, and both open.
 */
import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { dataKeys } from '../../db/keys-schema.ts';
import { asSystem, inShop } from '../../db/row-security.ts';
import type { Place, ShopKeys } from '../../vault/shop-keys.ts';
import type { Context } from '../context.ts';
import { sealClear } from './seal-clear.ts';
import { KEEP_MS } from './vault.ts';

/** So many at a time that the statement stays short. */
const BATCH_ROWS = 500;
/** Until then another process may still seal with the key before. */
const SETTLED_AFTER_MS = 2 * KEEP_MS;

interface SealedColumns {
  table: string;
  /** The first is what a row has where it has any. */
  columns: readonly [string, ...string[]];
}

/** What is sealed and kept for longer than a day. */
type LastingColumn = Exclude<Place['column'], 'request_answers.answer'>;

const SEALED: Record<LastingColumn, SealedColumns> = {
  'reviews.email': { table: 'reviews', columns: ['email'] },
  'questions.email': { table: 'questions', columns: ['email'] },
  'customers.sealed': { table: 'customers', columns: ['sealed'] },
  'import_files.key': { table: 'import_files', columns: ['key'] },
  'webhook_endpoints.secret': {
    table: 'webhook_endpoints',
    columns: ['secret', 'previous_secret'],
  },
};

type Needs = Pick<Context, 'db' | 'vault' | 'now'>;

/** The shops whose newest key has not sealed all yet. */
export async function listRotatingShops(db: Database): Promise<number[]> {
  const rows = await asSystem(db, async (tx) =>
    tx
      .selectDistinct({ shopId: dataKeys.shopId })
      .from(dataKeys)
      .where(and(eq(dataKeys.kind, 'seal'), isNull(dataKeys.rotatedAt))),
  );
  return rows.map(({ shopId }) => shopId);
}

/**
 * Seals all of a shop's rows anew that need it, and notes when nothing of older keys can come any more.
 * @param onBatch told how many rows are done, after each batch
 * @returns how many rows were sealed anew
 * @throws KeysUnavailableError
 */
export async function resealShop(
  context: Needs,
  shopId: number,
  onBatch: (rows: number) => void = () => {},
): Promise<number> {
  const newest = await readNewestKey(context.db, shopId);
  if (!newest) return 0;
  const keys = await context.vault.keysOf(shopId, newest.version);
  let count = await sealClear(context, shopId);
  for (const column of Object.keys(SEALED) as LastingColumn[]) {
    let after = 0;
    for (;;) {
      const batch = await inShop(context.db, shopId, (tx) =>
        resealBatch(tx, { shopId, column, after }, keys),
      );
      const last = batch.at(-1);
      if (last === undefined) break;
      after = last;
      count += batch.length;
      onBatch(count);
    }
  }
  const ageMs = context.now().getTime() - newest.createdAt.getTime();
  if (count === 0 && ageMs > SETTLED_AFTER_MS) await noteRotated(context, shopId, newest.version);
  return count;
}

interface Batch {
  shopId: number;
  column: LastingColumn;
  /** Goes on after the row of this number. */
  after: number;
}

/** @returns the numbers of the rows, in order */
async function resealBatch(
  tx: Database,
  { shopId, column, after }: Batch,
  keys: ShopKeys,
): Promise<number[]> {
  const { table, columns } = SEALED[column];
  const values = columns.map((name) => sql.identifier(name));
  const found = await tx.execute(sql`
    select id::text as id, public_id as row, array[${sql.join(values, sql`, `)}] as values
    from ${sql.identifier(table)} as kept
    where shop_id = ${shopId} and kept.id > ${after} and key_version > 0 and key_version < ${keys.version}
      and ${values[0]} is not null
    order by kept.id limit ${BATCH_ROWS} for update`);
  // Both drivers answer with `rows`; the type they share does not say so.
  const { rows } = found as { rows: { id: string; row: string; values: (string | null)[] }[] };
  if (rows.length === 0) return [];
  const sealed = rows.map(({ id, row, values: old }) => ({
    id,
    values: old.map((value) => {
      const place = { column, row };
      return value === null ? null : keys.seal(place, keys.open(place, value));
    }),
  }));
  const assignments = values.map((name, index) => sql`${name} = row.values[${index + 1}::integer]`);
  await tx.execute(sql`
    update ${sql.identifier(table)} as kept
    set key_version = ${keys.version}, ${sql.join(assignments, sql`, `)}
    from jsonb_to_recordset(${JSON.stringify(sealed)}::jsonb) as row (id bigint, values text[])
    where kept.id = row.id`);
  return rows.map(({ id }) => Number(id));
}

/** Undefined before the shop has any. Call it as the shop. */
export async function readNewestKey(db: Database, shopId: number) {
  return inShop(db, shopId, async (tx) => {
    const [newest] = await tx
      .select()
      .from(dataKeys)
      .where(and(eq(dataKeys.shopId, shopId), eq(dataKeys.kind, 'seal')))
      .orderBy(desc(dataKeys.version))
      .limit(1);
    return newest;
  });
}

async function noteRotated({ db, now }: Needs, shopId: number, version: number): Promise<void> {
  const isNewest = and(
    eq(dataKeys.shopId, shopId),
    eq(dataKeys.kind, 'seal'),
    eq(dataKeys.version, version),
  );
  await inShop(db, shopId, async (tx) =>
    tx.update(dataKeys).set({ rotatedAt: now() }).where(isNewest),
  );
}
