/** Data keys on the command line. */
import type { Database } from '../db/database.ts';
import { listKeys } from '../domain/keys/list.ts';
import { resealShop } from '../domain/keys/reseal.ts';
import { rewrapKeys } from '../domain/keys/rewrap.ts';
import { rotateKeys } from '../domain/keys/rotate.ts';
import { findShop } from '../domain/shops/find.ts';
import { listAppKeys } from '../domain/shops/list-app-keys.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';

const SHOP = { type: 'string' } as const;

const readShops = (db: Database, appKey: string | undefined): Promise<string[]> =>
  appKey === undefined ? listAppKeys(db) : Promise.resolve([appKey]);

export const keysList: Command = {
  help: `Usage: plaudit keys list --shop KEY [--json]

Lists a shop's data keys: what seals addresses and secrets ("seal"; the highest version does, older ones
open), what finds them ("index"), by what they are wrapped, and since when all is sealed with them.

  --json   one JSON object a line
`,
  async run(args) {
    const options = { shop: SHOP, json: { type: 'boolean', default: false } } as const;
    const { values } = readOptions({ args, options });
    const appKey = required(values.shop, '--shop KEY');
    const keys = await withDatabase(async ({ db }) =>
      listKeys(db, (await findShop(db, appKey)).id),
    );
    for (const { kind, version, wrapped, createdAt, rotatedAt } of keys) {
      const wrappedBy = wrapped.split(':').slice(0, 2).join(':');
      const key = { kind, version, wrappedBy, createdAt, rotatedAt };
      const since = rotatedAt?.toISOString() ?? 'not yet';
      console.log(
        values.json
          ? JSON.stringify(key)
          : `${kind}  ${version}  ${wrappedBy}  ${createdAt.toISOString()}  ${since}`,
      );
    }
    return 0;
  },
};

export const keysRotate: Command = {
  help: `Usage: plaudit keys rotate [--shop KEY]

Gives a shop, or every shop, a new data key and seals addresses and secrets anew with it. Broken off, the
same command goes on, and so does an origin that serves. Older keys stay, to open what backups hold.
`,
  async run(args) {
    const { values } = readOptions({ args, options: { shop: SHOP } });
    await withDatabase(async (context) => {
      for (const appKey of await readShops(context.db, values.shop)) {
        const { shopId, version, isNew } = await rotateKeys(context, appKey);
        const rows = await resealShop(context, shopId);
        const key = `${isNew ? 'new key' : 'went on with key'} ${version}`;
        console.log(`${appKey}: ${key}, ${rows.toLocaleString('en')} rows sealed anew`);
      }
    });
    return 0;
  },
};

export const keysRewrap: Command = {
  help: `Usage: plaudit keys rewrap [--shop KEY]

Wraps the data keys of a shop, or of every shop, with the key that wraps now: the first one of KEY_FILE,
or KMS_KEY_ID. Do this after that changed; then the one before may go.
`,
  async run(args) {
    const { values } = readOptions({ args, options: { shop: SHOP } });
    await withDatabase(async (context) => {
      for (const appKey of await readShops(context.db, values.shop)) {
        console.log(`${appKey}: ${await rewrapKeys(context, appKey)} keys wrapped anew`);
      }
    });
    return 0;
  },
};
