/** What the secrets of this installation are used for: one key a purpose, none of them kept. */
import { createPrivateKey, hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const KEY_BYTES = 32;
/** RFC 8410 §7: what stands before the 32 bytes of an Ed25519 key in PKCS #8. */
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

const derive = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `plaudit ${purpose}`, KEY_BYTES));

/** Keys that sign cookies. The first signs; all verify, so that a rotation signs nobody out. */
export const cookieKeys = (secrets: readonly string[]): string[] =>
  secrets.map((secret) => derive(secret, 'cookies').toString('base64url'));

/** Keys of the hashes that addresses are known by; the first is for new ones. */
export const addressKeys = (secrets: readonly string[]): Buffer[] =>
  secrets.map((secret) => derive(secret, 'addresses'));

/** The key that proves that a form is one of ours. */
export const formKey = ([secret = '']: readonly string[]): Buffer => derive(secret, 'forms');

/** Keys that sign ID tokens, as JSON Web Keys; likewise. */
export const signingKeys = (secrets: readonly string[]) =>
  secrets.map((secret) => {
    const der = Buffer.concat([ED25519_PREFIX, derive(secret, 'id tokens')]);
    const jwk = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({
      format: 'jwk',
    });
    return { ...jwk, kty: 'OKP', alg: 'EdDSA', use: 'sig' } as const;
  });

/** The secrets that were given, or the one that is kept. */
export const secretsOf = ({ appSecrets, dataDir }: { appSecrets: string[]; dataDir: string }) =>
  appSecrets.length > 0 ? appSecrets : [keepSecret(dataDir)];

/**
 * The secret of an installation that was given none: made once, and kept beside its data, where nobody
 * else may read it.
 */
export function keepSecret(dataDir: string): string {
  const file = join(dataDir, 'app-secret');
  mkdirSync(dataDir, { recursive: true });
  try {
    // Fails where it is there already, so of two processes that start together one makes it.
    const made = `${randomBytes(KEY_BYTES).toString('base64url')}\n`;
    writeFileSync(file, made, { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}
