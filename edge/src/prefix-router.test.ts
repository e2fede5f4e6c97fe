import { RegExpRouter } from 'hono/router/reg-exp-router';
import { TrieRouter } from 'hono/router/trie-router';
import { beforeEach, expect, test } from 'vitest';
import { PrefixRouter } from './prefix-router.ts';

let router: PrefixRouter<string>;
let handlers: (path: string) => string[];

beforeEach(() => {
  router = new PrefixRouter('/v1/shops/', new RegExpRouter(), new TrieRouter());
  router.add('GET', '/v1/shops/:shop/reviews', 'reviews');
  router.add('GET', '/v1/:what/:name', 'something else');
  router.add('GET', '/:shop/loader.js', 'loader');
  handlers = (path) => router.match('GET', path)[0].map(([handler]) => handler);
});

test('finds what is behind the prefix and what is not', () => {
  expect(handlers('/v1/shops/a/reviews')).toEqual(['reviews']);
  expect(handlers('/v1/loader/a')).toEqual(['something else']);
  expect(handlers('/a/loader.js')).toEqual(['loader']);
  expect(handlers('/v1/shops/a/none')).toEqual([]);
});

test('a wildcard above the prefix is for both', () => {
  router.add('GET', '/v1/*', 'all');
  expect(handlers('/v1/shops/a/reviews')).toEqual(['reviews', 'all']);
  expect(handlers('/v1/loader/a')).toEqual(['something else', 'all']);
  expect(handlers('/a/loader.js')).toEqual(['loader']);
});
