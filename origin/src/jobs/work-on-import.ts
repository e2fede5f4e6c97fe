/** Imports one file that came in over HTTP, to its end or to where it breaks off. */
import type { Context } from '../domain/context.ts';
import { ImportTakenOverError } from '../domain/imports/errors.ts';
import { failImport, finishImport } from '../domain/imports/finish.ts';
import { createRowErrorKeeper } from '../domain/imports/row-errors.ts';
import type { Import } from '../domain/imports/start.ts';
import { beginAttempt, endAttempts, type WaitingImport } from '../domain/imports/waiting.ts';
import { sealClear } from '../domain/keys/seal-clear.ts';
import { findShopById, type Shop } from '../domain/shops/find.ts';
import { importFile } from '../exchange/import-file.ts';
import type { Inbox } from '../exchange/inbox.ts';
import type { ImportPlan } from '../exchange/plan-import.ts';
import { UnreadableFileError } from '../exchange/read-records.ts';

/** Few enough that visitors of the embedded database, which does one thing at a time, hardly wait. */
const BATCH_ROWS = 200;
/** As often it may break off at one place; a process that dies of a row must not die of it for ever. */
const ATTEMPTS_MAX = 10;

/**
 * Imports the file and removes it.
 * @throws whatever it broke off with; the next call goes on
 */
export async function workOnImport(
  context: Context,
  inbox: Inbox,
  waiting: WaitingImport,
  signal: AbortSignal,
): Promise<void> {
  const { file } = waiting;
  const shop = await findShopById(context.db, file.shopId);
  // Before it counts as an attempt: who keeps the keys may be away for long.
  const keys = await context.vault.keysOf(shop.id, file.keyVersion);
  // A review that is still in clear would not be known again.
  await sealClear(context, shop.id);
  const begun = await beginAttempt(context.db, waiting);
  if (begun && begun.attempts > ATTEMPTS_MAX) {
    const reason = `It broke off ${ATTEMPTS_MAX} times at the same place.`;
    await giveUpImport(context, begun.started, reason);
  } else if (begun) {
    const place = { column: 'import_files.key', row: file.publicId } as const;
    const plan = {
      ...(file.plan as ImportPlan),
      open: () => inbox.open(file.publicId, keys.open(place, file.key)),
    };
    await importToItsEnd(context, shop, plan, { waiting, started: begun.started, signal });
  }
  await inbox.remove(file.publicId);
}

interface Work {
  waiting: WaitingImport;
  started: Import;
  signal: AbortSignal;
}

async function importToItsEnd(
  context: Context,
  shop: Shop,
  plan: ImportPlan,
  { waiting, started, signal }: Work,
): Promise<void> {
  const errors = createRowErrorKeeper(context.db, started);
  let hasAttempts = true;
  try {
    const report = await importFile(context, shop, plan, {
      isDryRun: started.isDryRun,
      inventsMissing: false,
      started,
      batchRowsMax: BATCH_ROWS,
      signal,
      onRowError: errors.add,
      onProgress: async () => {
        await errors.end();
        if (hasAttempts) await endAttempts(context, waiting);
        hasAttempts = false;
      },
    });
    if (started.isDryRun) {
      const { read: rowsDone, failed, imported, known } = report;
      await errors.end();
      await finishImport(context, started, { rowsDone, failed, imported, known });
    }
  } catch (error) {
    if (error instanceof UnreadableFileError) {
      await errors.end();
      await giveUpImport(context, started, `The file cannot be read to its end: ${error.message}`);
    } else if (!(error instanceof ImportTakenOverError)) throw error;
  }
}

/** Notes that it failed, unless it was undone meanwhile. */
export async function giveUpImport(
  context: Context,
  started: Import,
  reason: string,
): Promise<void> {
  try {
    await failImport(context, started, reason);
  } catch (error) {
    if (!(error instanceof ImportTakenOverError)) throw error;
  }
}
