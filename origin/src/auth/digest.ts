import { createHash } from 'node:crypto';

/** What is kept of a secret of 256 random bits: enough to know it again, useless to whoever reads it. */
export const digestOf = (secret: string): string =>
  createHash('sha256').update(secret).digest('base64url');
