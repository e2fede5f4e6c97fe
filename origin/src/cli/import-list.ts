import { listImports } from '../domain/imports/list.ts';
import { findShop } from '../domain/shops/find.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';
import { toTerminal } from './to-terminal.ts';

const LIMIT = 100;

export const importList: Command = {
  help: `Usage: plaudit import list --shop KEY [--json]

Lists a shop's imports, newest first, ${LIMIT} at most. One that is "running" while nothing runs broke
off: the same import command goes on with it. "plaudit import undo ID" takes one back.

  --json   one JSON object a line
`,
  async run(args) {
    const { values } = readOptions({
      args,
      options: { shop: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const appKey = required(values.shop, '--shop KEY');
    const imports = await withDatabase(async ({ db }) =>
      listImports(db, (await findShop(db, appKey)).id, LIMIT),
    );
    for (const { publicId: id, fileName, source, state, startedAt, imported, known } of imports) {
      const day = startedAt.toISOString().slice(0, 16).replace('T', ' ');
      console.log(
        values.json
          ? JSON.stringify({ id, fileName, source, state, startedAt, imported, known })
          : toTerminal(
              `${id}  ${day}  ${state.padEnd(7)}  ${String(imported).padStart(8)}  ${fileName}`,
            ),
      );
    }
    return 0;
  },
};
