import { DEFAULT_SETTINGS } from '@plaudit/contract';
import { desc } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { asSystem } from '../../db/row-security.ts';
import { outbox } from '../../db/schema.ts';
import { UnknownShopError } from '../errors.ts';
import { findShop } from '../shops/find.ts';
import { updateSettings } from './update.ts';

const { version: _version, ...settings } = DEFAULT_SETTINGS;

describeOnEach('updateSettings', (fixture) => {
  const stored = async () => (await findShop(fixture.context.db, 'acme')).settings;

  test('replaces the settings, counts the version up and purges', async () => {
    const { version } = await stored();
    const wakes = fixture.wakes;
    const changed = { ...settings, locale: 'de', texts: { more: 'Mehr' } };
    expect(await updateSettings(fixture.context, 'acme', changed)).toEqual({
      ...changed,
      version: version + 1,
    });
    expect(await stored()).toEqual({ ...changed, version: version + 1 });
    const { db } = fixture.context;
    const [purge] = await asSystem(db, async (tx) =>
      tx.select().from(outbox).orderBy(desc(outbox.id)).limit(1),
    );
    expect(purge?.payload).toEqual({ tags: ['settings:acme'], mode: 'soft' });
    expect(fixture.wakes).toBe(wakes + 1);
  });

  test('gives each of ten changes at once a version of its own', async () => {
    const { version } = await stored();
    const updated = await Promise.all(
      Array.from({ length: 10 }, () => updateSettings(fixture.context, 'acme', settings)),
    );
    const versions = updated.map((own) => own.version).toSorted((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: 10 }, (_, n) => version + 1 + n));
    expect((await stored()).version).toBe(version + 10);
  });

  test('refuses an unknown shop', async () => {
    const attempt = updateSettings(fixture.context, 'nowhere', settings);
    await expect(attempt).rejects.toThrow(UnknownShopError);
  });
});
