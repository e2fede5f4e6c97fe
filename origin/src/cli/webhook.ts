/** Webhooks on the command line. */
import { addEndpoint } from '../domain/webhooks/add.ts';
import {
  disableEndpoint,
  enableEndpoint,
  removeEndpoint,
  replayDeliveries,
  rotateEndpointSecret,
} from '../domain/webhooks/change.ts';
import { EVENT_TYPES } from '../domain/webhooks/events.ts';
import { listDeliveries, listEndpoints } from '../domain/webhooks/list.ts';
import type { Context } from '../domain/context.ts';
import { CliError } from './cli-error.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';

const DELIVERIES_LIMIT = 100;
const SHOP = { type: 'string' } as const;

/** Reads `ID… --shop KEY`: what most of these commands take. */
function readTarget(args: string[]): { appKey: string; id: string } {
  const options = { shop: SHOP };
  const { values, positionals } = readOptions({ args, options, allowPositionals: true });
  return { appKey: required(values.shop, '--shop KEY'), id: required(positionals[0], 'ID') };
}

/** A command that does one thing with one webhook, and says what it did. */
const onOne = (
  help: string,
  act: (context: Context, appKey: string, id: string) => Promise<string>,
): Command => ({
  help,
  async run(args) {
    const { appKey, id } = readTarget(args);
    console.log(await withDatabase((context) => act(context, appKey, id)));
    return 0;
  },
});

export const webhookAdd: Command = {
  help: `Usage: plaudit webhook add URL --shop KEY [--event TYPE]…

Tells an address of what happens in a shop, signed by the Standard Webhooks scheme. Shows the secret
that its receiver verifies with; it is not shown again. Without --event it is told of everything.
Private addresses and ports other than 80 and 443 are never called.

  --event TYPE   ${EVENT_TYPES.join(', ')}
`,
  async run(args) {
    const { values, positionals } = readOptions({
      args,
      options: { shop: SHOP, event: { type: 'string', multiple: true, default: [] } },
      allowPositionals: true,
    });
    const appKey = required(values.shop, '--shop KEY');
    const wanted = { url: required(positionals[0], 'URL'), events: values.event };
    const { id, url, secret } = await withDatabase((context) =>
      addEndpoint(context, appKey, wanted),
    );
    console.log(`Webhook ${id} tells ${url}.\nIts secret, shown this once: ${secret}`);
    return 0;
  },
};

export const webhookList: Command = {
  help: `Usage: plaudit webhook list --shop KEY [--json]

Lists a shop's webhooks, and why one is not sent to: "merchant" (disabled by hand), "gone" (its
receiver answered 410) or "failing" (nothing was delivered for days).

  --json   one JSON object a line
`,
  async run(args) {
    const options = { shop: SHOP, json: { type: 'boolean', default: false } } as const;
    const { values } = readOptions({ args, options });
    const appKey = required(values.shop, '--shop KEY');
    const endpoints = await withDatabase(({ db }) => listEndpoints(db, appKey));
    for (const endpoint of endpoints) {
      const { id, url, events, disabledFor = 'on' } = endpoint;
      const told = events.length > 0 ? events.join(', ') : 'everything';
      console.log(
        values.json
          ? JSON.stringify(endpoint)
          : `${id}  ${disabledFor.padEnd(8)}  ${url}  (${told})`,
      );
    }
    return 0;
  },
};

export const webhookDeliveries: Command = {
  help: `Usage: plaudit webhook deliveries ID --shop KEY

Lists the last ${DELIVERIES_LIMIT} messages to a webhook with every attempt, newest first, one JSON object a line.
`,
  async run(args) {
    const { appKey, id } = readTarget(args);
    const deliveries = await withDatabase(({ db }) =>
      listDeliveries(db, appKey, id, DELIVERIES_LIMIT),
    );
    for (const delivery of deliveries) console.log(JSON.stringify(delivery));
    return 0;
  },
};

export const webhookReplay: Command = {
  help: `Usage: plaudit webhook replay ID --shop KEY --since TIME [--until TIME]

Sends again what happened from a time on (until now), delivered or not, under the same message ids.

  --since TIME   such as 2026-03-01 or 2026-03-01T12:00:00Z
`,
  async run(args) {
    const { values, positionals } = readOptions({
      args,
      options: { shop: SHOP, since: { type: 'string' }, until: { type: 'string' } },
      allowPositionals: true,
    });
    const appKey = required(values.shop, '--shop KEY');
    const id = required(positionals[0], 'ID');
    const since = readTime(required(values.since, '--since TIME'));
    const until = values.until === undefined ? new Date() : readTime(values.until);
    const replayed = await withDatabase((context) =>
      replayDeliveries(context, appKey, id, { since, until }),
    );
    console.log(`${replayed} messages are sent again.`);
    return 0;
  },
};

function readTime(text: string): Date {
  const time = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(time.getTime())) {
    throw new CliError(`"${text}" is not a time; write 2026-03-01 or 2026-03-01T12:00:00Z.`);
  }
  return time;
}

export const webhookRotate = onOne(
  `Usage: plaudit webhook rotate ID --shop KEY

Gives a webhook a new secret and shows it. For a day every message is signed with both.
`,
  async (context, appKey, id) =>
    `The new secret, shown this once: ${await rotateEndpointSecret(context, appKey, id)}`,
);

export const webhookDisable = onOne(
  `Usage: plaudit webhook disable ID --shop KEY

Stops sending to a webhook; what happens meanwhile is held for it.
`,
  async (context, appKey, id) => {
    await disableEndpoint(context, appKey, id);
    return `Webhook ${id} is disabled; "plaudit webhook enable" sends what is held.`;
  },
);

export const webhookEnable = onOne(
  `Usage: plaudit webhook enable ID --shop KEY

Sends to a webhook again, what was held for it too.
`,
  async (context, appKey, id) => {
    await enableEndpoint(context, appKey, id);
    return `Webhook ${id} is enabled.`;
  },
);

export const webhookRemove = onOne(
  `Usage: plaudit webhook remove ID --shop KEY

Removes a webhook with everything that waits for it.
`,
  async (context, appKey, id) => {
    await removeEndpoint(context, appKey, id);
    return `Webhook ${id} is removed.`;
  },
);
