import type { SQL } from 'drizzle-orm';
import type { Database } from './database.ts';

/** The rows that a query gives, as the driver has them. */
export async function rowsOf<T>(tx: Database, query: SQL): Promise<T[]> {
  return ((await tx.execute(query)) as { rows: T[] }).rows;
}
