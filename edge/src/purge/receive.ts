/** Checks a purge call: signed, recent, never seen before, well-formed. */
import {
  isPurgeSigned,
  PURGE_SIGNATURE_FIELD,
  PURGE_TAGS_MAX,
  PURGE_TIMESTAMP_FIELD,
  PURGE_WINDOW_SECONDS,
  type ProblemName,
  type PurgeRequest,
} from '@plaudit/contract';
import { readWhole } from '../cache/body.ts';

/** A thousand of the longest tags fit. */
const BODY_MAX_BYTES = 1024 * 1024;
const CHUNK_WAIT_MS = 5_000;

export type Received = { ok: true; purge: PurgeRequest } | { ok: false; problem: ProblemName };

/** Remembers signatures for as long as they would be believed. One per isolate. */
export class SeenSignatures {
  readonly #forgetAt = new Map<string, number>();

  /** Whether this is the first time. Entries leave in the order in which they came. */
  isFirst(signature: string, nowMs: number): boolean {
    for (const [old, forgetAt] of this.#forgetAt) {
      if (forgetAt > nowMs) break;
      this.#forgetAt.delete(old);
    }
    if (this.#forgetAt.has(signature)) return false;
    this.#forgetAt.set(signature, nowMs + 2 * PURGE_WINDOW_SECONDS * 1000);
    return true;
  }
}

export async function receivePurge(
  request: Request,
  secrets: readonly string[],
  seen: SeenSignatures,
  nowMs: number,
): Promise<Received> {
  const body = await readText(request);
  if (body === undefined) return { ok: false, problem: 'body-too-large' };
  const timestamp = request.headers.get(PURGE_TIMESTAMP_FIELD) ?? '';
  const signature = request.headers.get(PURGE_SIGNATURE_FIELD) ?? '';
  const isSigned = await isPurgeSigned(secrets, { timestamp, signature, body }, nowMs);
  if (!isSigned || !seen.isFirst(signature, nowMs)) return { ok: false, problem: 'unauthorized' };
  const purge = toPurge(body);
  return purge ? { ok: true, purge } : { ok: false, problem: 'invalid-body' };
}

async function readText(request: Request): Promise<string | undefined> {
  const body = await readWhole(request.body, BODY_MAX_BYTES, CHUNK_WAIT_MS);
  return 'whole' in body ? new TextDecoder().decode(body.whole) : undefined;
}

function toPurge(body: string): PurgeRequest | undefined {
  let purge: Partial<PurgeRequest> | null;
  try {
    purge = JSON.parse(body) as Partial<PurgeRequest> | null;
  } catch {
    return undefined;
  }
  const { tags, mode } = purge ?? {};
  if (mode !== 'soft' && mode !== 'hard') return undefined;
  if (!Array.isArray(tags) || tags.length > PURGE_TAGS_MAX) return undefined;
  return tags.every((tag) => typeof tag === 'string') ? { tags, mode } : undefined;
}
