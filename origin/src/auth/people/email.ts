import { createHmac } from 'node:crypto';
import { addressKeys } from '../keys.ts';

const EMAIL_PATTERN = /^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$/;
const EMAIL_MAX_LENGTH = 254;

/** Whether it looks like an address. */
export const isEmail = (text: string): boolean =>
  text.length <= EMAIL_MAX_LENGTH && EMAIL_PATTERN.test(text);

/** What an address is known by, under each of our secrets; new ones under the first. */
export const emailHashes = (secrets: readonly string[], email: string): string[] =>
  addressKeys(secrets).map((key) =>
    createHmac('sha256', key)
      .update(email.trim().normalize('NFKC').toLowerCase())
      .digest('base64url'),
  );
