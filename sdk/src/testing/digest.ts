import { createHash } from 'node:crypto';

/** Eight characters that stand for a text. */
export const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 8);
