import { mediaUploadPath, type MediaReceipt } from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

/**
 * Uploads a photo of at most 10 MB; the receipt's `id` goes into `ReviewSubmission.media`. The shop's
 * `deadlineMs` counts, so open one with a longer deadline for photos from phones.
 */
export function uploadPhoto(
  { appKey, request }: Shop,
  photo: Blob,
  options?: CallOptions,
): Promise<MediaReceipt> {
  // A form needs no preflight either.
  const body = new FormData();
  body.append('file', photo);
  return request(mediaUploadPath(appKey), { ...options, method: 'POST', body });
}
