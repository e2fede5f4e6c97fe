/**
 * How an edge tells the origin where a client is, and how the origin knows that an edge says so: anybody
 * who reaches the origin itself can write such a field.
 */
import { isNear, isTextSigned, signText } from './hmac.ts';

/** The address. An edge always sets or removes it itself, so a client cannot choose it. */
export const CLIENT_ADDRESS_FIELD = 'plaudit-client-address';
/** `t=`, Unix time in whole seconds, and a signature for each secret of the edge: `t=1732800000,v1=…`. */
export const CLIENT_ADDRESS_PROOF_FIELD = 'plaudit-client-address-proof';
/** A proof older or newer than this proves nothing. */
const WINDOW_SECONDS = 300;

/**
 * Proves an address to the origin.
 * @param secrets those of purges: two while one is being rotated, because the origin knows one of them
 */
export async function proveClientAddress(
  secrets: readonly string[],
  address: string,
  nowMs: number,
): Promise<string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const text = textOf(timestamp, address);
  const signatures = await Promise.all(secrets.map((secret) => signText(secret, text)));
  return [`t=${timestamp}`, ...signatures].join(',');
}

/** Whether an edge that holds the secret said this address, just now. */
export async function isClientAddressProven(
  secret: string,
  { address, proof }: { address: string; proof: string },
  nowMs: number,
): Promise<boolean> {
  const [, timestamp, first = '', second] = PROOF.exec(proof) ?? [];
  if (timestamp === undefined || !isNear(timestamp, nowMs, WINDOW_SECONDS)) return false;
  const text = textOf(timestamp, address);
  if (await isTextSigned([secret], text, first)) return true;
  return second !== undefined && isTextSigned([secret], text, second);
}

const PROOF = /^t=(\d{1,12}),(v1=[0-9a-f]{64})(?:,(v1=[0-9a-f]{64}))?$/;

/** What is signed. The signed text of a purge begins with a digit, so neither passes for the other. */
const textOf = (timestamp: string, address: string): string =>
  `client-address.${timestamp}.${address}`;
