/** Requests to an operation of the OpenAPI document: good ones, nearly good ones, and others. */
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import type { DescribedOperation, Parameter } from '../src/http/management/describe-api.ts';
import { nearly, valueOf, wild, type Surroundings } from './arbitrary-value.ts';

/** A request as it is sent: nothing of the path is tidied up on the way. */
export interface AnyRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
  /** Whose token it carries. */
  bearer: 'shop' | 'little' | 'bad' | 'none';
}

/** An operation and where it is. */
export interface PlacedOperation {
  method: string;
  path: string;
  operation: DescribedOperation;
}

const often = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });

/** Parts of a path that may be read in more than one way. */
const SEGMENTS = `%00 %ff %2e%2e ..%2f..%2fsettings %5c %zz %ed%a0%80 %f0%9f%98%80 %0d%0a ;x * ' 1e9
  0 -1 00001 99999999999999999999 2147483648 __proto__ ${'a'.repeat(256)} export moderate`.split(
  /\s+/,
);
const segments = fc.constantFrom(...SEGMENTS);

const encoded = (value: unknown): string =>
  encodeURIComponent((typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed());

function paths(path: string, { ids }: Surroundings): fc.Arbitrary<string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const values = names.map((name) => {
    const known = ids(name);
    const made = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map(encoded);
    const strange = fc.oneof(made, segments);
    return known ? fc.oneof(often(6, known.map(encoded)), often(1, strange)) : strange;
  });
  return fc
    .tuple(...values)
    .map((chosen) => path.replaceAll(/\{\w+\}/g, () => chosen.shift() ?? ''));
}

/** Lists are written with commas. */
const written = (value: unknown): string =>
  Array.isArray(value) ? value.map(encoded).join(',') : encoded(value);

function queries(parameters: readonly Parameter[], around: Surroundings): fc.Arbitrary<string> {
  const pairs = parameters.map(({ name, schema }) => {
    const known = around.ids(name);
    const good = valueOf(schema, around);
    const value = fc.oneof(
      often(8, known ? fc.oneof(known, good) : good),
      often(
        1,
        wild.map((one) => JSON.stringify(one).slice(0, 500)),
      ),
    );
    return value.map((one) => `${name}=${written(one)}`);
  });
  const strange = fc.constantFrom(
    'colour=red',
    'limit=1&limit=2',
    'cursor',
    '%ff=%00',
    '__proto__=1',
  );
  const good = pairs.length === 0 ? fc.constant('') : someOf(pairs);
  return fc
    .oneof(often(8, good), often(4, fc.constant('')), often(1, strange))
    .map((text) => (text === '' ? '' : `?${text}`));
}

const someOf = (pairs: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.tuple(...pairs),
      fc.array(fc.boolean(), { minLength: pairs.length, maxLength: pairs.length }),
    )
    .map(([all, isIn]) => all.filter((_, index) => isIn[index]).join('&'));

const printable = fc.string({
  unit: fc
    .integer({ min: 0x21, max: 0xff })
    .map((code) => (code === 0x7f ? '~' : String.fromCodePoint(code))),
  minLength: 1,
  maxLength: 30,
});

function fields(
  { parameters }: DescribedOperation,
  { ids }: Surroundings,
): fc.Arbitrary<Record<string, string>> {
  const has = (name: string) => parameters.some((one) => one.in === 'header' && one.name === name);
  const tag = ids('etag') ?? fc.constant('"x"');
  const maybe = (arbitrary: fc.Arbitrary<string>, isIn: number) =>
    fc.option(arbitrary, { nil: undefined, freq: isIn });
  const matches = fc.oneof(often(4, fc.constant('*')), often(4, tag), often(1, printable));
  const keys = fc.oneof(
    fc.constantFrom('a key of ours', 'another key', 'short', 'k'.repeat(300)),
    printable,
  );
  return fc
    .record({
      'if-match': has('If-Match') ? maybe(matches, 9) : fc.constant(undefined),
      'idempotency-key': has('Idempotency-Key') ? maybe(keys, 1) : fc.constant(undefined),
      'if-none-match': fc.oneof(
        often(9, fc.constant(undefined)),
        often(2, tag),
        often(1, printable),
      ),
      accept: fc.constantFrom(undefined, '*/*', 'application/json', 'text/html', 'a/b;q=x'),
      'x-any': fc.oneof(often(5, fc.constant(undefined)), often(1, printable)),
    })
    .map(given);
}

const given = (all: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;

interface Sent {
  headers: Record<string, string>;
  body?: string | Buffer;
}

const MEDIA_TYPES = ['text/plain', 'application/json; charset=utf-16', 'multipart/form-data', ''];

/** The JSON text, now and then broken off, in another coding or of another kind. */
function jsonBodies(value: fc.Arbitrary<unknown>): fc.Arbitrary<Sent> {
  const good = fc.oneof(often(6, value), often(5, nearly(value)), often(1, wild));
  const texts = good.map((one) => JSON.stringify(one) ?? '');
  const bytes: fc.Arbitrary<string | Buffer> = fc.oneof(
    often(40, texts),
    often(
      1,
      texts.map((text) => text.slice(0, text.length / 2)),
    ),
    often(
      1,
      texts.map((text) => Buffer.from(text, 'utf16le')),
    ),
    often(
      1,
      fc.constantFrom(
        '',
        '{"a":1,"a":2}',
        '{"__proto__":{"rating":5}}',
        '[[[[',
        '{"rating":1e999}',
      ),
    ),
  );
  const types = fc.oneof(
    often(30, fc.constantFrom('application/json', 'application/merge-patch+json')),
    often(1, fc.constantFrom(...MEDIA_TYPES)),
  );
  return fc
    .tuple(bytes, types)
    .map(([body, type]) => ({ body, headers: type === '' ? {} : { 'content-type': type } }));
}

const CELLS = [
  '5',
  'kettle',
  'Mara',
  'mara@example.com',
  '2026-01-02',
  '02/01/2026',
  '"',
  '=1+1',
  '\0',
  'x',
];
const HEADINGS = [
  'rating,sku,author,email,date',
  'rating,sku',
  'a,b,c,d,e',
  'rating;productId',
  '',
];

/** Tables and JSON lines, whole and broken. */
function files(mediaTypes: readonly string[]): fc.Arbitrary<Sent> {
  const strange = fc.array(fc.constantFrom(...CELLS), { maxLength: 6 });
  const row = fc
    .oneof(strange, fc.constant(CELLS.slice(0, 5)), fc.constant(CELLS.slice(0, 2)))
    .map((cells) => cells.join(','));
  const table = fc
    .tuple(fc.constantFrom(...HEADINGS), fc.array(row, { maxLength: 5 }))
    .map(([heading, rows]) => [heading, ...rows].join('\n'));
  const line = fc.record({
    sku: fc.constantFrom('kettle', 1),
    rating: fc.integer({ min: 0, max: 6 }),
    author: wild,
    email: wild,
  });
  const lines = fc
    .array(line, { maxLength: 4 })
    .map((all) => all.map((one) => JSON.stringify(one)).join('\n'));
  const plain = fc.oneof(
    table,
    table,
    lines,
    fc.constantFrom('', '\ufeff', '{', '"'.repeat(5_000), '\0'),
  );
  return fc
    .tuple(
      plain,
      fc.constantFrom(...mediaTypes, 'text/html'),
      fc.constantFrom('plain', 'gzip', 'broken'),
    )
    .map(([text, type, coding]) => ({
      headers: { 'content-type': type, ...(coding !== 'plain' && { 'content-encoding': 'gzip' }) },
      body: coding === 'gzip' ? gzipSync(text) : Buffer.from(text),
    }));
}

function bodies({ requestBody }: DescribedOperation, around: Surroundings): fc.Arbitrary<Sent> {
  if (!requestBody) return fc.constant({ headers: {} });
  const json = requestBody.content['application/json'];
  return json ? jsonBodies(valueOf(json.schema, around)) : files(Object.keys(requestBody.content));
}

const bearers = fc.oneof(
  often(40, fc.constant('shop' as const)),
  often(1, fc.constantFrom('little' as const, 'bad' as const, 'none' as const)),
);

/** Any request to the operation. */
export function requestTo(
  { method, path, operation }: PlacedOperation,
  around: Surroundings,
): fc.Arbitrary<AnyRequest> {
  const inQuery = operation.parameters.filter((one) => one.in === 'query');
  const methods =
    method === 'get'
      ? fc.oneof(often(12, fc.constant('GET')), often(1, fc.constant('HEAD')))
      : fc.constant(method.toUpperCase());
  return fc
    .record({
      method: methods,
      path: paths(path, around),
      query: queries(inQuery, around),
      fields: fields(operation, around),
      sent: bodies(operation, around),
      bearer: bearers,
    })
    .map(({ method, path, query, fields, sent, bearer }) => ({
      method,
      path: `/api/v1${path}${query}`,
      headers: { ...fields, ...sent.headers },
      ...(sent.body !== undefined && { body: sent.body }),
      bearer,
    }));
}
