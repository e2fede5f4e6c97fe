/** What whoever wrote a review proves it with: to change it while it waits, to withdraw it at any time. */
import { createHash, randomBytes } from 'node:crypto';

/** A new secret of 192 random bits; only its digest is kept. */
export function createEditSecret(): { secret: string; digest: string } {
  const secret = randomBytes(24).toString('base64url');
  return { secret, digest: digestOfSecret(secret) };
}

/** The digest that a secret is found by. It is random, so a plain one can be found out by nobody. */
export const digestOfSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');
