/**
 * The purge call: how the origin tells an edge which answers are out of date.
 * Signed with HMAC-SHA256 over time and body, so that it cannot be forged, altered or replayed later.
 */
import { isNear, isTextSigned, signText } from './hmac.ts';

/** Unix time in whole seconds, as decimal text. */
export const PURGE_TIMESTAMP_FIELD = 'plaudit-timestamp';
/** `v1=` and the signature in lower-case hexadecimal. */
export const PURGE_SIGNATURE_FIELD = 'plaudit-signature';
/** A purge older or newer than this is refused. */
export const PURGE_WINDOW_SECONDS = 300;
/** Most tags one call may name. */
export const PURGE_TAGS_MAX = 1000;

/** Body of a purge, as JSON. */
export interface PurgeRequest {
  tags: string[];
  /**
   * `soft`: old copies stay as the fallback, served while one request fetches the new answer.
   * `hard`: old copies go at once (removal for legal or privacy reasons).
   */
  mode: 'soft' | 'hard';
  /**
   * Random, new with every call: two purges that say the same within one second would otherwise carry
   * one signature, and the second would be refused as a replay.
   */
  nonce?: string;
}

/** Signs a purge body. */
export const signPurge = (secret: string, timestamp: string, body: string): Promise<string> =>
  signText(secret, `${timestamp}.${body}`);

/** Whether one of the secrets signed this purge within the window. */
export async function isPurgeSigned(
  secrets: readonly string[],
  purge: { timestamp: string; signature: string; body: string },
  nowMs: number,
): Promise<boolean> {
  const { timestamp, signature, body } = purge;
  if (!isNear(timestamp, nowMs, PURGE_WINDOW_SECONDS)) return false;
  return isTextSigned(secrets, `${timestamp}.${body}`, signature);
}
