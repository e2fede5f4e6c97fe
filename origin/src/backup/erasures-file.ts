/**
 * The list of erasures beside the backups: what is restored from there is told whom it must not bring back,
 * also where the database that they were erased from is lost. One JSON object a line, which names nobody:
 * a person is a hash under a key of their shop.
 */
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import type { Erasure } from '../db/erasures-schema.ts';
import { asSystem } from '../db/row-security.ts';
import { readKnown } from '../db/waiting-erasures.ts';
import { syncFolder } from './backup-folder.ts';
import { BackupError } from './backup-error.ts';

const NAME = 'erasures.jsonl';
/** Any number will do, as long as every origin uses the same one. */
const ERASURES_LOCK = 7_283_643;

const lineShape = z
  .object({
    id: z.string(),
    shop: z.int(),
    /** One of three: the keyed hash of an address, */
    person: z.string().optional(),
    /** the shop itself, which was removed, */
    removed: z.string().optional(),
    /** a review that its writer withdrew, and what its secret is known by. */
    review: z.string().optional(),
    secret: z.string().optional(),
    removesReviews: z.boolean(),
    at: z.iso.datetime(),
  })
  .refine(({ person, removed, review }) => {
    const named = [person, removed, review].filter((one) => one !== undefined);
    return named.length === 1;
  })
  .refine(({ review, secret }) => (review === undefined) === (secret === undefined))
  .transform((line): Erasure => ({
    id: line.id,
    shopId: line.shop,
    emailHash: line.person ?? null,
    shopDigest: line.removed ?? null,
    reviewId: line.review ?? null,
    editDigest: line.secret ?? null,
    removesReviews: line.removesReviews,
    erasedAt: new Date(line.at),
  }));

function toLine(erasure: Erasure): string {
  const line: z.input<typeof lineShape> = {
    id: erasure.id,
    shop: erasure.shopId,
    person: erasure.emailHash ?? undefined,
    removed: erasure.shopDigest ?? undefined,
    review: erasure.reviewId ?? undefined,
    secret: erasure.editDigest ?? undefined,
    removesReviews: erasure.removesReviews,
    at: erasure.erasedAt.toISOString(),
  };
  return `${JSON.stringify(line)}\n`;
}

/**
 * Reads the list of a folder.
 * @returns undefined where there is none
 * @throws BackupError when a line of it cannot be read: it may be a person who must not come back
 */
export async function readErasures(folder: string): Promise<Erasure[] | undefined> {
  const path = join(folder, NAME);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  // What comes after the last end of a line broke off; its erasure was not answered yet.
  return text
    ?.split('\n')
    .slice(0, -1)
    .map((line, index) => {
      try {
        return lineShape.parse(JSON.parse(line));
      } catch {
        throw new BackupError(`Line ${index + 1} of ${path} is damaged: it names somebody erased.`);
      }
    });
}

/**
 * Adds to the list of a folder what the database knows and it does not, and has it on the disk. Of several
 * processes one does so at a time.
 */
export async function copyErasures(db: Database, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await asSystem(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${ERASURES_LOCK}::bigint)`);
    const known = await readKnown(tx);
    const listed = await readErasures(folder);
    const ids = new Set(listed?.map(({ id }) => id));
    const missing = known.filter(({ id }) => !ids.has(id));
    if (listed && missing.length === 0) return;
    await append(join(folder, NAME), missing.map(toLine).join(''));
    await syncFolder(folder);
  });
}

async function append(path: string, lines: string): Promise<void> {
  const file = await open(path, 'a+', 0o600);
  try {
    const text = await file.readFile('utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    // A line that broke off is written again as a whole.
    await file.truncate(Buffer.byteLength(whole));
    await file.appendFile(lines);
    await file.sync();
  } finally {
    await file.close();
  }
}
