/**
 * Sends one photo. By `XMLHttpRequest`, because `fetch` tells nothing of how far an upload is; the price
 * is a preflight, which browsers remember for all photos after the first.
 */

import type { MediaReceipt } from '@plaudit/sdk';
import type { Address } from '../../../open-patient-shop.ts';
import type { Fault } from './limits.ts';

/** A slow connection may take as long as it needs, a silent one may not. Milliseconds. */
const SILENCE_MS = 30_000;
/** What the server says of a file that it will not take, however often it is sent. */
const FAULTS: Readonly<Record<number, Fault>> = {
  400: 'wrongType',
  413: 'tooLarge',
  415: 'wrongType',
};

/** How an upload ended; `failed` may be tried again. */
export type Outcome = MediaReceipt | Fault | 'failed';

/** @param onProgress told how much of the photo has gone, from 0 to 1 */
export function send(
  { edge, appKey }: Address,
  photo: Blob,
  signal: AbortSignal,
  onProgress: (progress: number) => void,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let silence = 0;
    const wait = (): void => {
      clearTimeout(silence);
      silence = window.setTimeout(() => request.abort(), SILENCE_MS);
    };
    request.open('POST', `${edge}/v1/shops/${encodeURIComponent(appKey)}/media`);
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      wait();
      onProgress(loaded / total);
    });
    request.addEventListener('loadend', () => {
      clearTimeout(silence);
      resolve(toOutcome(request));
    });
    signal.addEventListener('abort', () => request.abort());
    wait();
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
