/**
 * Signs the lists of digests, so that a shop can tell that what it pins came from whoever built it.
 * Beside each list stands its signature: Ed25519 (RFC 8032), 64 bytes.
 */
import { createPrivateKey, sign } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LIST = /^integrity-[\w-]{8}\.json$/;

/**
 * @param {string} assetsDir where the lists are
 * @param {string} privateKey an Ed25519 key in PEM
 * @returns {string[]} the names of the lists that were signed
 * @throws {Error} when the key is of another kind, or no list is there
 */
export function signDigests(assetsDir, privateKey) {
  const key = createPrivateKey(privateKey);
  if (key.asymmetricKeyType !== 'ed25519') {
    throw new Error(`The key that signs must be Ed25519, not ${key.asymmetricKeyType}.`);
  }
  const lists = readdirSync(assetsDir).filter((name) => LIST.test(name));
  if (lists.length === 0) throw new Error(`There is no list of digests in ${assetsDir}.`);
  for (const name of lists) {
    const signature = sign(null, readFileSync(join(assetsDir, name)), key);
    writeFileSync(join(assetsDir, `${name}.sig`), signature);
  }
  return lists;
}
