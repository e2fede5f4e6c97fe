/** What a shop has set: how its widgets look, and what it wants to look at first. */
import { readFileSync } from 'node:fs';
import { settings } from '@plaudit/contract/schema';
import type { z } from 'zod';
import { readModerationRules } from '../domain/moderation/read.ts';
import { moderationRules } from '../domain/moderation/rules.ts';
import { updateModerationRules } from '../domain/moderation/update.ts';
import { listSettingsVersions } from '../domain/settings/list-versions.ts';
import { rollBackSettings } from '../domain/settings/roll-back.ts';
import { updateSettings } from '../domain/settings/update.ts';
import { enterShop, findShop } from '../domain/shops/find.ts';
import { CliError } from './cli-error.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';

const VERSIONS_MAX = 100;

const OPTIONS = {
  shop: { type: 'string' },
  moderation: { type: 'boolean', default: false },
} as const;

export const settingsShow: Command = {
  help: `Usage: plaudit settings show --shop KEY [--moderation]

Prints a shop's settings (look, texts, layout, locale) as "plaudit settings update" reads them.

  --moderation   the shop's private rules instead: what waits until someone has looked at it
`,
  async run(args) {
    const { values } = readOptions({ args, options: OPTIONS });
    const appKey = required(values.shop, '--shop KEY');
    const shown = await withDatabase(async ({ db }) =>
      values.moderation
        ? (await enterShop(db, appKey, (tx, { id }) => readModerationRules(tx, id))).rules
        : (await findShop(db, appKey)).settings,
    );
    console.log(JSON.stringify(shown, null, 2));
    return 0;
  },
};

export const settingsList: Command = {
  help: `Usage: plaudit settings list --shop KEY [--moderation]

Lists the versions of a shop's settings, the one in force first, ${VERSIONS_MAX} at most: when each was set
and by whom.

  --moderation   of its private rules instead
`,
  async run(args) {
    const { values } = readOptions({ args, options: OPTIONS });
    const appKey = required(values.shop, '--shop KEY');
    const kind = values.moderation ? 'moderation' : 'storefront';
    const versions = await withDatabase(({ db }) =>
      listSettingsVersions(db, appKey, kind, VERSIONS_MAX),
    );
    for (const { version, at, actor } of versions) {
      console.log(`${String(version).padStart(4)}  ${at.toISOString()}  ${actor}`);
    }
    return 0;
  },
};

export const settingsRollback: Command = {
  help: `Usage: plaudit settings rollback VERSION --shop KEY [--moderation]

Sets a shop's settings to what they were at an earlier version of "plaudit settings list". They get
a version of their own, so this can be taken back too.

  --moderation   its private rules instead
`,
  async run(args) {
    const { values, positionals } = readOptions({
      args,
      options: OPTIONS,
      allowPositionals: true,
    });
    const appKey = required(values.shop, '--shop KEY');
    const wanted = required(positionals[0], 'VERSION');
    if (!/^[1-9]\d{0,8}$/.test(wanted)) throw new CliError(`"${wanted}" is no version.`);
    const kind = values.moderation ? 'moderation' : 'storefront';
    const version = await withDatabase((context) =>
      rollBackSettings(context, appKey, kind, Number(wanted)),
    );
    console.log(`What was set at version ${wanted} is version ${version} now.`);
    return 0;
  },
};

export const settingsUpdate: Command = {
  help: `Usage: plaudit settings update FILE --shop KEY [--moderation]

Replaces a shop's settings (look, texts, layout, locale) by those in a JSON file.

  --moderation   replaces its private rules instead; those that are left out are at their defaults:
                   autoPublish           true   publish reviews that no rule holds
                   autoPublishQuestions  false  publish such questions and visitors' answers
                   holdLinks             true   hold what points to other sites
                   holdContacts          true   hold e-mail addresses and telephone numbers
                   holdRepeats           true   hold a person's second review of a product, and
                                                words that someone has written before
                   holdImitations        true   hold names that pass for the shop's, or mix alphabets
                   orderAgeMinDays       0      days that an order must be old to verify a review
                   blocklist             []     hold what has one of these words or phrases
`,
  async run(args) {
    const { values, positionals } = readOptions({
      args,
      options: OPTIONS,
      allowPositionals: true,
    });
    const appKey = required(values.shop, '--shop KEY');
    const path = required(positionals[0], 'FILE');
    if (values.moderation) {
      const rules = readFile(path, moderationRules.strict());
      const version = await withDatabase((context) =>
        updateModerationRules(context, appKey, rules),
      );
      console.log(`The rules of "${appKey}" are at version ${version} now.`);
      return 0;
    }
    const changed = readFile(path, settings.omit({ version: true }));
    const { version } = await withDatabase((context) => updateSettings(context, appKey, changed));
    console.log(`The settings of "${appKey}" are at version ${version} now.`);
    return 0;
  },
};

function readFile<T>(path: string, schema: z.ZodType<T>): T {
  const { data, error } = schema.safeParse(readJson(path));
  if (data !== undefined) return data;
  const faults = error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new CliError(`${path} does not hold valid settings.\n  ${faults?.join('\n  ')}`);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new CliError(`${path} cannot be read: ${error instanceof Error ? error.message : ''}`);
  }
}
