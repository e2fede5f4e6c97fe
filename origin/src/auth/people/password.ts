/** Passwords: kept as scrypt hashes, compared in the same time whoever they are of. */
import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** About a tenth of a second and 32 MB: little for one person, a lot for whoever tries them all. */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;
const LENGTH_MIN = 12;
/** More would only cost time. */
const LENGTH_MAX = 200;

/** Whether it may be a password. No rules of composition: they make passwords worse (NIST SP 800-63B). */
export const isPassword = (text: string): boolean =>
  text.length >= LENGTH_MIN && text.length <= LENGTH_MAX;

/** What is kept of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt);
  return `scrypt.${salt.toString('base64url')}.${hash.toString('base64url')}`;
}

/** Whether it is the password of a hash; without a hash it takes as long to say no. */
export async function isPasswordOf(kept: string | undefined, password: string): Promise<boolean> {
  const [, salt = '', hash = ''] = kept?.split('.') ?? [];
  const derived = await derive(password, Buffer.from(salt, 'base64url'));
  const expected = Buffer.from(hash, 'base64url');
  return expected.length === HASH_BYTES && timingSafeEqual(derived, expected);
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // One person may type what another writes with other code points (UAX #15).
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, COST, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}
