/** What a shop had set before, in the management API: nothing that was set is lost. */
import { z } from 'zod';
import { UnknownVersionError } from '../../domain/errors.ts';
import { listSettingsVersions as list } from '../../domain/settings/list-versions.ts';
import { readSettingsVersion as read } from '../../domain/settings/read-version.ts';
import { rollBackSettings as rollBack } from '../../domain/settings/roll-back.ts';
import { operation } from './operation.ts';
import { cutPage, instant, limitOf, named, next, page, whole } from './schema.ts';

/** The highest that the database can hold. */
const VERSION_MAX = 2 ** 31 - 1;

const version = z.object({
  version: z.int(),
  at: instant,
  actor: z.string().describe('Who set it: cli, system, app:ID or person:ID'),
});
/** What is set: what visitors get to see, or the rules of moderation. */
const what = {
  kind: z
    .enum(['storefront', 'moderation'])
    .describe('storefront when absent: what visitors see; moderation: the private rules')
    .exactOptional(),
};

export const listSettingsVersions = operation({
  method: 'get',
  path: '/settings/versions',
  scope: 'settings:read',
  summary: 'List the versions of the settings',
  description: 'Newest first: the first one is in force.',
  query: z.strictObject({
    ...what,
    limit: page.limit,
    cursor: whole(z.int().min(1)).describe('What the page before said is next').exactOptional(),
  }),
  answer: named('SettingsVersionPage', z.object({ versions: z.array(version), next })),
  run: async ({ domain, shop, query: { kind = 'storefront', cursor, ...query } }) => {
    const limit = limitOf(query);
    const found = await list(domain.db, shop.appKey, kind, limit + 1, cursor);
    const { rows, ...more } = cutPage(found, limit, (row) => String(row.version));
    const versions = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    return { body: { versions, ...more } };
  },
});

export const getSettingsVersion = operation({
  method: 'get',
  path: '/settings/versions/{version}',
  scope: 'settings:read',
  summary: 'Get a version of the settings',
  query: z.strictObject(what),
  answer: named(
    'SettingsVersion',
    version.extend({ value: z.unknown().describe('What was set, as it was taken then') }),
  ),
  run: async ({ domain, shop, params, query: { kind = 'storefront' } }) => {
    const found = await read(domain.db, shop.appKey, kind, toVersion(params.version));
    return { body: { ...found, at: found.at.toISOString() } };
  },
});

export const rollBackSettings = operation({
  method: 'post',
  path: '/settings/versions/{version}/restore',
  scope: 'settings:write',
  summary: 'Go back to a version of the settings',
  description: 'As a new version, so that this can be taken back as well.',
  query: z.strictObject(what),
  answer: named('SettingsRollback', z.object({ version: z.int().describe('The new one') })),
  run: async ({ domain, shop, params, query: { kind = 'storefront' } }) => ({
    body: { version: await rollBack(domain, shop.appKey, kind, toVersion(params.version)) },
  }),
});

/** @throws UnknownVersionError where it is none that could be */
function toVersion(text: string): number {
  const number = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0;
  if (number === 0 || number > VERSION_MAX) throw new UnknownVersionError(number);
  return number;
}
