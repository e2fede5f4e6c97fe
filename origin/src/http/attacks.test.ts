/**
 * UG12: what scanners send, at every route and in every place of a request. `ATTACKS_PER_ROUTE` sends more
 * of the shapes to each; the suite sends some to every route, and every shape to some.
 */
import { pino } from 'pino';
import { Pool } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attackShapes } from '../../test/attack-shapes.ts';
import { clock, describeOnEach } from '../../test/databases.ts';
import { startOAuthOrigin, TEST_SECRET, type OAuthOrigin } from '../../test/oauth-origin.ts';
import { makeCanaryShop } from '../../test/shop-with-canaries.ts';
import { createApp } from '../app.ts';
import { createSignInServer } from '../auth/sign-in-server.ts';

const PER_ROUTE = Number(process.env['ATTACKS_PER_ROUTE'] ?? 6);
/** Well below what an app may send in a minute, as this clock stands still. */
const CALLS_PER_APP = 400;
/** Names that one route or another reads. */
const PARAMETERS =
  `q sort cursor limit rating ids product status locale topic page count per_page since_date
  star domain_key free_text_search scores page_info external_ids order_date_min utoken app_key token
  response_type client_id redirect_uri scope state code_challenge album_name`.split(/\s+/);
const FIELDS = ['x-yotpo-token', 'if-match', 'if-none-match', 'idempotency-key', 'content-type'];
const MEMBERS = ['body', 'title', 'author', 'email', 'id', 'rating', 'vote'];
const PLACES = ['path', 'query', 'field', 'json', 'form', 'name'] as const;

interface Attack {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** A header takes no more than these; the rest is the parser's to refuse before us. */
const forField = (shape: string): string => shape.replaceAll(/[^\u0020-\u007e\u0080-\u00ff]/g, '?');
const encoded = (shape: string): string => encodeURIComponent(shape.toWellFormed());

type Place = (typeof PLACES)[number];

/** The shop is acme where the shape stands elsewhere, so that it gets as far as it can. */
function filled(path: string, place: Place, shape: string): string {
  const value = place === 'path' ? encoded(shape) : 'kettle';
  const shop = place === 'path' && shape.length % 2 === 0 ? value : 'acme';
  return path
    .replaceAll(/:(?:appKey|store)\b/g, shop)
    .replaceAll(/:\w+(?:\{[^/]*\})?/g, value)
    .replaceAll('*', value);
}

function attack(route: { method: string; path: string }, shape: string, place: Place): Attack {
  const method = route.method === 'ALL' ? 'POST' : route.method;
  const path = filled(route.path, place, shape);
  const all = Object.fromEntries([...PARAMETERS, ...MEMBERS].map((name) => [name, shape]));
  const none: Attack = { method, path, headers: {} };
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const attacks: Record<Place, Attack> = {
    path: none,
    query: {
      ...none,
      path: `${path}?${PARAMETERS.map((name) => `${name}=${encoded(shape)}`).join('&')}`,
    },
    name: { ...none, path: `${path}?${encoded(shape)}=1` },
    field: { ...none, headers: Object.fromEntries(FIELDS.map((name) => [name, forField(shape)])) },
    json: {
      ...none,
      headers: { 'content-type': 'application/json' },
      ...(hasBody && { body: JSON.stringify({ ...all, [shape]: shape }) }),
    },
    form: {
      ...none,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      ...(hasBody && { body: new URLSearchParams(all).toString() }),
    },
  };
  return attacks[place];
}

describeOnEach('an attack', (fixture) => {
  let origin: OAuthOrigin;
  let pool: Pool;

  beforeAll(async () => {
    clock.now = new Date();
    origin = await startOAuthOrigin(fixture.context);
    await makeCanaryShop(fixture.context, 'acme');
    // A request that hangs is a failure.
    pool = new Pool(origin.url, { connections: 4, headersTimeout: 20_000, bodyTimeout: 20_000 });
  });
  afterAll(async () => {
    await pool.close();
    await origin.close();
  });

  test('UG12, UG13: breaks nothing at any route, and tells nothing of what is inside', async () => {
    const { db, now } = fixture.context;
    const log = pino({ level: 'silent' });
    const signIn = createSignInServer({ db, now, log, issuer: origin.url, secrets: [TEST_SECRET] });
    const { routes } = createApp({ domain: fixture.context, log, signIn });
    const distinct = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
    const broken: unknown[] = [];
    let token = '';
    let sent = 0;
    for (const route of distinct.values()) {
      for (let n = 0; n < PER_ROUTE; n += 1) {
        if (sent % CALLS_PER_APP === 0) token = await origin.token(await origin.app());
        const shape = attackShapes[sent % attackShapes.length] ?? '';
        const place = PLACES[(sent + Math.floor(sent / PLACES.length)) % PLACES.length] ?? 'path';
        const { headers, body = null, ...to } = attack(route, shape, place);
        sent += 1;
        const authorization = `Bearer ${token}`;
        const answer = await pool.request({ ...to, headers: { authorization, ...headers }, body });
        const text = await answer.body.text();
        const tells = /syntax error at|pg_catalog|root:x:0|node_modules|at .+\.ts:\d+/.exec(
          text,
        )?.[0];
        if (answer.statusCode >= 500 || tells !== undefined)
          broken.push([answer.statusCode, tells, to, headers, body?.slice(0, 300)]);
      }
    }
    expect(broken).toEqual([]);
    expect(sent).toBeGreaterThan(attackShapes.length);
    expect((await fetch(`${origin.url}/healthz`)).status).toBe(200);
  }, 600_000);
});
