import { inShop, asSystem } from '../../db/row-security.ts';
import { shops } from '../../db/schema.ts';
import type { Context } from '../context.ts';
import type { Act } from './act.ts';
import { recordAct } from './record.ts';

/** Writes down what was done to all shops at once, in the log of each: none sees what others' hold. */
export async function recordEverywhere(
  context: Pick<Context, 'db' | 'actor' | 'now'>,
  act: Pick<Act, 'verb' | 'details'>,
): Promise<void> {
  const { db } = context;
  const all = await asSystem(db, async (tx) => tx.select({ id: shops.id }).from(shops));
  for (const { id: shopId } of all) {
    await inShop(db, shopId, (tx) => recordAct(tx, { shopId, ...act }, context));
  }
}
