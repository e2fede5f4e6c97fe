/** A visitor uploads photos, and gets to see them. They stay as they came: nothing is encoded anew. */

import { mediaRenditionPath, type MediaReceipt } from '@plaudit/contract';
import { json, problem, type Answer } from './answer.ts';
import type { Write } from './read-submission.ts';
import type { Received, ReceivedPhoto } from './received.ts';

const PHOTO_MAX_BYTES = 10 * 1024 * 1024;
const FORM_MAX_BYTES = PHOTO_MAX_BYTES + 4096;

/** First bytes, as Latin-1, of the files that the real server takes for photos. */
const SIGNATURES = [
  /^\xFF\xD8\xFF/, // JPEG
  /^\x89PNG\r\n/,
  /^RIFF....WEBP/s,
  /^GIF8/,
  /^....ftyp(avif|heic|heix|mif1)/s,
  /^(II\*\0|MM\0\*)/, // TIFF
];

/**
 * Keeps a photo.
 * @param address where visitors reach the shop: scheme, host and port
 */
export async function acceptPhoto(
  { photos }: Received,
  { appKey, address }: { appKey: string; address: string },
  { contentType, body }: Write,
): Promise<Answer> {
  if (body.byteLength > FORM_MAX_BYTES) {
    return problem('body-too-large', { detail: 'A photo has at most 10 MB.' });
  }
  if (!contentType?.toLowerCase().startsWith('multipart/form-data')) {
    return problem('unsupported-media-type', { detail: 'Send multipart/form-data.' });
  }
  const form = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
  const file = (await form.formData().catch(() => undefined))?.get('file');
  if (!(file instanceof File)) return refuse('The form has no field `file`.', 'must be a photo');
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.byteLength === 0) return refuse('The photo is empty.');
  const start = Buffer.from(bytes.subarray(0, 32)).toString('latin1');
  if (!SIGNATURES.some((signature) => signature.test(start))) {
    return refuse('This is no photo that can be read.');
  }
  const receipt = toReceipt(appKey, address, photos.length + 1);
  photos.push({ type: file.type, bytes, receipt });
  return json(201, receipt);
}

const refuse = (detail: string, message = detail): Answer =>
  problem('invalid-body', { detail, errors: [{ field: 'file', message }] });

/** Ids have the form of the real ones. */
function toReceipt(appKey: string, address: string, number: number): MediaReceipt {
  const id = number.toString(16).padStart(24, '0');
  return {
    id,
    url: address + mediaRenditionPath(appKey, id, 'large'),
    thumbnailUrl: address + mediaRenditionPath(appKey, id, 'small'),
  };
}

/** A photo as it came, whatever the size that is asked for. */
export function answerPhoto(photos: readonly ReceivedPhoto[], id: string): Answer {
  const photo = photos.find(({ receipt }) => receipt.id === id);
  if (!photo) return problem('not-found', { detail: `There is no upload "${id}" in this shop.` });
  return { status: 200, headers: { 'content-type': photo.type }, body: photo.bytes };
}
