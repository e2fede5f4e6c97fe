/**
 * The purge call: how the origin tells an edge which answers are out of date.
 * Signed with HMAC-SHA256 over time and body, so that it cannot be forged, altered or replayed later.
 */

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

const encoder = new TextEncoder();

/** Signs a purge body. */
export async function signPurge(secret: string, timestamp: string, body: string): Promise<string> {
  const key = await hmacKey(secret, 'sign');
  const bytes = await crypto.subtle.sign('HMAC', key, encoder.encode(`${timestamp}.${body}`));
  return `v1=${[...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Whether one of the secrets signed this purge within the window. Two secrets are valid while one is
 * being rotated. The comparison is WebCrypto's own, in constant time.
 */
export async function isPurgeSigned(
  secrets: readonly string[],
  purge: { timestamp: string; signature: string; body: string },
  nowMs: number,
): Promise<boolean> {
  const ageSeconds = Math.abs(nowMs / 1000 - Number(purge.timestamp));
  if (!/^\d{1,12}$/.test(purge.timestamp) || ageSeconds > PURGE_WINDOW_SECONDS) return false;
  const hex = /^v1=([0-9a-f]{64})$/.exec(purge.signature)?.[1];
  if (hex === undefined) return false;
  const signature = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const signed = encoder.encode(`${purge.timestamp}.${purge.body}`);
  const verdicts = await Promise.all(
    secrets.map(async (secret) =>
      crypto.subtle.verify('HMAC', await hmacKey(secret, 'verify'), signature, signed),
    ),
  );
  return verdicts.includes(true);
}

function hmacKey(secret: string, usage: 'sign' | 'verify'): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, [usage]);
}
