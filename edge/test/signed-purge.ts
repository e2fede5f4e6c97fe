import { signPurge } from '@plaudit/contract';
import { PURGE_SECRET, type TestEdge } from './edge.ts';

/** How a purge may be wrong. */
export interface Wrong {
  secret?: string;
  ageSeconds?: number;
  /** Added to the body after it was signed. */
  tamper?: string;
  /** Sent along. */
  fields?: Record<string, string>;
}

/** Sends a purge as the origin does. */
export async function sendPurge(
  edge: TestEdge,
  body: unknown,
  { secret = PURGE_SECRET, ageSeconds = 0, tamper = '', fields = {} }: Wrong = {},
  path = '/purge',
): Promise<Response> {
  const text = JSON.stringify(body);
  const timestamp = String(Math.floor(edge.clock.now() / 1000) - ageSeconds);
  const headers = {
    ...fields,
    'plaudit-timestamp': timestamp,
    'plaudit-signature': await signPurge(secret, timestamp, text),
  };
  return edge.fetch(path, { method: 'POST', body: text + tamper, headers });
}
