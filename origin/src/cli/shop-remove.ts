import { rm, writeFile } from 'node:fs/promises';
import { listBackups } from '../backup/backup-folder.ts';
import { STATEMENT_LIMIT_MS } from '../backup/write-apart.ts';
import { readConfig } from '../config.ts';
import type { Context } from '../domain/context.ts';
import { removeShop } from '../domain/shops/remove.ts';
import { createInbox } from '../exchange/inbox.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';
import { confirm } from './confirm.ts';

export const shopRemove: Command = {
  help: `Usage: plaudit shop remove KEY [--proof FILE] [--yes]

Removes a shop with everything that belongs to it: reviews, photos, orders, apps and their tokens, files
that wait to be imported, the keys that addresses and secrets were sealed with. It cannot be undone, and no
restore brings it back. Every cache is told to forget it. Its audit log stays, which names nobody. Backups
made before hold it, sealed, until they are removed; the proof lists them.

  --proof FILE   where to write what was removed, as JSON (plaudit-removal-KEY.json); nothing is removed
                 where that file is there already
  --yes          do not ask
`,
  async run(args) {
    const { values, positionals } = readOptions({
      args,
      options: { proof: { type: 'string' }, yes: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const appKey = required(positionals[0], 'KEY');
    const path = values.proof ?? `plaudit-removal-${appKey}.json`;
    const question = `Remove the shop "${appKey}" and all that is in it, for good?`;
    if (!values.yes && !(await confirm(question, appKey))) return 1;
    const { backup, imports } = readConfig(process.env);
    const backups = (await listBackups(backup.folder)).map(({ name }) => name);
    let isWritten = false;
    const work = async (context: Context) => {
      try {
        // On the disk before it is done: a proof that cannot be kept is none.
        return await removeShop(context, appKey, async (proof) => {
          const text = `${JSON.stringify({ ...proof, backups }, null, 2)}\n`;
          await writeFile(path, text, { flag: 'wx', flush: true });
          isWritten = true;
        });
      } catch (error) {
        if (isWritten) await rm(path, { force: true });
        throw error;
      }
    };
    const { proof, files } = await withDatabase(work, STATEMENT_LIMIT_MS);
    const inbox = createInbox(imports.folder, imports.maxBytes);
    for (const name of files) await inbox.remove(name);
    const rows = Object.values(proof.rows).reduce((sum, n) => sum + n, 0);
    console.log(`The shop "${appKey}" is removed, ${rows.toLocaleString('en')} rows: see ${path}.`);
    return 0;
  },
};
