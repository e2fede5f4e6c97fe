/** An origin that is killed in the middle of many writes, again and again, and what is there then. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plaudit, startServing } from '../../test/command-line.ts';
import { databases, makeEmbedded, openFreshPostgres } from '../../test/databases.ts';

const folder = mkdtempSync(join(tmpdir(), 'plaudit-kill-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ROUNDS = 2;
const WRITERS = 6;
/** A round ends in the middle: so many writes are answered, and others are under way. */
const ANSWERED_BEFORE_KILL = 25;

describe.each(databases)('an origin on %s that is killed while it writes', (kind) => {
  const dataDir = join(folder, kind);
  let env: Record<string, string> = { DATA_DIR: dataDir };
  let close = async () => {};
  beforeAll(async () => {
    if (kind === 'Postgres') {
      const fresh = await openFreshPostgres();
      ({ close } = fresh);
      env = { ...env, DATABASE_URL: fresh.databaseUrl };
    } else await makeEmbedded(dataDir);
    await plaudit(['shop', 'create', '--key', 'acme'], { env });
  });
  afterAll(() => close());

  test('has everything that was answered, nothing by half, and nothing twice', async () => {
    const answered = new Set<string>();
    const sent = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const serving = await startServing(env);
      const reviews = `${serving.url}/v1/shops/acme/products/kettle/reviews`;
      let count = 0;
      let killed: Promise<unknown> | undefined;
      const write = async (writer: number) => {
        for (let n = 0; !killed; n++) {
          const body = `Text ${round}-${writer}-${n}`;
          sent.add(body);
          // Another person each time: a second review of the same one would wait for the shop.
          const email = `mara-${round}-${writer}-${n}@example.com`;
          const review = { rating: (n % 5) + 1, body, author: 'Mara', email };
          const init = { method: 'POST', body: JSON.stringify(review) };
          const answer = await fetch(reviews, init).catch(() => undefined);
          if (answer?.status !== 201) continue;
          answered.add(body);
          count += 1;
          if (count === ANSWERED_BEFORE_KILL) killed = serving.end('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
      await killed;
    }
    const serving = await startServing(env);
    const url = `${serving.url}/v1/shops/acme/products/kettle/reviews?limit=50`;
    const bodies: string[] = [];
    let next: string | null | undefined = '';
    let summary = { count: 0 };
    while (next !== undefined && next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
      const page = (await (await fetch(url + cursor)).json()) as {
        reviews: { body: string }[];
        summary: { count: number };
        next?: string | null;
      };
      bodies.push(...page.reviews.map(({ body }) => body));
      ({ next, summary } = page);
    }
    await serving.end('SIGTERM');
    expect(answered.size).toBeGreaterThanOrEqual(ROUNDS * ANSWERED_BEFORE_KILL);
    expect([...answered].filter((body) => !bodies.includes(body))).toEqual([]);
    expect(bodies.filter((body) => !sent.has(body))).toEqual([]);
    expect(new Set(bodies).size).toBe(bodies.length);
    // Committed with the reviews, or not at all.
    expect(summary.count).toBe(bodies.length);
  });
});
