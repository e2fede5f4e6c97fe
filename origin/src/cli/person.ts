/** People on the command line. */
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { secretsOf } from '../auth/keys.ts';
import { addPerson } from '../auth/people/add.ts';
import { removePerson } from '../auth/people/remove.ts';
import { readConfig } from '../config.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';

const SHOP = { type: 'string' } as const;
/** More than anybody can guess, and still to be typed. */
const PASSWORD_BYTES = 15;

export const personAdd: Command = {
  help: `Usage: plaudit person add EMAIL --shop KEY [--password-stdin]

Lets a person sign in to a shop, to let apps in. Makes a password and shows it once. The address is kept
as a keyed hash only.

  --password-stdin   read the password from standard input instead: 12 to 200 characters
`,
  async run(args) {
    const { values, positionals } = readOptions({
      args,
      options: { shop: SHOP, 'password-stdin': { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const appKey = required(values.shop, '--shop KEY');
    const email = required(positionals[0], 'EMAIL');
    const given = values['password-stdin']
      ? (await text(process.stdin)).replace(/\r?\n$/, '')
      : undefined;
    const password = given ?? randomBytes(PASSWORD_BYTES).toString('base64url');
    const secrets = secretsOf(readConfig(process.env));
    const id = await withDatabase((context) =>
      addPerson(context, secrets, appKey, { email, password }),
    );
    console.log(`The person ${id} may sign in.`);
    if (given === undefined) console.log(`Their password, shown this once: ${password}`);
    return 0;
  },
};

export const personRemove: Command = {
  help: `Usage: plaudit person remove EMAIL --shop KEY

Ends a person's sessions and the access of every app they let in; they can sign in no more.
`,
  async run(args) {
    const { values, positionals } = readOptions({
      args,
      options: { shop: SHOP },
      allowPositionals: true,
    });
    const appKey = required(values.shop, '--shop KEY');
    const email = required(positionals[0], 'EMAIL');
    const secrets = secretsOf(readConfig(process.env));
    await withDatabase((context) => removePerson(context, secrets, appKey, email));
    console.log('The person is removed.');
    return 0;
  },
};
