import { createHmac, timingSafeEqual } from 'node:crypto';
import { formKey } from './keys.ts';

/** What a form of one sign-in carries, which no page of another origin can know. */
export const formProof = (secrets: readonly string[], uid: string): string =>
  createHmac('sha256', formKey(secrets)).update(uid).digest('base64url');

/** Whether a form is one of ours. */
export function isFormProof(secrets: readonly string[], uid: string, given: string): boolean {
  const [a, b] = [Buffer.from(formProof(secrets, uid)), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
