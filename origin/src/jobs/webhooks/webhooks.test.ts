import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { startReceiver, type Received, type Receiver } from '../../../test/receiver.ts';
import { asSystem } from '../../db/row-security.ts';
import { webhookDeliveries, webhookEndpoints } from '../../db/webhook-schema.ts';
import type { Context } from '../../domain/context.ts';
import { publishReview, rejectReview } from '../../domain/reviews/moderate.ts';
import { submitReview } from '../../domain/reviews/submit.ts';
import { createShop } from '../../domain/shops/create.ts';
import { addEndpoint } from '../../domain/webhooks/add.ts';
import {
  disableEndpoint,
  enableEndpoint,
  removeEndpoint,
  replayDeliveries,
  rotateEndpointSecret,
} from '../../domain/webhooks/change.ts';
import { listDeliveries, listEndpoints } from '../../domain/webhooks/list.ts';
import { createDeliverer } from './deliverer.ts';
import { nextWaitMs, parseRetryAfter } from './next-wait.ts';
import { KEEP_SETTLED_MS, removeSettled } from './remove-settled.ts';

const HOUR = 3_600_000;
const startMs = Date.UTC(2026, 2, 1);
const submission = {
  rating: 4,
  title: 'Boils fast',
  body: 'And does not drip.',
  author: 'Mara',
  email: 'canary@private.example',
} as const;

const typesOf = (received: readonly Received[]): string[] =>
  received.map(({ body }) => (JSON.parse(body) as { type: string }).type);

const headersOf = ({ headers }: Received): Record<string, string> =>
  Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [
      name,
      String(headers[name]),
    ]),
  );

describeOnEach('webhooks', (fixture) => {
  let nowMs = startMs;
  let context: Context;
  let receiver: Receiver;
  let failures: unknown[] = [];

  beforeAll(async () => {
    receiver = await startReceiver();
    context = { ...fixture.context, now: () => new Date(nowMs) };
    await createShop(context, { appKey: 'rival', name: 'Rival', autoPublish: true });
    await createShop(context, { appKey: 'careful', name: 'Careful', autoPublish: false });
  });
  afterAll(() => receiver.close());

  beforeEach(async () => {
    // The library that verifies looks at the real clock.
    nowMs = Math.floor(Date.now() / 1000) * 1000;
    receiver.received.length = 0;
    receiver.behaviour = { status: 200 };
    failures = [];
    await asSystem(context.db, async (tx) => tx.delete(webhookEndpoints));
  });
  afterEach(() => {
    if (failures.length > 0) throw new AggregateError(failures, 'A delivery was not settled.');
  });

  const add = (events: string[] = [], path = '/hook', appKey = 'acme') =>
    addEndpoint(context, appKey, { url: `${receiver.url}${path}`, events });
  let people = 0;
  const submit = (appKey = 'acme') => {
    const email = `canary-${(people += 1)}@private.example`;
    return submitReview(context, appKey, 'kettle', { ...submission, email });
  };
  const newDeliverer = () =>
    createDeliverer({
      db: context.db,
      now: context.now,
      vault: context.vault,
      random: () => 0.5,
      outbound: receiver.outbound,
      onFailure: (error) => failures.push(error),
    });
  async function run(): Promise<void> {
    const deliverer = newDeliverer();
    while ((await deliverer.start()) > 0) await deliverer.idle();
  }
  const deliveries = (id: string) => listDeliveries(context.db, 'acme', id, 100);

  test('WH01: are signed so that the scheme’s own library verifies them, and refuses any change', async () => {
    const { secret } = await add(['review.created']);
    const { id } = await submit();
    await run();
    const [received] = receiver.received;
    if (!received) throw new Error('Nothing arrived.');
    expect(new Webhook(secret).verify(received.body, headersOf(received))).toMatchObject({
      type: 'review.created',
      timestamp: new Date(nowMs).toISOString(),
      data: { id, productId: 'kettle', rating: 4, title: 'Boils fast', status: 'published' },
    });
    const refuse = (body: string, change: Record<string, string> = {}) =>
      expect(() => new Webhook(secret).verify(body, { ...headersOf(received), ...change })).toThrow(
        WebhookVerificationError,
      );
    refuse(received.body.replace('Boils', 'Burns'));
    refuse(received.body, { 'webhook-id': 'msg_other' });
    refuse(received.body, { 'webhook-timestamp': String(nowMs / 1000 - 1) });
  });

  test('tell of what was asked for, to every endpoint that asked, and of no other shop', async () => {
    await add(['review.published'], '/published');
    await add([], '/all');
    await add([], '/rival', 'rival');
    await submit();
    await run();
    const to = (path: string) => typesOf(receiver.received.filter((one) => one.path === path));
    expect(to('/published')).toEqual(['review.published']);
    expect(to('/all').toSorted()).toEqual(['review.created', 'review.published']);
    expect(to('/rival')).toEqual([]);
  });

  test('tell of decisions, and hold no e-mail address', async () => {
    await add([], '/hook', 'careful');
    const { id } = await submit('careful');
    await publishReview(context, 'careful', id);
    await rejectReview(context, 'careful', id);
    await run();
    expect(typesOf(receiver.received).toSorted()).toEqual([
      'review.created',
      'review.published',
      'review.rejected',
    ]);
    expect(JSON.stringify(receiver.received)).not.toContain('canary');
  });

  test('WH02: sign with both secrets during a rotation, with the new one alone after it', async () => {
    const { id, secret: old } = await add(['review.created']);
    expect(Buffer.from(old.replace('whsec_', ''), 'base64')).toHaveLength(32);
    const fresh = await rotateEndpointSecret(context, 'acme', id);
    await submit();
    await run();
    const [during] = receiver.received;
    if (!during) throw new Error('Nothing arrived.');
    for (const secret of [old, fresh]) new Webhook(secret).verify(during.body, headersOf(during));
    expect(String(during.headers['webhook-signature']).split(' ')).toHaveLength(2);
    nowMs += 24 * HOUR;
    await submit();
    await run();
    expect(String(receiver.received[1]?.headers['webhook-signature']).split(' ')).toHaveLength(1);
  });

  test('WH03, WH04: are tried ten times under one id with a fresh time, then given up and kept', async () => {
    const { id } = await add(['review.created']);
    receiver.behaviour = { status: 500 };
    await submit();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 10; attempt++) {
      await run();
      const [delivery] = await deliveries(id);
      expect(delivery?.attempts).toHaveLength(attempt);
      if (delivery?.nextAttemptAt === undefined) break;
      const nextMs = Date.parse(delivery.nextAttemptAt);
      waits.push(nextMs - nowMs);
      nowMs = nextMs;
      await asSystem(context.db, async (tx) =>
        tx.update(webhookEndpoints).set({ failingSince: null }),
      );
    }
    const [S, M] = [1000, 60_000];
    expect(waits).toEqual([
      5 * S,
      5 * M,
      30 * M,
      ...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR),
    ]);
    expect((await deliveries(id))[0]?.state).toBe('failed');
    const ids = receiver.received.map(({ headers }) => String(headers['webhook-id']));
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^msg_[^.]+$/);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(
      10,
    );
  });

  test.each([301, 302, 307, 400, 404])(
    'WH04: %i is a failure, and no redirect is followed',
    async (status) => {
      const { id } = await add(['review.created']);
      receiver.behaviour = { status, headers: { location: `${receiver.url}/elsewhere` } };
      await submit();
      await run();
      expect((await deliveries(id))[0]).toMatchObject({ state: 'waiting', attempts: [{ status }] });
      expect(receiver.received).toHaveLength(1);
    },
  );

  test('WH04: 410 disables the endpoint; 503 is obeyed in when to come back', async () => {
    const gone = await add(['review.created']);
    receiver.behaviour = { status: 410 };
    await submit();
    await run();
    expect(await listEndpoints(context.db, 'acme')).toMatchObject([{ disabledFor: 'gone' }]);
    await removeEndpoint(context, 'acme', gone.id);
    const busy = await add(['review.created']);
    receiver.behaviour = { status: 503, headers: { 'retry-after': '3600' } };
    await submit();
    await run();
    const [delivery] = await deliveries(busy.id);
    expect(Date.parse(delivery?.nextAttemptAt ?? '') - nowMs).toBe(HOUR);
  });

  test('WH06: an endpoint dead for days is disabled, and nothing that happened meanwhile is lost', async () => {
    const { id } = await add(['review.created']);
    receiver.behaviour = { status: 500 };
    await submit();
    await run();
    nowMs += 4 * 24 * HOUR;
    await run();
    expect(await listEndpoints(context.db, 'acme')).toMatchObject([{ disabledFor: 'failing' }]);
    await submit();
    receiver.received.length = 0;
    await run();
    expect(receiver.received).toEqual([]);
    expect((await deliveries(id)).map(({ state }) => state)).toEqual(['held', 'held']);
    receiver.behaviour = { status: 200 };
    await enableEndpoint(context, 'acme', id);
    await run();
    expect((await deliveries(id)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
    expect((await listEndpoints(context.db, 'acme'))[0]).not.toHaveProperty('disabledFor');
  });

  test('WH06: what happened in a range of time is sent again on request', async () => {
    const { id } = await add(['review.created']);
    await submit();
    nowMs += HOUR;
    const since = new Date(nowMs);
    await submit();
    await run();
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    receiver.received.length = 0;
    const until = new Date(nowMs + 1);
    expect(await replayDeliveries(context, 'acme', id, { since, until })).toBe(1);
    await run();
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([ids[1]]);
  });

  test('WH07: a receiver that hangs keeps no other waiting', async () => {
    await add(['review.created'], '/hang');
    for (let n = 0; n < 30; n++) await submit();
    await add(['review.created'], '/quick', 'rival');
    await submit('rival');
    const deliverer = newDeliverer();
    while ((await deliverer.start()) > 0);
    await expect.poll(() => receiver.received.some(({ path }) => path === '/quick')).toBe(true);
    const hanging = () => receiver.received.filter(({ path }) => path === '/hang').length;
    await expect.poll(hanging).toBe(4);
    expect(await deliverer.start()).toBe(0);
    expect(hanging()).toBe(4);
    await receiver.close();
    await deliverer.idle();
    receiver = await startReceiver();
  });

  test('two senders at once send each message once', async () => {
    await add(['review.created']);
    for (let n = 0; n < 12; n++) await submit();
    await Promise.all([run(), run(), run()]);
    await run();
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(12);
    expect(new Set(ids).size).toBe(12);
  });

  test('are not sent while the merchant has disabled them', async () => {
    const { id } = await add(['review.created']);
    await submit();
    await disableEndpoint(context, 'acme', id);
    await submit();
    await run();
    expect(receiver.received).toEqual([]);
    expect((await deliveries(id)).map(({ state }) => state)).toEqual(['held', 'held']);
  });

  test('GD05: are removed thirty days after they were settled; those that wait are not', async () => {
    await add(['review.created']);
    await submit();
    await run();
    await submit();
    expect(await removeSettled(context.db, new Date(nowMs + KEEP_SETTLED_MS))).toBe(0);
    expect(await removeSettled(context.db, new Date(nowMs + KEEP_SETTLED_MS + 1))).toBe(1);
    const left = await asSystem(context.db, async (tx) => tx.select().from(webhookDeliveries));
    expect(left.map(({ state }) => state)).toEqual(['waiting']);
  });

  test('SS05: of what a receiver answers, only the status is kept', async () => {
    const { id } = await add(['review.created']);
    await submit();
    await run();
    const [delivery] = await deliveries(id);
    expect(delivery?.attempts).toEqual([
      { at: expect.any(String), status: 200, durationMs: expect.any(Number) },
    ]);
    expect(JSON.stringify(delivery)).not.toContain('page of the receiver');
  });

  test('WH05: the longest review is told of in less than 20 KB', async () => {
    await add(['review.created']);
    const wide = '\u{1F980}';
    await submitReview(context, 'acme', 'kettle', {
      ...submission,
      title: wide.repeat(100),
      body: wide.repeat(5000),
      author: wide.repeat(50),
    });
    await run();
    expect(Buffer.byteLength(receiver.received[0]?.body ?? '')).toBeLessThan(20_000);
    expect(receiver.received[0]?.body.isWellFormed()).toBe(true);
  });

  test.each([
    'ftp://x.example/',
    'http://user:secret@x.example/',
    'nowhere',
    'javascript:alert(1)',
  ])('cannot be sent to %s', async (url) => {
    await expect(addEndpoint(context, 'acme', { url, events: [] })).rejects.toThrow('URL');
  });

  test('know their events and their number', async () => {
    await expect(add(['review.eaten'])).rejects.toThrow('There is no event "review.eaten"');
    for (let n = 0; n < 20; n++) await add();
    await expect(add()).rejects.toThrow('at most 20');
  });

  test('of another shop are not there', async () => {
    const { id } = await add();
    for (const act of [removeEndpoint, disableEndpoint, enableEndpoint, rotateEndpointSecret]) {
      await expect(act(context, 'rival', id)).rejects.toThrow('There is no webhook');
    }
    await expect(listDeliveries(context.db, 'rival', id, 1)).rejects.toThrow('There is no webhook');
    expect(await listEndpoints(context.db, 'rival')).toEqual([]);
  });
});

describe('the pause before the next attempt', () => {
  test('spreads by a tenth either way, and is never shorter than the receiver asked for', () => {
    expect(nextWaitMs(1, 0, 0)).toBe(4500);
    expect(nextWaitMs(1, 0, 1)).toBe(5500);
    expect(nextWaitMs(1, 60_000, 0)).toBe(60_000);
    expect(nextWaitMs(1, 99 * 24 * HOUR, 0)).toBe(24 * HOUR);
    expect(nextWaitMs(10, 0, 0)).toBeUndefined();
  });

  test('reads seconds and dates, and nothing else', () => {
    expect(parseRetryAfter('120', 0)).toBe(120_000);
    expect(parseRetryAfter('Thu, 01 Jan 1970 00:01:00 GMT', 0)).toBe(60_000);
    expect(parseRetryAfter('Thu, 01 Jan 1970 00:01:00 GMT', 90_000)).toBe(0);
    for (const odd of [null, '', 'soon', '-1', '1e9999']) expect(parseRetryAfter(odd, 0)).toBe(0);
  });
});
