/** HMAC-SHA256 over text, as `v1=` and lower-case hexadecimal: how edge and origin know each other. */

const encoder = new TextEncoder();

/** Signs. */
export async function signText(secret: string, text: string): Promise<string> {
  const key = await hmacKey(secret, 'sign');
  const bytes = await crypto.subtle.sign('HMAC', key, encoder.encode(text));
  return `v1=${[...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/**
 * Whether one of the secrets signed this. Two are valid while one is being rotated. The comparison is
 * WebCrypto's own, in constant time.
 */
export async function isTextSigned(
  secrets: readonly string[],
  text: string,
  signature: string,
): Promise<boolean> {
  const hex = /^v1=([0-9a-f]{64})$/.exec(signature)?.[1];
  if (hex === undefined) return false;
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const signed = encoder.encode(text);
  const verdicts = await Promise.all(
    secrets.map(async (secret) =>
      crypto.subtle.verify('HMAC', await hmacKey(secret, 'verify'), bytes, signed),
    ),
  );
  return verdicts.includes(true);
}

/**
 * Whether a moment is near enough to now, so that what was signed then cannot be used for ever.
 * @param timestamp Unix time in whole seconds, as decimal text; anything else is not near
 */
export const isNear = (timestamp: string, nowMs: number, windowSeconds: number): boolean =>
  /^\d{1,12}$/.test(timestamp) && Math.abs(nowMs / 1000 - Number(timestamp)) <= windowSeconds;

function hmacKey(secret: string, usage: 'sign' | 'verify'): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, [usage]);
}
