/** What visitors send as JSON is read like this, whatever it is. */

import { json, problem, type Answer } from './answer.ts';
import type { Checked } from './check-fields.ts';
import { checkIdempotencyKey } from './check-submission.ts';

/** What is looked at of a write. */
export interface Write {
  /** The field of that name, as it came. */
  contentType: string | undefined;
  idempotencyKey: string | undefined;
  body: Buffer;
}

/** A review of the longest texts in the widest letters fits, with room to spare. */
const BODY_MAX_BYTES = 64 * 1024;
const MEDIA_TYPES = new Set(['application/json', 'text/plain']);

/** Reads and checks; what cannot be taken is answered instead. */
export function readSubmission<T extends object>(
  { contentType, body }: Write,
  check: (body: unknown) => Checked<T>,
): { submission: T } | { refusal: Answer } {
  if (body.byteLength > BODY_MAX_BYTES) {
    const detail = `A review has at most ${BODY_MAX_BYTES} bytes.`;
    return { refusal: problem('body-too-large', { detail }) };
  }
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase();
  if (mediaType !== undefined && !MEDIA_TYPES.has(mediaType)) {
    return { refusal: problem('unsupported-media-type', { detail: 'Send JSON.' }) };
  }
  const parsed = parseJson(body);
  if (!parsed) {
    return { refusal: problem('invalid-body', { detail: 'The body is not JSON in UTF-8.' }) };
  }
  const checked = check(parsed.value);
  return 'errors' in checked ? { refusal: wrongFields(checked) } : checked;
}

/** The same for what has a key that tells a retry; the header field goes before the body's. */
export function readKeyedSubmission<T extends { idempotencyKey?: string }>(
  write: Write,
  check: (body: unknown) => Checked<T>,
): { submission: T } | { refusal: Answer } {
  const read = readSubmission(write, check);
  const { idempotencyKey } = write;
  if ('refusal' in read || idempotencyKey === undefined) return read;
  const message = checkIdempotencyKey(idempotencyKey);
  return message === undefined
    ? { submission: { ...read.submission, idempotencyKey } }
    : { refusal: wrongFields({ errors: [{ field: 'idempotency-key', message }] }) };
}

const wrongFields = ({ errors }: Extract<Checked<unknown>, { errors: unknown }>): Answer =>
  problem('invalid-body', { detail: 'See `errors`, field by field.', errors });

function parseJson(body: Buffer): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) };
  } catch {
    return undefined;
  }
}

/** 201 when it is already published, 202 when it waits. */
export const answerReceipt = (receipt: { status: 'published' | 'pending' }): Answer =>
  json(receipt.status === 'published' ? 201 : 202, receipt);
