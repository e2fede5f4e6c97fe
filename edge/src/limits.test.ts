/** How often one visitor and one shop may make the origin work. */
import { beforeEach, describe, expect, test } from 'vitest';
import { TestEdge } from '../test/edge.ts';
import { answerWith } from '../test/fake-origin.ts';
import { sendPurge } from '../test/signed-purge.ts';

const LIFE = { 'content-type': 'application/json', 'cdn-cache-control': 'max-age=600' };
const REVIEWS = '/v1/shops/demo/products/42/reviews';

let edge: TestEdge;

const from = (address: string) => ({ 'x-real-ip': address });
const send = (headers: Record<string, string>, path = REVIEWS) =>
  edge.fetch(path, { method: 'POST', body: '{}', headers });

async function sendMany(count: number, headersOf: (index: number) => Record<string, string>) {
  const answers: Response[] = [];
  for (let index = 0; index < count; index++) answers.push(await send(headersOf(index)));
  return answers;
}

const refused = (answers: readonly Response[]) => answers.filter(({ status }) => status === 429);

beforeEach(() => {
  edge = new TestEdge({ CLIENT_ADDRESS_HEADER: 'x-real-ip' });
  edge.origin.answers(({ method }) =>
    method === 'POST'
      ? answerWith('{"id":"1"}', { 'content-type': 'application/json' }, 201)
      : answerWith('{"ratings":{}}', LIFE),
  );
});

describe('purges', () => {
  const guess = (address: string, secret?: string) =>
    sendPurge(
      edge,
      { tags: ['shop:demo'], mode: 'soft', nonce: crypto.randomUUID() },
      {
        ...(secret !== undefined && { secret }),
        fields: from(address),
      },
    );

  test('that are refused are counted by who sent them, those of the origin never', async () => {
    for (let attempt = 0; attempt < 60; attempt++) {
      expect((await guess('192.0.2.1', 'a guess')).status).toBe(401);
    }
    const refusal = await guess('192.0.2.1', 'a guess');
    expect(refusal.status).toBe(429);
    expect(refusal.headers.get('ratelimit')).toBe('"refused-purges";r=0;t=1');
    for (let attempt = 0; attempt < 100; attempt++) {
      expect((await guess('192.0.2.2')).status).toBe(200);
    }
    edge.clock.passes(1);
    expect((await guess('192.0.2.1')).status).toBe(200);
  });
});

describe('writes', () => {
  test('say how many more there may be', async () => {
    const [first, second] = await sendMany(2, () => from('192.0.2.1'));
    expect(first?.headers.get('ratelimit-policy')).toBe('"visitor";q=20;w=60, "shop";q=300;w=60');
    expect(first?.headers.get('ratelimit')).toBe('"visitor";r=19;t=3');
    expect(second?.headers.get('ratelimit')).toBe('"visitor";r=18;t=3');
  });

  test('of one visitor are refused above the quota, with the time to try again', async () => {
    const answers = await sendMany(25, () => from('192.0.2.1'));
    expect(refused(answers)).toHaveLength(5);
    expect(edge.origin.asked).toHaveLength(20);
    const last = answers.at(-1) ?? Response.error();
    expect(last.headers.get('content-type')).toBe('application/problem+json');
    expect(last.headers.get('cache-control')).toBe('no-store');
    expect(last.headers.get('ratelimit')).toBe('"visitor";r=0;t=3');
    expect(last.headers.get('retry-after')).toBe('3');
    expect(await last.json()).toMatchObject({ type: 'urn:plaudit:problem:too-many-requests' });
    edge.clock.passes(3);
    expect((await send(from('192.0.2.1'))).status).toBe(201);
  });

  test('of one visitor are one count for all addresses of their network, and all shops', async () => {
    await sendMany(20, (index) => from(`2001:db8::${index.toString(16)}`));
    expect((await send(from('2001:db8::ffff'))).status).toBe(429);
    const otherShop = REVIEWS.replace('demo', 'other');
    expect((await send(from('2001:db8::ffff'), otherShop)).status).toBe(429);
    expect((await send(from('2001:db8:0:1::1'))).status).toBe(201);
  });

  test('to one shop are refused above its quota, to another not', async () => {
    const answers = await sendMany(310, (index) => from(`192.0.2.${index % 100}`));
    expect(refused(answers)).toHaveLength(10);
    expect(answers.at(-1)?.headers.get('ratelimit')).toBe('"shop";r=0;t=1');
    const otherShop = REVIEWS.replace('demo', 'other');
    expect((await send(from('198.51.100.1'), otherShop)).status).toBe(201);
  });

  test('that a visitor was refused take nothing of the shop’s quota', async () => {
    await sendMany(400, () => from('192.0.2.1'));
    expect((await send(from('192.0.2.2'))).status).toBe(201);
  });

  test('of visitors who cannot be told apart are counted for the shop alone', async () => {
    const forged = (index: number) => ({ 'x-forwarded-for': `192.0.2.${index}` });
    const answers = await sendMany(301, forged);
    expect(refused(answers)).toHaveLength(1);
    expect(answers[0]?.headers.has('ratelimit')).toBe(false);
  });
});

describe('reads', () => {
  const bust = (index: number, address: string) =>
    edge.fetch(`/v1/shops/demo/products/${index}/reviews`, { headers: from(address) });

  test('that are in no cache are refused above a generous quota, those in it never', async () => {
    for (let index = 0; index < 600; index++) {
      expect((await bust(index, '192.0.2.1')).status).toBe(200);
    }
    const response = await bust(600, '192.0.2.1');
    expect(response.status).toBe(429);
    expect(response.headers.get('ratelimit')).toBe('"visitor-misses";r=0;t=1');
    expect(response.headers.get('ratelimit-policy')).toBe('"visitor-misses";q=600;w=60');
    expect(response.headers.get('retry-after')).toBe('1');
    expect(edge.origin.asked).toHaveLength(600);
    const again = await bust(599, '192.0.2.1');
    expect([again.status, again.headers.has('ratelimit')]).toEqual([200, false]);
    expect((await bust(600, '192.0.2.2')).status).toBe(200);
  });

  test('of shards and settings count as well', async () => {
    const headers = from('192.0.2.1');
    for (let index = 0; index < 300; index++) {
      await edge.fetch(`/v1/shops/s${index}/ratings?ids=1`, { headers });
      await edge.fetch(`/s${index}/plaudit.js`, { headers });
    }
    expect((await edge.fetch('/v1/shops/new/ratings?ids=1', { headers })).status).toBe(429);
    expect((await edge.fetch('/new/plaudit.js', { headers })).status).toBe(429);
  });
});

test('on Cloudflare only its own field says who the visitor is', async () => {
  edge = new TestEdge({ CLIENT_ADDRESS_HEADER: 'x-real-ip' }, { onCloudflare: true });
  edge.origin.answers(() => answerWith('{}', { 'content-type': 'application/json' }, 201));
  await send({ 'x-real-ip': '192.0.2.1', 'cf-connecting-ip': '198.51.100.2' });
  await send(from('192.0.2.1'));
  const told = edge.origin.asked.map(({ headers }) => headers.get('plaudit-client-address'));
  expect(told).toEqual(['198.51.100.2', null]);
});
