import { and, eq, inArray } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { people } from '../../db/oauth-schema.ts';
import { inShop } from '../../db/row-security.ts';
import { recordAct } from '../../domain/audit/record.ts';
import type { Context } from '../../domain/context.ts';
import { emailHashes } from './email.ts';
import { isPasswordOf } from './password.ts';

/** What somebody says of who they are. */
interface Attempt {
  email: string;
  password: string;
  /** Asked once the password was looked at: of many attempts at once, others may have failed by then. */
  check: () => void;
}

/**
 * Checks who somebody is.
 * @returns the person's id; undefined when there is no such person, or the password is wrong
 * @throws what `check` throws
 */
export async function signIn(
  context: Pick<Context, 'db' | 'now'>,
  secrets: readonly string[],
  shopId: number,
  { email, password, check }: Attempt,
): Promise<string | undefined> {
  const { db, now } = context;
  const [person] = await inShop(db, shopId, (tx) =>
    tx
      .select()
      .from(people)
      .where(
        and(eq(people.shopId, shopId), inArray(people.emailHash, emailHashes(secrets, email))),
      ),
  );
  // Outside of a transaction: it takes its time, and as long for an address that nobody has.
  const isRight = await isPasswordOf(person?.passwordHash, password);
  check();
  if (!person) return undefined;
  const verb = isRight ? 'person.sign-in' : 'person.sign-in-failed';
  const actor = `person:${person.publicId}` as const;
  await inShop(db, shopId, (tx) =>
    recordAct(tx, { shopId, verb, subject: person.publicId }, { actor, now }),
  );
  return isRight ? person.publicId : undefined;
}

/** Whether a person may sign in to a shop. */
export async function isPersonOf(db: Database, shopId: number, id: string): Promise<boolean> {
  const found = await inShop(db, shopId, (tx) =>
    tx
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.shopId, shopId), eq(people.publicId, id))),
  );
  return found.length > 0;
}
