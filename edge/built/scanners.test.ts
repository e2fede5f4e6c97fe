/**
 * UG12: what scanners send, at every route of the edge and in every place of a request; the origin's routes have
 * the same (`origin/src/http/attacks.test.ts`).
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ASSETS_PREFIX, patterns, PURGE_PATH } from '@plaudit/contract';
import { expect, inject, test } from 'vitest';
import { attackShapes } from '../../origin/test/attack-shapes.ts';
import { startEdge } from '../serve/start-edge.mjs';
import {
  FORM_PATHS,
  PIXEL_PATH,
  SECRET_PATTERNS,
  VOTE_PATTERNS,
} from '../src/storefront/compat-paths.ts';
import { COMPAT_READS } from '../src/storefront/compat-reads.ts';
import { NodeOrigin } from './node-origin.ts';

const ROUTES = [
  ...Object.values(patterns).flat(),
  ...COMPAT_READS.map(({ pattern }) => pattern),
  ...FORM_PATHS,
  ...VOTE_PATTERNS,
  ...SECRET_PATTERNS,
  PIXEL_PATH,
  `${ASSETS_PREFIX}:name`,
  PURGE_PATH,
  `${PURGE_PATH}/now`,
  '/healthz',
  '/:elsewhere',
];
/** Names that one route or another reads. */
const PARAMETERS =
  `q sort cursor limit rating ids product locale topic answer country page count per_page since_date since_id
  star domain_key domain_keys[] scores pictured app_key appkey sku utoken callback`.split(/\s+/);
const FIELDS =
  `accept accept-encoding cache-control content-type idempotency-key range if-none-match
  if-modified-since traceparent plaudit-signature plaudit-timestamp`.split(/\s+/);
const PLACES = ['path', 'query', 'name', 'field', 'json', 'form'] as const;
/** Longer than every wait of the edge together: who has no answer by then hangs. */
const DEADLINE_MS = 40_000;
/** What an origin's failure is told with; everything else would be the edge's own. */
const OF_THE_ORIGIN = new Set([502, 503, 504]);

type Place = (typeof PLACES)[number];

const forField = (shape: string): string => shape.replaceAll(/[^\u0020-\u007e\u0080-\u00ff]/g, '?');
const encoded = (shape: string): string => encodeURIComponent(shape.toWellFormed());

/** The shop is one of its own, so that no limit of pace stands before what is attacked. */
function filled(pattern: string, place: Place, shape: string, number: number): string {
  const value = place === 'path' ? encoded(shape) : '24';
  const shop = place === 'path' && number % 2 === 0 ? value : `shop-${number}`;
  const isChosen = /^\{(?:[a-z.|\\]|\(\?:)+/;
  return pattern
    .replaceAll(/:appKey\b/g, shop)
    .replaceAll(/:\w+(\{(?:[^{}]|\{\d+(?:,\d+)?\})*\})?/g, (_, choice: string | undefined) => {
      if (place === 'path' || choice === undefined) return value;
      if (choice.includes('[0-9a-f]')) return '0'.repeat(24);
      return isChosen.test(choice) ? (/[a-z]+/.exec(choice)?.[0] ?? value) : value;
    })
    .replaceAll('*', value);
}

function attack(pattern: string, method: string, shape: string, place: Place, number: number) {
  const path = filled(pattern, place, shape, number);
  const all = Object.fromEntries(
    [...PARAMETERS, 'body', 'author', 'email', 'secret', 'vote', 'tags'].map((name) => [
      name,
      shape,
    ]),
  );
  const search: Partial<Record<Place, string>> = {
    query: `?${PARAMETERS.map((name) => `${name}=${encoded(shape)}`).join('&')}`,
    name: `?${encoded(shape)}=1`,
  };
  const bodies: Partial<Record<Place, string>> = {
    json: JSON.stringify({ ...all, [shape]: shape }),
    form: String(new URLSearchParams(all)),
  };
  const headers: Record<string, string> = {
    'x-real-ip': `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`,
    ...(place === 'field' && Object.fromEntries(FIELDS.map((name) => [name, forField(shape)]))),
    ...(place === 'json' && { 'content-type': 'application/json' }),
    ...(place === 'form' && { 'content-type': 'application/x-www-form-urlencoded' }),
  };
  const body = method === 'POST' ? bodies[place] : undefined;
  return { path: path + (search[place] ?? ''), headers, ...(body !== undefined && { body }) };
}

/** An origin to whose answers there is nothing to say. */
function answer({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const isPhoto = url.includes('/media/');
  response.writeHead(200, {
    'content-type': isPhoto ? 'image/webp' : 'application/json',
    'cache-control': 'public, max-age=60',
    'cdn-cache-control': 'max-age=600',
  });
  const summary = { count: 0, average: 0, histogram: [0, 0, 0, 0, 0] };
  response.end(
    isPhoto ? 'RIFF' : JSON.stringify({ ratings: {}, reviews: [], questions: [], summary }),
  );
}

test('UG12: an attack breaks nothing at any route of the edge, and hangs nowhere', async () => {
  const origin = await NodeOrigin.start(answer);
  const edge = await startEdge({
    origin: origin.url,
    clientAddressHeader: 'x-real-ip',
    distDir: inject('distDir'),
  });
  let hasEnded = false;
  void edge.exited.then(() => (hasEnded = true));
  try {
    const broken: unknown[] = [];
    const answered: number[] = [];
    let number = 0;
    const send = async (pattern: string, method: string): Promise<void> => {
      const shape = attackShapes[number % attackShapes.length] ?? '';
      const place = PLACES[(number + Math.floor(number / PLACES.length)) % PLACES.length] ?? 'path';
      const { path, ...request } = attack(pattern, method, shape, place, (number += 1));
      try {
        const signal = AbortSignal.timeout(DEADLINE_MS);
        const response = await fetch(edge.url + path, {
          ...request,
          method,
          redirect: 'manual',
          signal,
        });
        const text = await response.text();
        answered.push(response.status);
        const isOwn = response.status >= 500 && !OF_THE_ORIGIN.has(response.status);
        const tells = /node_modules|at .+\.[jt]s:\d+|root:x:0/.exec(text)?.[0];
        if (isOwn || tells !== undefined)
          broken.push([response.status, tells, method, path, request]);
      } catch (error) {
        broken.push([String(error), method, path, request]);
      }
    };
    for (const pattern of ROUTES) {
      for (const method of ['GET', 'POST']) {
        await Promise.all(PLACES.map(() => send(pattern, method)));
      }
    }
    expect(broken).toEqual([]);
    expect(answered.length).toBeGreaterThan(attackShapes.length);
    // Of an origin that answers well, hardly any answer is none.
    expect(answered.filter((status) => OF_THE_ORIGIN.has(status)).length).toBeLessThan(
      answered.length / 10,
    );
    expect(origin.asked.length).toBeGreaterThan(100);
    expect(hasEnded).toBe(false);
    expect((await fetch(`${edge.url}/healthz`)).status).toBe(200);
  } finally {
    await edge.stop();
    await origin.stop();
  }
}, 600_000);
