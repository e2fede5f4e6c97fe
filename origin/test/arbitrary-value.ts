/** Values that a JSON Schema of the OpenAPI document permits, and some that it nearly does. */
import * as fc from 'fast-check';
import type { JsonSchema } from '../src/http/management/describe-api.ts';

export type Schemas = Record<string, JsonSchema>;

/** Names that exist: an id that is made up finds nothing. */
export type KnownIds = (name: string) => fc.Arbitrary<string> | undefined;

/** What schemas refer to, and what is known. */
export interface Surroundings {
  schemas: Schemas;
  ids: KnownIds;
}

/** Texts that something on their way may take for more than a text. */
const HOSTILE = [
  '\0',
  'a\0b',
  '\ud800',
  'x\udc00',
  '\u202e‮abc',
  '\r\nset-cookie: a=b',
  "' or 1=1 --",
  '<script>alert(1)</script>',
  '=1+1',
  '../../etc/passwd',
  '%00%ff',
  '__proto__',
  'constructor',
  '${jndi:ldap://x}',
  '\u{1f469}\u200d\u{1f469}\u200d\u{1f467}',
  'z\u0351\u036b\u0343',
  '@site',
  'ﷺ',
  ' ',
  '',
];

const hostile = fc.constantFrom(...HOSTILE);

/** Every instant that RFC 3339 can write, the last and the first among them. */
const instants = fc.oneof(
  fc
    .date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString()),
  fc.constantFrom(
    '0000-01-01T00:00:00Z',
    '0000-02-29T00:00:00+23:59',
    '9999-12-31T23:59:59.999999999-23:59',
    '1969-12-31T23:59:59.5Z',
    '2026-06-30T23:59:59+14:00',
  ),
);

const emails = fc
  .tuple(
    fc.stringMatching(/^[a-z0-9]{1,12}$/),
    fc.constantFrom('example.com', 'mail.example.org', 'xn--bcher-kva.example'),
  )
  .map(([name, host]) => `${name}@${host}`);

const addresses = fc.oneof(
  fc.webUrl(),
  fc.constantFrom(
    'https://www.youtube.com/watch?v=abcdefghijk',
    'https://a.example/x.mp4',
    'http://127.0.0.1/',
    'https://[::1]:443/',
    'https://user:pass@a.example/',
  ),
);

function texts({ minLength = 0, maxLength = 300 }: JsonSchema): fc.Arbitrary<string> {
  const some = (unit: 'grapheme' | 'binary') =>
    fc.string({ unit, minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) });
  return fc.oneof(
    { weight: 6, arbitrary: some('grapheme') },
    { weight: 1, arbitrary: some('binary') },
    { weight: 1, arbitrary: hostile },
    {
      weight: 1,
      arbitrary: fc.constantFrom('a'.repeat(maxLength), '\u{1f600}'.repeat(maxLength / 2)),
    },
  );
}

function strings(schema: JsonSchema): fc.Arbitrary<string> {
  const { format, pattern } = schema;
  if (format === 'date-time') return instants;
  if (format === 'email') return emails;
  if (format === 'uri' || pattern?.startsWith('^https?') === true) return addresses;
  return pattern === undefined ? texts(schema) : fc.stringMatching(new RegExp(pattern));
}

function numbers({ type, minimum = -1e12, maximum = 1e12, exclusiveMinimum }: JsonSchema) {
  const min = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : minimum;
  const edges = fc.constantFrom(min, maximum, Math.max(min, Math.min(maximum, 0)));
  const inner =
    type === 'integer'
      ? fc.integer({ min, max: maximum })
      : fc.double({ min, max: maximum, noNaN: true });
  return fc.oneof(edges, inner);
}

function lists({ items, minItems = 0, maxItems = 5 }: JsonSchema, around: Surroundings) {
  const item = valueOf(Array.isArray(items) ? {} : toSchema(items), around);
  return fc.array(item, {
    minLength: minItems,
    maxLength: Math.max(minItems, Math.min(maxItems, 4)),
  });
}

function objects(schema: JsonSchema, around: Surroundings): fc.Arbitrary<object> {
  const { properties = {}, required = [], additionalProperties, propertyNames } = schema;
  const fields = Object.entries(properties).map(
    ([name, inner]): [string, fc.Arbitrary<unknown>] => {
      const any = valueOf(toSchema(inner), around);
      const known = name === 'url' ? addresses : around.ids(name);
      return [name, known ? fc.oneof({ weight: 4, arbitrary: known }, any) : any];
    },
  );
  const own = fc.record(Object.fromEntries(fields), { requiredKeys: required });
  if (typeof additionalProperties !== 'object') return own;
  const names = strings(toSchema(propertyNames));
  const others = fc.dictionary(names, valueOf(additionalProperties, around), { maxKeys: 4 });
  return fc.tuple(others, own).map(([more, known]) => ({ ...more, ...known }));
}

const toSchema = (schema: unknown): JsonSchema =>
  typeof schema === 'object' && schema !== null ? (schema as JsonSchema) : {};

/** What the schema permits, as far as a schema can say it. */
export function valueOf(schema: JsonSchema, around: Surroundings): fc.Arbitrary<unknown> {
  const { $ref, anyOf, enum: values, type } = schema;
  if ($ref !== undefined) {
    return valueOf(toSchema(around.schemas[$ref.split('/').at(-1) ?? '']), around);
  }
  if (anyOf) return fc.oneof(...anyOf.map((one) => valueOf(toSchema(one), around)));
  if (values) return fc.constantFrom(...values);
  switch (type) {
    case 'string':
      return strings(schema);
    case 'integer':
    case 'number':
      return numbers(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return lists(schema, around);
    case 'object':
      return objects(schema, around);
    default:
      return fc.jsonValue();
  }
}

/** What stands where something else should. */
export const wild: fc.Arbitrary<unknown> = fc.oneof(
  hostile,
  fc.string({ unit: 'binary' }),
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    0.5,
    2 ** 31,
    2 ** 53,
    1e308,
    -0,
    '',
    [],
    {},
    [[]],
    'x'.repeat(30_000),
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The value with one place of it changed: taken away, another, or one more. */
export const nearly = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(value, fc.infiniteStream(fc.nat(1_000)), wild, fc.constantFrom('away', 'other', 'more'))
    .map(([whole, choices, strange, how]) => {
      const next = () => Number(choices.next().value);
      return changed(whole, { next, strange, how });
    });

interface Change {
  next: () => number;
  strange: unknown;
  how: string;
}

function changed(value: unknown, change: Change): unknown {
  const { next, strange, how } = change;
  if (typeof value !== 'object' || value === null) return strange;
  const entries = Object.entries(value);
  const at = entries.length === 0 ? -1 : next() % entries.length;
  const inner = entries[at]?.[1] as unknown;
  const isDeeper = typeof inner === 'object' && inner !== null && next() % 2 === 0;
  const kept = entries.filter((_, index) => index !== at);
  const name = entries[at]?.[0] ?? 'x';
  const after: [string, unknown][] = isDeeper
    ? entries.map(([key, one], index) => [key, index === at ? changed(one, change) : one])
    : ({ away: kept, other: [...kept, [name, strange]], more: [...entries, ['more', strange]] }[
        how
      ] as [string, unknown][]);
  return Array.isArray(value) ? after.map(([, one]) => one) : Object.fromEntries(after);
}
