import { eq } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { answers } from '../../db/questions-schema.ts';
import { asSystem } from '../../db/row-security.ts';
import { shops } from '../../db/schema.ts';
import { UnknownSubjectError } from '../errors.ts';

/**
 * Which answer a number means, in whatever shop: no more than its names is looked up as the system.
 * Whether it is published is for the verb to ask that gets them.
 * @throws UnknownSubjectError
 */
export async function findNumberedAnswer(
  db: Database,
  number: number,
): Promise<{ appKey: string; id: string }> {
  const [found] = await asSystem(db, (tx) =>
    tx
      .select({ appKey: shops.appKey, id: answers.publicId })
      .from(answers)
      .innerJoin(shops, eq(shops.id, answers.shopId))
      .where(eq(answers.id, number)),
  );
  if (!found) throw new UnknownSubjectError('answer', `${number}`);
  return found;
}
