/** Pages of version 3: so many, and a text that leads on. */
import { isStorableText } from '@plaudit/contract/schema';
import { z } from 'zod';
import type { NumberedRows } from '../../../domain/products/list-catalogue.ts';
import { isStorableInstant } from '../../storable.ts';
import { RefusedCall } from './refused-call.ts';

const LIMIT_MAX = 100;
const EXTERNAL_IDS_MAX = 100;

const place = z.object({
  after: z.int().nonnegative(),
  /** The first page's condition, which later ones keep. */
  since: z.iso
    .datetime()
    .refine((value) => isStorableInstant(new Date(value)))
    .optional(),
});

/** A part of a list. */
export interface CorePage {
  limit: number;
  after: number;
  since?: Date | undefined;
  externalIds?: string[] | undefined;
}

/**
 * Reads `limit`, `page_info`, `external_ids` and, where a list has it, `order_date_min`.
 * @throws RefusedCall
 */
export function readCorePage(search: URLSearchParams): CorePage {
  const limit = Number(search.get('limit') ?? LIMIT_MAX);
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new RefusedCall(400, ['limit must be a whole number from 1']);
  }
  const { after, since } = readPlace(search);
  const ids = search.get('external_ids')?.split(',').filter(Boolean).slice(0, EXTERNAL_IDS_MAX);
  const externalIds = ids?.filter(isStorableText);
  return { limit: Math.min(limit, LIMIT_MAX), after, since, externalIds };
}

function readPlace(search: URLSearchParams): { after: number; since?: Date | undefined } {
  const [info, since] = [search.get('page_info'), search.get('order_date_min')];
  if (info !== null && since !== null) {
    throw new RefusedCall(400, ['order_date_min is for the first page only']);
  }
  if (info !== null) return openPlace(info);
  if (since === null) return { after: 0 };
  const at = new Date(since);
  if (!/^\d{4}-\d{2}-\d{2}/.test(since) || !isStorableInstant(at)) {
    throw new RefusedCall(400, ['order_date_min must be a date']);
  }
  return { after: 0, since: at };
}

function openPlace(info: string): { after: number; since?: Date | undefined } {
  const { data } = place.safeParse(parse(Buffer.from(info, 'base64url').toString()));
  if (!data) throw new RefusedCall(400, ['page_info must be what an earlier page gave']);
  const { after, since } = data;
  return { after, ...(since !== undefined && { since: new Date(since) }) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What stands beside a page. */
export function toPagination(
  { next }: NumberedRows<unknown>,
  { since }: Pick<CorePage, 'since'>,
): { next_page_info: string | null } {
  if (next === undefined) return { next_page_info: null };
  const text = JSON.stringify({ after: next, since: since?.toISOString() });
  return { next_page_info: Buffer.from(text).toString('base64url') };
}
