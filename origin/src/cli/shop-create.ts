import { createShop } from '../domain/shops/create.ts';
import { CliError } from './cli-error.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';

export const shopCreate: Command = {
  help: `Usage: plaudit shop create --key KEY [--name NAME] [--moderate] [--if-missing]

  --key KEY      the shop's public key, which stands in its script tag
  --name NAME    what the shop is called (its key)
  --moderate     new reviews wait for a decision instead of being published at once
  --if-missing   a shop that is there already is no error
`,
  async run(args) {
    const { values } = readOptions({
      args,
      options: {
        key: { type: 'string' },
        name: { type: 'string' },
        moderate: { type: 'boolean', default: false },
        'if-missing': { type: 'boolean', default: false },
      },
    });
    const appKey = required(values.key, '--key KEY');
    const shop = { appKey, name: values.name ?? appKey, autoPublish: !values.moderate };
    const isMade = await withDatabase((context) => createShop(context, shop));
    if (!isMade && !values['if-missing'])
      throw new CliError(`There is a shop "${appKey}" already.`);
    console.log(isMade ? `Made the shop "${appKey}".` : `The shop "${appKey}" was there already.`);
    return 0;
  },
};
