/** People on the command line. */
import { randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { secretsOf } from '../auth/keys.ts';
import { addPerson } from '../auth/people/add.ts';
import { listConsents, withdrawConsent } from '../auth/people/consents.ts';
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
    const { appKey, email, secrets } = readPerson(args);
    await withDatabase((context) => removePerson(context, secrets, appKey, email));
    console.log('The person is removed.');
    return 0;
  },
};

export const personApps: Command = {
  help: `Usage: plaudit person apps EMAIL --shop KEY

Lists the apps that a person let in, what they may do, and until when, one JSON object a line.
`,
  async run(args) {
    const { appKey, email, secrets } = readPerson(args);
    const consents = await withDatabase((context) => listConsents(context, secrets, appKey, email));
    for (const consent of consents) console.log(JSON.stringify(consent));
    return 0;
  },
};

export const personWithdraw: Command = {
  help: `Usage: plaudit person withdraw EMAIL ID --shop KEY

Takes back what a person let the app ID do; its tokens for them stop working at once.
`,
  async run(args) {
    const { appKey, email, secrets, more } = readPerson(args);
    const clientId = required(more[0], 'ID');
    await withDatabase((context) => withdrawConsent(context, secrets, appKey, { email, clientId }));
    console.log(`The app ${clientId} may do nothing for this person any more.`);
    return 0;
  },
};

/** The person that a command is about, and what else it was given. */
function readPerson(args: string[]) {
  const { values, positionals } = readOptions({
    args,
    options: { shop: SHOP },
    allowPositionals: true,
  });
  const [email, ...more] = positionals;
  return {
    appKey: required(values.shop, '--shop KEY'),
    email: required(email, 'EMAIL'),
    secrets: secretsOf(readConfig(process.env)),
    more,
  };
}
