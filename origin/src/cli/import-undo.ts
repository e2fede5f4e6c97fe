import { undoImport } from '../domain/imports/undo.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';

export const importUndo: Command = {
  help: `Usage: plaudit import undo ID --shop KEY

Deletes the reviews that an import brought in, those that were edited or decided on since as well, and
nothing else. Products stay. Safe to run again when it breaks off. The ids are those that "plaudit
import list" prints.
`,
  async run(args) {
    const { values, positionals } = readOptions({
      args,
      options: { shop: { type: 'string' } },
      allowPositionals: true,
    });
    const appKey = required(values.shop, '--shop KEY');
    const id = required(positionals[0], 'ID');
    const { deleted } = await withDatabase((context) => undoImport(context, appKey, id));
    console.log(`The import ${id} is undone: ${deleted.toLocaleString('en')} reviews deleted.`);
    return 0;
  },
};
