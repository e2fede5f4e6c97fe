/** Erases from a restored database whom, and which shops, its backup still held. */
import { erasures, type Erasure } from '../../db/erasures-schema.ts';
import { asSystem } from '../../db/row-security.ts';
import { clearWaiting, readKnown, readWaiting } from '../../db/waiting-erasures.ts';
import type { Context } from '../context.ts';
import { UnknownShopError } from '../errors.ts';
import { listKeys } from '../keys/list.ts';
import { sealClear } from '../keys/seal-clear.ts';
import { withdrawAgain, type Withdrawal } from '../reviews/withdraw.ts';
import { findShopById, type Shop } from '../shops/find.ts';
import { removeShopAgain } from '../shops/remove.ts';
import { eraseNoted, type PersonErasure } from './erase.ts';

/** What was done. */
export interface FinishedRestore {
  /** Erasures that were done again. */
  erased: number;
  /** Those whose person could not be looked for: the backup is of a time without keys to find them by. */
  unmatched: number;
}

/**
 * Does what a restore has left to do: every erasure that the backup does not know of. Whoever opens a
 * database for work calls it first; there is nothing to do but once after a restore. Broken off, it goes on.
 * @throws KeysUnavailableError
 */
export async function finishRestore(context: Context): Promise<FinishedRestore> {
  const { db } = context;
  const done = { erased: 0, unmatched: 0 };
  const waiting = await asSystem(db, readWaiting);
  if (waiting.length === 0) return done;
  const known = new Set((await asSystem(db, readKnown)).map(({ id }) => id));
  for (const erasure of waiting.filter(({ id }) => !known.has(id))) {
    const outcome = await doAgain(context, erasure);
    if (outcome) done[outcome]++;
    // The next backup is to know of it all the same.
    else await keepNote(context, erasure);
  }
  await asSystem(db, clearWaiting);
  context.onOutbox();
  await context.onErasure?.();
  return done;
}

async function findOwner({ db }: Context, { shopId }: Erasure): Promise<Shop | undefined> {
  try {
    return await findShopById(db, shopId);
  } catch (error) {
    if (error instanceof UnknownShopError) return undefined;
    throw error;
  }
}

/** @returns undefined where the backup does not have whom it is of, or the shop */
async function doAgain(
  context: Context,
  erasure: Erasure,
): Promise<keyof FinishedRestore | undefined> {
  if (isOfPerson(erasure)) return eraseAgain(context, erasure);
  const isDone = isOfReview(erasure)
    ? await withdrawAgain(context, erasure)
    : await removeShopAgain(context, erasure);
  return isDone ? 'erased' : undefined;
}

const isOfPerson = (erasure: Erasure): erasure is PersonErasure => erasure.emailHash !== null;
const isOfReview = (erasure: Erasure): erasure is Withdrawal => erasure.reviewId !== null;

/** @returns undefined where the backup does not have the shop */
async function eraseAgain(
  context: Context,
  erasure: PersonErasure,
): Promise<keyof FinishedRestore | undefined> {
  const { db } = context;
  const shop = await findOwner(context, erasure);
  if (!shop) return undefined;
  // Where there is no index key yet, the hash is of one that this database never had.
  const hasIndex = (await listKeys(db, shop.id)).some(({ kind }) => kind === 'index');
  const sealed = await sealClear(context, shop.id);
  await eraseNoted(context, shop, erasure, { isReplay: true });
  return hasIndex || sealed === 0 ? 'erased' : 'unmatched';
}

async function keepNote({ db }: Context, erasure: Erasure): Promise<void> {
  await asSystem(db, async (tx) => tx.insert(erasures).values(erasure).onConflictDoNothing());
}
