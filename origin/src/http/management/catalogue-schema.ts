/** What products and orders in the management API have in common. */
import { z } from 'zod';
import type { NumberedPage, NumberedRows } from '../../domain/products/list-catalogue.ts';
import { limitOf, page, text, whole } from './schema.ts';

/** Of what the database holds: ten digits before the point. */
const AMOUNT_MAX = 1e10 - 1;
const COUNT_MAX = 2_147_483_647;

/** Money, in the currency that stands beside it. */
export const amount = z.number().min(-AMOUNT_MAX).max(AMOUNT_MAX);
export const count = z.int().min(-COUNT_MAX).max(COUNT_MAX);
export const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a code of ISO 4217');
export const gtins = z.array(z.object({ type: text(20), value: text(40) })).max(20);
/** Visitors follow it. */
export const address = text(2_000).regex(/^https?:\/\//, 'must be http or https');

/** A field that may be left out, which changes nothing, or be null, which clears it. */
export const maybe = <T extends z.ZodType>(schema: T) => schema.nullable().exactOptional();

/** The parameters of a list in the order of our numbers. */
export const numberedPage = {
  cursor: whole(z.int().min(1)).describe('What the page before said is next').exactOptional(),
  limit: page.limit,
};

/** What they say. */
export const toNumberedPage = (query: { cursor?: number; limit?: number }): NumberedPage => ({
  limit: limitOf(query),
  after: query.cursor,
});

/** `next` of the answer. */
export const toNext = ({ next }: NumberedRows<unknown>): { next?: string } =>
  next === undefined ? {} : { next: String(next) };

type Told<T> = { [Name in keyof T as null extends T[Name] ? never : Name]: T[Name] } & {
  [Name in keyof T as null extends T[Name] ? Name : never]?: Exclude<T[Name], null>;
};

/** Takes off what was not told. */
export const withoutNulls = <T extends object>(fields: T): Told<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as Told<T>;
