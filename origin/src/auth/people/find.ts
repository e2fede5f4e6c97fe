import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { people } from '../../db/oauth-schema.ts';
import { InvalidPersonError } from './add.ts';
import { emailHashes } from './email.ts';

/**
 * The id of a person that is known by an address; in a transaction in the shop.
 * @throws InvalidPersonError when there is no such person
 */
export async function findPerson(
  tx: Database,
  secrets: readonly string[],
  shopId: number,
  email: string,
): Promise<string> {
  const [person] = await tx
    .select({ id: people.publicId })
    .from(people)
    .where(and(eq(people.shopId, shopId), inArray(people.emailHash, emailHashes(secrets, email))));
  if (!person) throw new InvalidPersonError('There is no such person in this shop.');
  return person.id;
}
