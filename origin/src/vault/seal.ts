/** Authenticated encryption of single values: AES-256-GCM with a random nonce of 96 bits. */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  randomBytes,
  type CipherKey,
  type KeyObject,
} from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** As many as a random nonce has: what is shorter could be found by trying, were the key known. */
const LOOK_UP_BYTES = 16;

/** @param place what the value belongs to; it opens there and nowhere else */
export function sealBytes(key: CipherKey, place: readonly unknown[], value: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(JSON.stringify(place)));
  return Buffer.concat([nonce, cipher.update(value), cipher.final(), cipher.getAuthTag()]);
}

/** What was sealed is not what it was, or stands where it does not belong. */
class SealError extends Error {
  constructor() {
    super('What was sealed does not open here.');
  }
}

/** @throws SealError when it is not what was sealed with this key at this place */
export function openBytes(key: CipherKey, place: readonly unknown[], sealed: Buffer): Buffer {
  try {
    const nonce = sealed.subarray(0, NONCE_BYTES);
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(JSON.stringify(place)));
    decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
    const opened = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([opened, decipher.final()]);
  } catch {
    throw new SealError();
  }
}

/** A keyed hash, to find or to compare by what must not be readable. */
export const lookUpHash = (key: KeyObject, kind: string, text: string): string =>
  createHmac('sha256', key)
    .update(JSON.stringify([kind, text]))
    .digest()
    .subarray(0, LOOK_UP_BYTES)
    .toString('base64url');
