import { readBackupKey } from '../backup/backup-key.ts';
import { STATEMENT_LIMIT_MS } from '../backup/write-apart.ts';
import { restoreBackup } from '../backup/restore-backup.ts';
import { readConfig } from '../config.ts';
import { recordEverywhere } from '../domain/audit/record-everywhere.ts';
import { purgeAllShops } from '../domain/shops/purge-all.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';
import { countRows } from './count-rows.ts';

export const restore: Command = {
  help: `Usage: plaudit restore FILE [--force]

Brings a backup back into an empty database: the embedded one of DATA_DIR, or that of DATABASE_URL. It
does not matter which of the two the backup is of. What came back is compared with what was backed up;
if anything differs, or the command is stopped, the database stays empty. A backup of an older version
is brought up to date. All caches are told to forget what they hold when the origin next serves.

  --force   delete everything that is in the database first
`,
  async run(args) {
    const { values, positionals } = readOptions({
      args,
      options: { force: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const path = required(positionals[0], 'FILE');
    const config = readConfig(process.env);
    const counter = countRows('Restoring');
    const { tables, header } = await restoreBackup({
      path,
      key: readBackupKey(config.backup),
      location: { ...config, statementLimitMs: STATEMENT_LIMIT_MS },
      isForced: values.force,
      onProgress: counter.show,
    });
    counter.end();
    const rows = Object.values(tables).reduce((sum, tally) => sum + tally.rows, 0);
    await withDatabase(async (context) => {
      await purgeAllShops(context);
      const details = { rows, of: header.createdAt };
      await recordEverywhere(context, { verb: 'backup.restore', details });
    });
    console.log(`${rows.toLocaleString('en')} rows are back as they were at ${header.createdAt}.`);
    return 0;
  },
};
