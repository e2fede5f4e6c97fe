import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { startKms, type StandInKms } from '../../../test/kms.ts';
import { createApp } from '../../app.ts';
import { createKmsProvider } from '../../vault/aws-kms.ts';
import { createShop } from '../shops/create.ts';
import { createVault } from './vault.ts';

const DEADLINE_MS = 1000;

describeOnEach('writing while KMS does not answer', (fixture) => {
  let kms: StandInKms;
  let app: ReturnType<typeof createApp>;
  let nowMs = Date.UTC(2026, 2, 1);
  let written = 0;

  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'of-a-test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'of-a-test');
    kms = await startKms('only');
    const { db } = fixture.context;
    const config = { keyId: 'only', region: 'eu-central-1', endpoint: kms.url };
    const provider = createKmsProvider(config, DEADLINE_MS);
    const vault = createVault(db, () => new Date(nowMs), provider);
    const context = { ...fixture.context, vault };
    await createShop(context, { appKey: 'cold', name: 'Cold', autoPublish: true });
    app = createApp({ domain: context, log: pino({ level: 'silent' }) });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await kms.close();
  });

  const write = (shop: string) =>
    app.request(`/v1/shops/${shop}/products/kettle/reviews`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        rating: 5,
        author: 'Mara',
        email: `mara.${(written += 1)}@example.com`,
      }),
    });

  test('works for shops whose keys are kept, and is refused for a while for others', async () => {
    expect((await write('acme')).status).toBe(201);
    kms.fault = 'hang';
    nowMs += 10 * 60_000;
    expect((await write('acme')).status).toBe(201);
    const refused = await write('cold');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
  });

  test('works for all when it answers again', async () => {
    kms.fault = undefined;
    nowMs += 10_000;
    expect((await write('cold')).status).toBe(201);
  });
});
