/** What every new file of the origin must keep to, checked on the source itself. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { describe, expect, test } from 'vitest';
import * as answersSchema from './db/answers-schema.ts';
import * as groupsSchema from './db/groups-schema.ts';
import * as questionsSchema from './db/questions-schema.ts';
import * as schema from './db/schema.ts';

const SRC = fileURLToPath(new URL('.', import.meta.url));
const sources = globSync('**/*.ts', { cwd: SRC })
  .filter((path) => !path.endsWith('.test.ts'))
  .map((path) => ({ path, text: readFileSync(`${SRC}${path}`, 'utf8') }));

const tables = Object.entries({
  ...schema,
  ...answersSchema,
  ...groupsSchema,
  ...questionsSchema,
})
  .filter(([, value]) => is(value, PgTable))
  .map(([name]) => name);
/** A statement that changes rows, through the query builder or as text. */
const WRITES = new RegExp(
  String.raw`\.(?:insert|update|delete)\((?:${tables.join('|')})\)|(?:insert into|delete from|update) \$\{`,
);
const PURGES = /await enqueuePurge\(tx,/;

/** Who writes without a purge of their own, and why nobody sees an old answer for it. */
const WITHOUT_PURGE: Record<string, string> = {
  'backup/insert-rows.ts': 'a step of restoring, after which every shop is purged',
  'domain/facets/adjust.ts': 'a step of what changes ratings',
  'domain/outbox/enqueue-purge.ts': 'is the purge',
  'domain/orders/verify-reviews.ts': 'a step of saving an order, which purges',
  'domain/products/archive.ts': 'purges with each batch, in its transaction',
  'domain/products/change-group.ts': 'a step of changing a product, which purges',
  'domain/products/upsert.ts': 'a step of submit and import, which purge; titles are in no answer',
  'domain/questions/count.ts': 'a step of asking, answering and moderating, which purge',
  'domain/ratings/adjust.ts': 'a step of submit, moderate and import, which purge',
  'domain/reviews/change-reply.ts': 'a step of changing a review; purges in its transaction',
  'domain/reviews/change-status.ts': 'a step of deciding on a review; purges in its transaction',
  'domain/reviews/change-translation.ts': 'a step of changing a review; purges in its transaction',
  'domain/keys/reseal.ts': 'changes how an address is kept, which nobody is shown',
  'domain/keys/seal-clear.ts': 'changes how an address is kept, which nobody is shown',
  'domain/reviews/keep-answers.ts': 'a step of submitting and editing, which purge',
  'domain/votes/subjects.ts': 'a step of voting, which purges',
  'domain/shops/create.ts': 'no answer is kept of a shop that does not exist, beyond five seconds',
  'jobs/outbox/claim-rows.ts': 'writes to the outbox only',
  'jobs/remove-batch.ts': 'removes what no visitor is shown: settled rows, photos of no review',
};

const isWriter = ({ text }: { text: string }): boolean =>
  WRITES.test(text.replace(/\/\*[^]*?\*\/|\/\/.*/g, ''));

describe('a write that visitors can see', () => {
  const writers = sources.filter(isWriter).map(({ path }) => path);

  test('is found where there is one', () => {
    expect(writers).toEqual(expect.arrayContaining(['domain/reviews/submit.ts']));
    expect(tables).toContain('reviews');
    expect(isWriter({ text: 'await tx.update(shops).set({})' })).toBe(true);
    expect(isWriter({ text: 'sql`delete from ${reviews}`' })).toBe(true);
    expect(isWriter({ text: '// .insert(reviews)' })).toBe(false);
  });

  test.each(sources.filter(isWriter))('enqueues its purge in its transaction: $path', (source) => {
    if (source.path in WITHOUT_PURGE) return;
    expect(source.text, 'call enqueuePurge(tx, …), or say above why not').toMatch(PURGES);
    expect(source.text).toMatch(/(?:inShop|enterShop|asSystem)\([^)]*async \(tx/);
  });

  test('is excused by name only while it exists', () => {
    expect(Object.keys(WITHOUT_PURGE).filter((path) => !writers.includes(path))).toEqual([]);
  });

  test('happens in domain and jobs only, and in a restore', () => {
    expect(writers.filter((path) => !/^(?:domain|jobs|backup\/insert-rows)\b/.test(path))).toEqual(
      [],
    );
  });
});

/** Which folders each may import; its own always. */
const ARROWS: Record<string, readonly string[]> = {
  auth: ['domain', 'db'],
  backup: ['db'],
  cache: [],
  db: [],
  domain: ['db', 'vault'],
  exchange: ['domain'],
  http: ['auth', 'cache', 'domain', 'exchange', 'media'],
  media: [],
  jobs: ['backup', 'domain', 'db', 'exchange', 'outbound'],
  outbound: [],
  vault: [],
  watch: ['backup', 'cache', 'db'],
  cli: ['auth', 'backup', 'domain', 'db', 'exchange'],
};

test.each(Object.entries(ARROWS))('%s imports of the other folders only %j', (folder, allowed) => {
  const own = sources.filter(({ path }) => path.startsWith(`${folder}/`));
  expect(own).not.toEqual([]);
  const strays = own.flatMap(({ path, text }) =>
    [...text.matchAll(/from '(\.[^']+)'/g)]
      .map(([, specifier = '']) => new URL(specifier, `file:///${path}`).pathname.slice(1))
      .filter((target) => target.includes('/'))
      .filter((target) => ![folder, ...allowed].includes(target.split('/')[0] ?? ''))
      .map((target) => `${path} → ${target}`),
  );
  expect(strays).toEqual([]);
});

test('the environment is read in one place', () => {
  const readers = sources.filter(({ text }) => /process\.env/.test(text));
  for (const { path, text } of readers)
    expect(`${path}: ${text}`).toMatch(/readConfig\(process\.env\)/);
});

/** Who writes a piece of a statement as text, and why nothing that anybody sent can be in it. */
const RAW_SQL: Record<string, string> = {
  'backup/insert-rows.ts': 'positions and the types that the schema of the database names',
  'backup/restore-backup.ts': 'two words of our own; tables and rules as the database names them',
  'backup/tables.ts': 'a number of ours',
  'db/json-rows.ts': 'types of our own schema',
  'domain/reviews/import-batch.ts': 'types of our own schema',
  'domain/reviews/list-numbered.ts': 'one of two words',
  'domain/reviews/sort-orders.ts': 'one of two words',
};

/** A statement that is put together as a text: a template without the tag, or a sum of strings. */
const TEXT_QUERY =
  /\.(?:execute|query|exec)\(\s*(?:`[^`]*\$\{|(?:'[^']*'|"[^"]*"|`[^`]*`|\w+)\s*\+)/;

describe('UG13: a statement', () => {
  test('made of text is found where there is one', () => {
    for (const text of [
      'db.query(`select ${name}`)',
      "tx.execute('select ' + name)",
      'client.exec(before + name)',
    ])
      expect([text, TEXT_QUERY.test(text)]).toEqual([text, true]);
    expect(TEXT_QUERY.test('tx.execute(sql`select ${name}`)')).toBe(false);
    expect(TEXT_QUERY.test('db.query(`select 1`)')).toBe(false);
  });

  test('has what was sent as parameters only', () => {
    const found = sources.filter(({ text }) => TEXT_QUERY.test(text));
    // The name of our own role.
    expect(found.map(({ path }) => path)).toEqual(['db/database.ts']);
  });

  test('has pieces of text only where nobody else has a say in them', () => {
    const found = sources.filter(({ text }) => /\bsql\s*\.\s*raw\b/.test(text));
    expect(found.map(({ path }) => path).toSorted()).toEqual(Object.keys(RAW_SQL).toSorted());
  });
});
