import { dirname } from 'node:path';
import { BackupError } from '../backup/backup-error.ts';
import { readBackupKey } from '../backup/backup-key.ts';
import { readErasures } from '../backup/erasures-file.ts';
import { STATEMENT_LIMIT_MS } from '../backup/write-apart.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { readConfig } from '../config.ts';
import type { Erasure } from '../db/erasures-schema.ts';
import { recordEverywhere } from '../domain/audit/record-everywhere.ts';
import { purgeAllShops } from '../domain/shops/purge-all.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';
import { countRows } from './count-rows.ts';

export const restore: Command = {
  help: `Usage: plaudit restore FILE [--force] [--without-erasures]

Brings a backup back into an empty database: the embedded one of DATA_DIR, or that of DATABASE_URL. It
does not matter which of the two the backup is of. What came back is compared with what was backed up;
if anything differs, or the command is stopped, the database stays empty. A backup of an older version
is brought up to date. All caches are told to forget what they hold when the origin next serves.

Who was erased after the backup was made is erased again, before anything is answered: erasures.jsonl
beside the backup says who that is, and names nobody; one in BACKUP_DIR is read as well. Keep it wherever
backups are kept.

Nobody comes back signed in: people sign in again, and apps ask for new tokens. Apps that were revoked, secrets
that were changed and people who were removed since then are back: revoke, rotate and remove them once more.

  --force              delete everything that is in the database first
  --without-erasures   there is no such list: bring back whoever the backup holds
`,
  async run(args) {
    const { values, positionals } = readOptions({
      args,
      options: {
        force: { type: 'boolean', default: false },
        'without-erasures': { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const path = required(positionals[0], 'FILE');
    const config = readConfig(process.env);
    const erasures = values['without-erasures']
      ? []
      : await gatherErasures(dirname(path), config.backup.folder);
    const counter = countRows('Restoring');
    const { tables, header } = await restoreBackup({
      path,
      key: readBackupKey(config.backup),
      location: { ...config, statementLimitMs: STATEMENT_LIMIT_MS },
      erasures,
      isForced: values.force,
      onProgress: counter.show,
    });
    counter.end();
    const rows = Object.values(tables).reduce((sum, tally) => sum + tally.rows, 0);
    await withDatabase(async (context, _kind, { erased, unmatched }) => {
      if (erased > 0)
        console.log(`${erased} erasures that the backup did not know of are done again.`);
      if (unmatched > 0) {
        console.error(
          `${unmatched} erasures cannot be done again: the backup is older than the keys that find people. Run "plaudit person erase" for them.`,
        );
      }
      await purgeAllShops(context);
      const details = { rows, of: header.createdAt };
      await recordEverywhere(context, { verb: 'backup.restore', details });
    }, STATEMENT_LIMIT_MS);
    console.log(`${rows.toLocaleString('en')} rows are back as they were at ${header.createdAt}.`);
    console.log(
      'All sessions and tokens have ended. Apps revoked, secrets changed and people removed since are back.',
    );
    return 0;
  },
};

/**
 * What the lists say together: that beside the backup, which has to be there, and our own.
 * @throws BackupError when none is beside the backup: our own may be younger than the backup
 */
async function gatherErasures(beside: string, own: string): Promise<Erasure[]> {
  const list = await readErasures(beside);
  if (!list) {
    throw new BackupError(
      `No erasures.jsonl is in ${beside}: people who were erased since would be back. Copy it from where the backup was, or add --without-erasures.`,
    );
  }
  return [...list, ...((await readErasures(own)) ?? [])];
}
