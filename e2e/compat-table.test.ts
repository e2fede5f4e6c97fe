/** The table of the calls that Yotpo's clients make says what origin and edge answer, no more and no less. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  CREATE_PATH,
  FORM_PATHS,
  PIXEL_PATH,
  SECRET_PATTERNS,
  VOTE_PATTERNS,
} from '../edge/src/storefront/compat-paths.ts';
import { COMPAT_READS } from '../edge/src/storefront/compat-reads.ts';
import { compatCore } from '../origin/src/http/compat/core/routes.ts';
import { compat } from '../origin/src/http/compat/routes.ts';
import { compatSecrets } from '../origin/src/http/compat/secret/routes.ts';
import { compatTokens } from '../origin/src/http/compat/tokens.ts';
import { compatWrites } from '../origin/src/http/compat/writes.ts';

const README = new URL('../origin/src/http/compat/README.md', import.meta.url);
const ROW = /^\| `([A-Z]+ \/\S*)` +\| (\w+) +\|/;

const rows = readFileSync(README, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, call, heldAgainst] = ROW.exec(line) ?? [];
    return call === undefined ? [] : [{ call, heldAgainst }];
  });
const calls = rows.map(({ call }) => call);

/** What stands behind the routes is asked when they are, and here nobody asks. */
const nothing = {} as never;

/** Without what a part must look like. */
const plain = (pattern: string): string => pattern.replaceAll(/\{(?:[^{}]|\{[^}]*\})*\}/g, '');

interface Routed {
  readonly routes: readonly { readonly method: string; readonly path: string }[];
}

const callsOf = ({ routes }: Routed): string[] =>
  routes
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${plain(path)}`);

const sorted = (calls: Iterable<string>): string[] => [...new Set(calls)].toSorted();

const atOrigin = [
  compat(nothing),
  compatWrites(nothing, nothing),
  compatTokens(nothing),
  compatSecrets(nothing),
  compatCore(nothing),
].flatMap(callsOf);

const atEdge = [
  ...COMPAT_READS.flatMap(({ pattern, isPosted }) => [
    `GET ${plain(pattern)}`,
    ...(isPosted ? [`POST ${plain(pattern)}`] : []),
  ]),
  ...FORM_PATHS.map((path) => `POST ${path}`),
  `GET ${CREATE_PATH}`,
  ...VOTE_PATTERNS.map(plain).flatMap((pattern) =>
    ['reviews/:reviewId', 'answers/:answerId'].flatMap((what) =>
      ['GET', 'POST'].map((method) => `${method} ${pattern.replace(':kind/:id', what)}`),
    ),
  ),
  `GET ${PIXEL_PATH}`,
];

test('every call stands in it once, with what it is held against', () => {
  expect(calls.length).toBeGreaterThan(60);
  expect(calls.toSorted()).toEqual(sorted(calls));
  expect(sorted(rows.map(({ heldAgainst = '' }) => heldAgainst))).toEqual([
    'clients',
    'guess',
    'recorded',
  ]);
});

test('it holds all that the origin answers and the edge makes of it, and nothing else', () => {
  expect(calls.toSorted()).toEqual(sorted([...atOrigin, ...atEdge]));
});

test('the edge lets all of it through', () => {
  const secret = SECRET_PATTERNS.map((pattern) => plain(pattern).replace('*', ''));
  const isLetThrough = (call: string): boolean => {
    const path = call.slice(call.indexOf(' ') + 1);
    return (
      atEdge.includes(call) ||
      secret.some((known) => (known.endsWith('/') ? path.startsWith(known) : path === known))
    );
  };
  expect(calls.filter((call) => !isLetThrough(call))).toEqual([]);
  expect(isLetThrough('GET /apps/:appKey/webhooks')).toBe(false);
});
