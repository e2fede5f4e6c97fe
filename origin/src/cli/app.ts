/** Apps on the command line. */
import { SCOPES } from '../auth/access.ts';
import { createApp } from '../auth/apps/create.ts';
import { listApps } from '../auth/apps/list.ts';
import { revokeApp } from '../auth/apps/revoke.ts';
import { rotateAppSecret } from '../auth/apps/rotate-secret.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';

const SHOP = { type: 'string' } as const;

/** Reads `ID --shop KEY`. */
function readTarget(args: string[]): { appKey: string; id: string } {
  const options = { shop: SHOP };
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  return { appKey: required(values.shop, '--shop KEY'), id: required(positionals[0], 'ID') };
}

export const appCreate: Command = {
  help: `Usage: plaudit app create --shop KEY --name NAME [--scope SCOPE]… [--redirect URI]… [--public]
                          [--as-shop]

Makes an app that can ask for access to a shop by OAuth 2, and shows its id and its secret; the secret is
not shown again. It acts for itself (client credentials) and, where people can be sent back to it, for
them (authorization code with PKCE). Without --scope it may do everything.

  --scope SCOPE   ${SCOPES.join(', ')}
  --redirect URI  where people are sent back to, compared letter by letter
  --as-shop       its id is the shop's key, as programs that were written for Yotpo expect
  --public        it runs on people's own machines, so it has no secret and acts for people only
`,
  async run(args) {
    const { values } = readOptions({
      args,
      options: {
        shop: SHOP,
        name: { type: 'string' },
        scope: { type: 'string', multiple: true, default: [] },
        redirect: { type: 'string', multiple: true, default: [] },
        public: { type: 'boolean', default: false },
        'as-shop': { type: 'boolean', default: false },
      },
    });
    const appKey = required(values.shop, '--shop KEY');
    const wanted = {
      name: required(values.name, '--name NAME'),
      scopes: values.scope,
      redirectUris: values.redirect,
      isPublic: values.public,
      isShopItself: values['as-shop'],
    };
    const made = await withDatabase((context) => createApp(context, appKey, wanted));
    console.log(`Made the app ${made.clientId} (${made.scopes.join(' ')}).`);
    if (made.secret !== undefined) console.log(`Its secret, shown this once: ${made.secret}`);
    return 0;
  },
};

export const appList: Command = {
  help: `Usage: plaudit app list --shop KEY [--json]

Lists a shop's apps, and when their secrets were last used.

  --json   one JSON object a line
`,
  async run(args) {
    const options = { shop: SHOP, json: { type: 'boolean', default: false } } as const;
    const { values } = readOptions({ args, options });
    const appKey = required(values.shop, '--shop KEY');
    const apps = await withDatabase(({ db }) => listApps(db, appKey));
    for (const app of apps) {
      const used = app.secrets.map(({ lastUsedAt = 'never' }) => lastUsedAt).join(', ');
      console.log(
        values.json
          ? JSON.stringify(app)
          : `${app.clientId}  ${app.name}  (${app.scopes.join(' ')})  secrets used: ${used}`,
      );
    }
    return 0;
  },
};

export const appRotateSecret: Command = {
  help: `Usage: plaudit app rotate-secret ID --shop KEY

Gives an app a new secret and shows it. The one before works for another day, an older one no more.
`,
  async run(args) {
    const { appKey, id } = readTarget(args);
    const secret = await withDatabase((context) => rotateAppSecret(context, appKey, id));
    console.log(`The new secret, shown this once: ${secret}`);
    return 0;
  },
};

export const appRevoke: Command = {
  help: `Usage: plaudit app revoke ID --shop KEY

Removes an app with its secrets and tokens; they stop working at once.
`,
  async run(args) {
    const { appKey, id } = readTarget(args);
    await withDatabase((context) => revokeApp(context, appKey, id));
    console.log(`The app ${id} is removed.`);
    return 0;
  },
};
