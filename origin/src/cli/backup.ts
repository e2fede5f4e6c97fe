/** Backups on the command line. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeKeyFile, readBackupKey } from '../backup/backup-key.ts';
import { findNewest, listBackups, type BackupFile } from '../backup/backup-folder.ts';
import { drill } from '../backup/drill.ts';
import { copyErasures } from '../backup/erasures-file.ts';
import { STATEMENT_LIMIT_MS } from '../backup/write-apart.ts';
import { verifyBackup } from '../backup/read-backup.ts';
import { writeBackup, type Trailer } from '../backup/write-backup.ts';
import { readConfig, type Config } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import { FolderInUseError } from '../db/folder-lock.ts';
import { recordEverywhere } from '../domain/audit/record-everywhere.ts';
import { readOptions, withDatabase, type Command } from './command.ts';
import { countRows } from './count-rows.ts';

const ENVIRONMENT = `
Environment:
  BACKUP_DIR        folder of the backups (DATA_DIR/backups)
  BACKUP_KEY        the key they are sealed with: 32 bytes in base64 or hex
  BACKUP_KEY_FILE   file of the key, read where BACKUP_KEY is not set (DATA_DIR/backup.key)
  DATA_DIR          folder of the embedded database (.data)
  DATABASE_URL      Postgres to use instead
`;

export const backup: Command = {
  help: `Usage: plaudit backup

Writes all shops with everything that belongs to them, photos too, into one compressed and sealed file,
while the origin on Postgres goes on working. Where there is no key yet, one is made. Keep a copy of
it in another place: without it no backup can be read. Beside the backups is erasures.jsonl, which tells
"plaudit restore" whom it must not bring back: copy it wherever you copy them.

  backup list           the backups there are
  backup verify [FILE]  read one and compare it with its checksums (the newest)
  backup drill [FILE]   restore one into a scratch database, compare it, and throw that away
${ENVIRONMENT}`,
  async run(args) {
    readOptions({ args, options: {} });
    const config = readConfig(process.env);
    if (makeKeyFile(config.backup)) {
      console.error(
        `A new key is in ${config.backup.keyFile}. Keep a copy of it in another place: without it no backup can be read.`,
      );
    }
    const key = readBackupKey(config.backup);
    const { db, close } = await openDatabase({ ...config, statementLimitMs: STATEMENT_LIMIT_MS });
    const counter = countRows('Backing up');
    try {
      const { folder } = config.backup;
      await copyErasures(db, folder);
      const now = () => new Date();
      const plan = { db, folder, key, now: now(), onProgress: counter.show };
      const written = await writeBackup(plan);
      counter.end();
      if (written) {
        const details = { rows: written.rows };
        await recordEverywhere({ db, actor: 'cli', now }, { verb: 'backup.make', details });
      }
      console.log(
        written
          ? `${written.path}: ${written.rows.toLocaleString('en')} rows, ${megabytes(written)}`
          : 'Another process is writing a backup; nothing was done.',
      );
      return written ? 0 : 1;
    } finally {
      await close();
    }
  },
};

export const backupList: Command = {
  help: `Usage: plaudit backup list [--json]

Lists the backups, newest first. Whether one is whole and can be read, "plaudit backup verify" says.

  --json   one JSON object a line
${ENVIRONMENT}`,
  async run(args) {
    const { values } = readOptions({
      args,
      options: { json: { type: 'boolean', default: false } },
    });
    for (const file of await listBackups(readConfig(process.env).backup.folder)) {
      const { path, createdAt, bytes } = file;
      const time = createdAt.toISOString().slice(0, 16).replace('T', ' ');
      console.log(
        values.json
          ? JSON.stringify({ path, createdAt, bytes })
          : `${time}  ${megabytes(file).padStart(10)}  ${path}`,
      );
    }
    return 0;
  },
};

export const backupVerify: Command = {
  help: `Usage: plaudit backup verify [FILE]

Reads a backup to its end, the newest without FILE, and compares it with its checksums. Ends with status
1 when it is damaged, cut off or sealed with another key.
${ENVIRONMENT}`,
  async run(args) {
    const { path, config } = await chooseFile(args);
    const { tables } = await verifyBackup(path, readBackupKey(config.backup));
    console.log(`${path} is whole: ${describe(tables)}.`);
    return 0;
  },
};

export const backupDrill: Command = {
  help: `Usage: plaudit backup drill [FILE] [--embedded]

Restores a backup, the newest without FILE, into a scratch database, compares every table's rows with
what was backed up, and throws the database away. Ends with status 1 when anything differs. Run it now
and then: a backup that was never restored is a hope. On Postgres the user needs CREATEDB.

  --embedded   restore into an embedded database in a temporary folder instead
${ENVIRONMENT}`,
  async run(args) {
    const { path, config, isEmbedded } = await chooseFile(args);
    const { databaseUrl } = config;
    const counter = countRows('Restoring');
    const { tables } = await drill({
      path,
      key: readBackupKey(config.backup),
      location: {
        statementLimitMs: STATEMENT_LIMIT_MS,
        ...(databaseUrl === undefined || isEmbedded ? {} : { databaseUrl }),
      },
      onProgress: counter.show,
    });
    counter.end();
    await recordDrill(config);
    console.log(`${path} can be restored: ${describe(tables)} came back as they were.`);
    return 0;
  },
};

/** Where there is no data of ours, nobody's log is there to say so. */
async function recordDrill({ databaseUrl, dataDir }: Config): Promise<void> {
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'db'))) return;
  try {
    await withDatabase((context) => recordEverywhere(context, { verb: 'backup.drill' }));
  } catch (error) {
    if (!(error instanceof FolderInUseError)) throw error;
    console.error('The origin has the database open: the audit log does not tell of this drill.');
  }
}

async function chooseFile(
  args: string[],
): Promise<{ path: string; config: Config; isEmbedded: boolean }> {
  const { values, positionals } = readOptions({
    args,
    options: { embedded: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const config = readConfig(process.env);
  const path = positionals[0] ?? (await findNewest(config.backup.folder)).path;
  return { path, config, isEmbedded: values.embedded };
}

const megabytes = ({ bytes }: BackupFile): string => `${(bytes / 1e6).toFixed(1)} MB`;

function describe(tables: Trailer['tables']): string {
  const rows = Object.values(tables).reduce((sum, tally) => sum + tally.rows, 0);
  return `${rows.toLocaleString('en')} rows in ${Object.keys(tables).length} tables`;
}
