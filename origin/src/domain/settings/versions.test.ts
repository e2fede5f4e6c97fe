import { DEFAULT_SETTINGS } from '@plaudit/contract';
import { desc } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { asSystem, inShop } from '../../db/row-security.ts';
import { outbox } from '../../db/schema.ts';
import { settingsVersions } from '../../db/settings-schema.ts';
import { listActs } from '../audit/list.ts';
import type { Context } from '../context.ts';
import { UnknownVersionError } from '../errors.ts';
import { readModerationRules } from '../moderation/read.ts';
import { moderationRules } from '../moderation/rules.ts';
import { updateModerationRules } from '../moderation/update.ts';
import { createShop } from '../shops/create.ts';
import { enterShop, findShop } from '../shops/find.ts';
import { listSettingsVersions } from './list-versions.ts';
import { rollBackSettings } from './roll-back.ts';
import { updateSettings } from './update.ts';

const { version: _version, ...settings } = DEFAULT_SETTINGS;

describeOnEach('versions of settings', (fixture) => {
  const makeShop = async (appKey: string): Promise<Context> => {
    const context = { ...fixture.context, actor: 'app:backoffice' as const };
    await createShop(fixture.context, { appKey, name: appKey, autoPublish: true });
    return context;
  };
  const stored = async (appKey: string) => (await findShop(fixture.context.db, appKey)).settings;

  test('are kept from the first, with who set them', async () => {
    const context = await makeShop('first');
    await updateSettings(context, 'first', { ...settings, locale: 'de' });
    const versions = await listSettingsVersions(context.db, 'first', 'storefront', 10);
    expect(versions).toMatchObject([
      { version: 2, actor: 'app:backoffice', at: context.now() },
      { version: 1, actor: 'cli' },
    ]);
    expect(await listSettingsVersions(context.db, 'first', 'storefront', 1)).toHaveLength(1);
    expect(await listSettingsVersions(context.db, 'acme', 'storefront', 10)).toHaveLength(1);
  });

  test('can be gone back to: as a new one that is purged and written down', async () => {
    const context = await makeShop('second');
    await updateSettings(context, 'second', { ...settings, locale: 'de' });
    await updateSettings(context, 'second', { ...settings, locale: 'fr' });
    const wakes = fixture.wakes;
    expect(await rollBackSettings(context, 'second', 'storefront', 2)).toBe(4);
    expect(await stored('second')).toEqual({ ...settings, locale: 'de', version: 4 });
    expect(fixture.wakes).toBe(wakes + 1);
    const [purge] = await asSystem(context.db, async (tx) =>
      tx.select().from(outbox).orderBy(desc(outbox.id)).limit(1),
    );
    expect(purge?.payload).toEqual({ tags: ['settings:second'], mode: 'soft' });
    const [act] = await listActs(context.db, 'second', 1);
    expect(act).toMatchObject({ verb: 'settings.update', details: { version: 4, restored: 2 } });
  });

  test('of the private rules are apart from those of the storefront', async () => {
    const context = await makeShop('third');
    await updateModerationRules(context, 'third', moderationRules.parse({ blocklist: ['a'] }));
    expect(await rollBackSettings(context, 'third', 'moderation', 1)).toBe(3);
    const read = await enterShop(context.db, 'third', (tx, { id }) => readModerationRules(tx, id));
    expect(read).toMatchObject({ version: 3, rules: { blocklist: [] } });
    expect((await stored('third')).version).toBe(1);
  });

  test('that never were, or are of another shop, are refused', async () => {
    const context = await makeShop('fourth');
    await updateSettings(context, 'acme', settings);
    const attempt = rollBackSettings(context, 'fourth', 'storefront', 2);
    await expect(attempt).rejects.toThrow(UnknownVersionError);
  });

  test('cannot be changed or removed by what works for a shop', async () => {
    const { db } = fixture.context;
    const { id } = await findShop(db, 'acme');
    const change = inShop(db, id, async (tx) => tx.update(settingsVersions).set({ actor: 'x' }));
    await expect(change).rejects.toThrow(/Failed query/);
    const removal = inShop(db, id, async (tx) => tx.delete(settingsVersions));
    await expect(removal).rejects.toThrow(/Failed query/);
  });
});
