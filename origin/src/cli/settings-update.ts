import { readFileSync } from 'node:fs';
import { settings } from '@plaudit/contract/schema';
import { updateSettings } from '../domain/settings/update.ts';
import { CliError } from './cli-error.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';

export const settingsUpdate: Command = {
  help: `Usage: plaudit settings update FILE --shop KEY

Replaces a shop's settings (look, texts, layout, locale) by those in a JSON file.
`,
  async run(args) {
    const { values, positionals } = readOptions({
      args,
      options: { shop: { type: 'string' } },
      allowPositionals: true,
    });
    const appKey = required(values.shop, '--shop KEY');
    const path = required(positionals[0], 'FILE');
    const { data, error } = settings.omit({ version: true }).safeParse(readJson(path));
    if (error) {
      const faults = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
      throw new CliError(`${path} does not hold valid settings.\n  ${faults.join('\n  ')}`);
    }
    const { version } = await withDatabase((context) => updateSettings(context, appKey, data));
    console.log(`The settings of "${appKey}" are at version ${version} now.`);
    return 0;
  },
};

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${error instanceof Error ? error.message : ''}`);
  }
}
