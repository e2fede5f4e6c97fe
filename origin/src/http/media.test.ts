import { pino } from 'pino';
import sharp from 'sharp';
import { beforeAll, expect, test } from 'vitest';
import { describeOnEach } from '../../test/databases.ts';
import { createApp } from '../app.ts';
import { asSystem } from '../db/row-security.ts';
import { outbox } from '../db/schema.ts';
import { rejectReview } from '../domain/reviews/moderate.ts';
import { createShop } from '../domain/shops/create.ts';
import { KEEP_UNUSED_MS, removeUnusedUploads } from '../jobs/remove-unused-uploads.ts';

interface Receipt {
  id: string;
  url: string;
  thumbnailUrl: string;
}

describeOnEach('photos', (fixture) => {
  let app: ReturnType<typeof createApp>;
  let photo: Blob;

  beforeAll(async () => {
    const domain = { ...fixture.context, edgeUrl: 'https://edge.example' };
    app = createApp({ domain, log: pino({ level: 'silent' }) });
    await createShop(domain, { appKey: 'rival', name: 'Rival', autoPublish: true });
    await createShop(domain, { appKey: 'careful', name: 'Careful', autoPublish: false });
    const pixels = { width: 600, height: 300, channels: 3 as const, background: '#3a3' };
    photo = new Blob([new Uint8Array(await sharp({ create: pixels }).jpeg().toBuffer())]);
  });

  function upload(file: Blob | string = photo, appKey = 'acme', field = 'file') {
    const body = new FormData();
    body.set(field, file);
    return app.request(`/v1/shops/${appKey}/media`, { method: 'POST', body });
  }
  const uploaded = async (appKey = 'acme') =>
    (await (await upload(photo, appKey)).json()) as Receipt;
  const submit = (ids: string[], appKey = 'acme', idempotencyKey = crypto.randomUUID()) =>
    app.request(`/v1/shops/${appKey}/products/kettle/reviews`, {
      method: 'POST',
      body: JSON.stringify({
        rating: 5,
        author: 'Mara',
        // Another person each time: the same one's second review would be refused for itself.
        email: `${idempotencyKey}@example.com`,
        media: ids,
        idempotencyKey,
      }),
    });
  const pathOf = ({ url }: Receipt) => new URL(url).pathname;

  test('UG08: are taken, and shown for good as pictures that can do nothing', async () => {
    const answer = await upload();
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const receipt = (await answer.json()) as Receipt;
    expect(receipt).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      url: `https://edge.example/v1/shops/acme/media/${receipt.id}/large.webp`,
      thumbnailUrl: `https://edge.example/v1/shops/acme/media/${receipt.id}/small.webp`,
    });
    const shown = await app.request(new URL(receipt.thumbnailUrl).pathname);
    expect(Object.fromEntries(shown.headers)).toMatchObject({
      'content-type': 'image/webp',
      'cache-control': 'public, max-age=31536000, immutable',
      'cache-tag': `shop:acme,media:acme:${receipt.id}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    expect((await sharp(await shown.arrayBuffer()).metadata()).width).toBe(320);
  });

  test('UG09: go by a name of ours, whatever the visitor calls them', async () => {
    for (const name of ['../../x.svg', 'CON', 'a\u202egpj.html', `${'x'.repeat(300)}.php`]) {
      const body = new FormData();
      body.set('file', photo, name);
      const answer = await app.request('/v1/shops/acme/media', { method: 'POST', body });
      const { id, url } = (await answer.json()) as Receipt;
      expect(id).toMatch(/^[0-9a-f]{24}$/);
      expect(url).toBe(`https://edge.example/v1/shops/acme/media/${id}/large.webp`);
    }
  });

  test('stand in the review that was submitted with them', async () => {
    const receipts = [await uploaded(), await uploaded()];
    const key = crypto.randomUUID();
    const ids = receipts.map(({ id }) => id);
    expect((await submit(ids, 'acme', key)).status).toBe(201);
    expect((await submit(ids, 'acme', key)).status).toBe(201);
    const list = await app.request('/v1/shops/acme/products/kettle/reviews?media=true');
    const { reviews } = (await list.json()) as { reviews: { media: unknown }[] };
    expect(reviews).toHaveLength(1);
    expect(reviews[0]?.media).toEqual(
      receipts.map(({ url, thumbnailUrl }) => ({ kind: 'photo', url, thumbnailUrl })),
    );
  });

  test('belong to one review of one shop', async () => {
    const own = await uploaded();
    const foreign = await uploaded('rival');
    expect((await submit([own.id])).status).toBe(201);
    for (const id of [own.id, foreign.id, 'f'.repeat(24)]) {
      const answer = await submit([id]);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ errors: [{ field: 'media' }] });
    }
    const elsewhere = pathOf(own).replace('acme', 'rival');
    expect((await app.request(elsewhere)).status).toBe(404);
  });

  test('of a review that is not published are not shown, and its rejection purges them', async () => {
    const receipt = await uploaded('careful');
    expect((await app.request(pathOf(receipt))).status).toBe(200);
    const { id } = (await (await submit([receipt.id], 'careful')).json()) as { id: string };
    expect((await app.request(pathOf(receipt))).status).toBe(404);
    await rejectReview(fixture.context, 'careful', id);
    const rows = await asSystem(fixture.context.db, async (tx) => tx.select().from(outbox));
    expect(rows.map(({ payload }) => payload)).toContainEqual({
      tags: [`media:careful:${receipt.id}`],
      mode: 'hard',
    });
  });

  test('GD05: that no review was submitted with are removed after a day', async () => {
    const receipt = await uploaded();
    const { db, now } = fixture.context;
    const lastMs = now().getTime() + KEEP_UNUSED_MS;
    await removeUnusedUploads(db, new Date(lastMs));
    expect((await app.request(pathOf(receipt))).status).toBe(200);
    expect(await removeUnusedUploads(db, new Date(lastMs + 1))).toBeGreaterThan(0);
    expect((await app.request(pathOf(receipt))).status).toBe(404);
  });

  test.each([
    ['no photo', () => upload(new Blob(['<svg/>'])), 400],
    ['another field', () => upload(photo, 'acme', 'picture'), 400],
    ['text in its place', () => upload('text'), 400],
    ['no such shop', () => upload(photo, 'nobody'), 404],
    ['too much', () => upload(new Blob([new Uint8Array(11 * 1024 * 1024)])), 413],
    ['no form', () => app.request('/v1/shops/acme/media', { method: 'POST', body: 'x' }), 415],
    ['no such method', () => app.request('/v1/shops/acme/media'), 405],
    ['no such size', () => app.request(`/v1/shops/acme/media/${'a'.repeat(24)}/huge.webp`), 404],
  ])('are refused with a problem that says why: %s', async (_name, ask, status) => {
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });
});
