import { z } from 'zod';
import type { AuditRow } from './copied.ts';

/** An act in a copy of the log: all that its hash was made of, so that the copy alone can be verified. */
const lineShape = z.object({
  shop: z.int(),
  sequence: z.int().min(1),
  at: z.iso.datetime(),
  actor: z.string(),
  verb: z.string(),
  subject: z.string().nullable(),
  /** The very text that the hash was made of. */
  details: z.string(),
  hash: z.string(),
});

/** Writes an act as JSON, in one line. */
export const toCopyLine = (row: AuditRow): string =>
  JSON.stringify({
    shop: row.shopId,
    sequence: row.sequence,
    at: row.at.toISOString(),
    actor: row.actor,
    verb: row.verb,
    subject: row.subject,
    details: row.details,
    hash: row.hash,
  } satisfies z.infer<typeof lineShape>);

/**
 * Reads a line.
 * @returns undefined when it is none
 */
export function parseCopyLine(line: string): AuditRow | undefined {
  try {
    const { shop, at, ...act } = lineShape.parse(JSON.parse(line));
    return { ...act, shopId: shop, at: new Date(at) };
  } catch {
    return undefined;
  }
}
