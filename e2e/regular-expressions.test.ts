/**
 * UG05: no regular expression of ours takes longer than in proportion to what it reads; `recheck` looks for a text
 * that makes it so. Those of the tests read nothing that a stranger wrote.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, type Diagnostics } from 'recheck';
import { describe, expect, test } from 'vitest';
import { root } from '../scripts/toolchain.mjs';
import { findPatterns, type Pattern } from './test/find-patterns.ts';

const SOURCES = '{contract,sdk,widgets,edge,origin,scripts,examples}/**/*.{ts,tsx,js,mjs}';
const isOurs = (path: string): boolean =>
  !/(?:^|\/)(?:node_modules|dist|test|built|\.data)\/|\.test\.tsx?$|\.d\.ts$/.test(path);

/**
 * How far recheck looks. What it finds must not hang on how busy the machine is: it counts the characters that are
 * read, and has the time that a slow machine needs.
 */
const LIMITS = {
  attackLimit: 100_000_000,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
  timeout: 60_000,
};

const look = ({ source, flags }: Pick<Pattern, 'source' | 'flags'>): Promise<Diagnostics> =>
  check(source, flags, LIMITS);

function describeFinding({ source, flags, at }: Pattern, found: Diagnostics): string {
  const how =
    found.status === 'vulnerable'
      ? `${found.complexity.summary}: ${found.attack.pattern}`
      : JSON.stringify('error' in found ? found.error : '');
  return `${at} /${source}/${flags} is ${found.status}, ${how}`;
}

describe('UG05: regular expressions', () => {
  const found = globSync(SOURCES, { cwd: root })
    .filter(isOurs)
    .map((path) => findPatterns(path, readFileSync(join(root, path), 'utf8')));

  test('are found as they are written, and those that are slow are seen', async () => {
    const sample = String.raw`const a = /(a+)+b/i; new RegExp('\\s+$', 'g'); RegExp(a + b);`;
    const { patterns, hidden } = findPatterns('sample.ts', sample);
    expect(patterns).toEqual([
      { source: '(a+)+b', flags: 'i', at: 'sample.ts:1' },
      { source: String.raw`\s+$`, flags: 'g', at: 'sample.ts:1' },
    ]);
    expect(hidden).toEqual(['sample.ts:1 RegExp(a + b)']);
    const seen = await Promise.all(patterns.map(look));
    expect(seen.map(({ status }) => status)).toEqual(['vulnerable', 'vulnerable']);
    expect((await look({ source: '^a+b', flags: '' })).status).toBe('safe');
  }, 120_000);

  test('are written where they are made, so that they can be looked at', () => {
    expect(found.flatMap(({ hidden }) => hidden)).toEqual([]);
  });

  test('are each read in linear time', async () => {
    const patterns = new Map(
      found.flatMap(({ patterns }) =>
        patterns.map((pattern) => [`/${pattern.source}/${pattern.flags}`, pattern]),
      ),
    );
    // Fewer would mean that the sources were not found.
    expect(patterns.size).toBeGreaterThan(100);
    const findings: string[] = [];
    for (const pattern of patterns.values()) {
      const seen = await look(pattern);
      if (seen.status !== 'safe') findings.push(describeFinding(pattern, seen));
    }
    expect(findings).toEqual([]);
  }, 600_000);
});
