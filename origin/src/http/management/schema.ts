/** Schemas that several resources use, and the names under which the OpenAPI document shows them. */
import { PRODUCT_ID_MAX_LENGTH, SITE_PRODUCT_ID } from '@plaudit/contract';
import { text } from '@plaudit/contract/schema';
import { z } from 'zod';
import { DECISION_REASONS } from '../../domain/moderation/decision.ts';
import { RESERVED_ID } from '../../domain/products/site.ts';
import { isStorableInstant } from '../storable.ts';

export { text };

/** The schemas of bodies and answers, by the names that they have in the document. */
export const namedSchemas = z.registry<{ id: string }>();

/** Gives a schema its name in the document. */
export function named<T extends z.ZodType>(id: string, schema: T): T {
  namedSchemas.add(schema, { id });
  return schema;
}

const LIMIT_MAX = 100;
const LIMIT_DEFAULT = 25;
/** Of the values in a list; no filter has more that differ. */
const LIST_MAX = 20;

/** A query parameter that is a whole number. */
export const whole = (schema: z.ZodInt) =>
  z.codec(z.string().regex(/^\d{1,9}$/, 'must be a whole number'), schema, {
    decode: Number,
    encode: String,
  });

/** A query parameter that is `true` or `false`. */
export const flag = z.codec(z.enum(['true', 'false']), z.boolean(), {
  decode: (value) => value === 'true',
  encode: (value) => (value ? 'true' : 'false'),
});

/** A query parameter that lists values, with commas between them. */
export const listOf = <Value>(item: z.ZodType<Value, string>) =>
  z.codec(z.string(), z.array(item).max(LIST_MAX), {
    decode: (text) => text.split(','),
    encode: (values) => values.join(','),
  });

/** An instant; any offset will do. */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be an instant such as 2026-03-01T12:00:00Z' })
  .refine((value) => isStorableInstant(new Date(value)), 'must be in the years 1 to 9999');

/** Where a review, a question or an answer stands. */
export const status = z.enum(['pending', 'published', 'rejected', 'archived']);
/** What can be decided on one. */
export const decision = status.exclude(['pending']);

/** Why something is decided on. */
export const reason = z
  .enum(DECISION_REASONS)
  .describe('Is written down in the audit log, with the version of the rules in force')
  .exactOptional();

/** Votes on whether something helped. */
export const helpful = z.object({ up: z.int(), down: z.int() });

/** The shop's own id of a product. */
export const productId = text(PRODUCT_ID_MAX_LENGTH)
  .min(1, 'must not be empty')
  .refine((id) => id !== SITE_PRODUCT_ID, RESERVED_ID);

/** The parameters of every list. */
export const page = {
  cursor: text(500).describe('What the page before said is next').exactOptional(),
  limit: whole(z.int().min(1).max(LIMIT_MAX))
    .describe(`How many at once; ${LIMIT_DEFAULT} when absent`)
    .exactOptional(),
};

/** How many a list shows at once. */
export const limitOf = ({ limit = LIMIT_DEFAULT }: { limit?: number }): number => limit;

/** A page of rows of which one more was read: it tells that there are more. */
export function cutPage<Row>(
  read: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
): { rows: Row[]; next?: string } {
  const rows = read.slice(0, limit);
  const last = rows.at(-1);
  return { rows, ...(read.length > limit && last !== undefined && { next: cursorOf(last) }) };
}

/** `next` of every page that is not the last. */
export const next = z.string().describe('The cursor of the next page').exactOptional();
