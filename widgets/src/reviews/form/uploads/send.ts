/**
 * Sends one photo. By `XMLHttpRequest`, because `fetch` tells nothing of how far an upload is. Who listens
 * to that pays with a preflight, so it is done only for what takes long.
 */

import type { MediaReceipt } from '@plaudit/sdk';
import type { Address } from '../../../open-patient-shop.ts';
import type { Fault } from './limits.ts';

/** Up to this size a photo is sent without a preflight; nearly all are, once they are made smaller. */
const QUIET_BYTES = 1_000_000;
/** What such a photo may take: as much as it needs at 70 kbit/s. Milliseconds. */
const QUIET_MS = 120_000;
/** A larger one may take as long as it needs, but not be silent for so long. Milliseconds. */
const SILENCE_MS = 30_000;
/** What the server says of a file that it will not take, however often it is sent. */
const FAULTS: Readonly<Record<number, Fault>> = {
  400: 'wrongType',
  413: 'tooLarge',
  415: 'wrongType',
};

/** How an upload ended; `failed` may be tried again. */
export type Outcome = MediaReceipt | Fault | 'failed';

/** @param onProgress told how much of a large photo has gone, from 0 to 1 */
export function send(
  { edge, appKey }: Address,
  photo: Blob,
  signal: AbortSignal,
  onProgress: (progress: number) => void,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let limit = 0;
    const wait = (milliseconds: number): void => {
      clearTimeout(limit);
      limit = window.setTimeout(() => request.abort(), milliseconds);
    };
    request.open('POST', `${edge}/v1/shops/${encodeURIComponent(appKey)}/media`);
    if (photo.size > QUIET_BYTES) {
      request.upload.addEventListener('progress', ({ loaded, total }) => {
        wait(SILENCE_MS);
        onProgress(loaded / total);
      });
      wait(SILENCE_MS);
    } else {
      wait(QUIET_MS);
    }
    request.addEventListener('loadend', () => {
      clearTimeout(limit);
      resolve(toOutcome(request));
    });
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    form.append('file', photo);
    request.send(form);
  });
}

function toOutcome({ status, responseText }: XMLHttpRequest): Outcome {
  if (status !== 201) return FAULTS[status] ?? 'failed';
  try {
    return JSON.parse(responseText) as MediaReceipt;
  } catch {
    // It was cut off.
    return 'failed';
  }
}
