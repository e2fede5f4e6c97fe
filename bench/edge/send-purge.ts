/** Signed purges, as the origin's dispatcher sends them. */
import {
  PURGE_PATH,
  PURGE_SIGNATURE_FIELD,
  PURGE_TIMESTAMP_FIELD,
  signPurge,
  type PurgeRequest,
} from '../../contract/src/index.ts';
import { PURGE_SECRET } from '../servers/edge.ts';

/** @throws {Error} where the edge refuses it */
export async function sendPurge(
  edgeUrl: string,
  tags: string[],
  mode: PurgeRequest['mode'],
): Promise<void> {
  const body = JSON.stringify({ tags, mode, nonce: crypto.randomUUID() } satisfies PurgeRequest);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const response = await fetch(`${edgeUrl}${PURGE_PATH}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [PURGE_TIMESTAMP_FIELD]: timestamp,
      [PURGE_SIGNATURE_FIELD]: await signPurge(PURGE_SECRET, timestamp, body),
    },
    body,
  });
  if (!response.ok) throw new Error(`the purge was refused: ${response.status}`);
}
