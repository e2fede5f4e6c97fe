import { randomUUID } from 'node:crypto';
import {
  PURGE_PATH,
  PURGE_SIGNATURE_FIELD,
  PURGE_TIMESTAMP_FIELD,
  signPurge,
  type PurgeRequest,
} from '@plaudit/contract';

/** An edge that has not answered by then has not been told. */
const PURGE_LIMIT_MS = 5000;

/** How to reach the edges. */
export interface PurgeTarget {
  edgeUrls: readonly string[];
  secret: string;
  fetch: typeof fetch;
  now: () => Date;
}

/**
 * Tells every edge which tags are out of date.
 * @throws Error when one of them did not confirm; telling the others twice does no harm
 */
export async function sendPurge(target: PurgeTarget, purge: PurgeRequest): Promise<void> {
  const body = JSON.stringify({ ...purge, nonce: randomUUID() } satisfies PurgeRequest);
  const timestamp = String(Math.floor(target.now().getTime() / 1000));
  const signature = await signPurge(target.secret, timestamp, body);
  const outcomes = await Promise.allSettled(
    target.edgeUrls.map(async (edgeUrl) => {
      const answer = await target.fetch(new URL(PURGE_PATH, edgeUrl), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [PURGE_TIMESTAMP_FIELD]: timestamp,
          [PURGE_SIGNATURE_FIELD]: signature,
        },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(PURGE_LIMIT_MS),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`${edgeUrl} answered ${answer.status}`);
    }),
  );
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) throw new Error('A purge was not delivered', { cause: failure.reason });
}
