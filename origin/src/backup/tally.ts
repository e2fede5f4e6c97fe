/**
 * What proves that two tables hold the same rows: their number, and the sum of the rows' digests. A
 * sum, because two databases need not agree on an order (collations differ), and sorting costs.
 */
import { hash } from 'node:crypto';

/** The tally of a table. */
export interface Tally {
  rows: number;
  /** Sum of the rows' SHA-256, modulo 2^256, in hex. */
  digest: string;
}

const MODULUS = 2n ** 256n;

/** Counts rows, each as its line in the backup. */
export function startTally(): { add: (line: string) => void; end: () => Tally } {
  let rows = 0;
  let sum = 0n;
  return {
    add(line) {
      rows += 1;
      sum += BigInt(`0x${hash('sha256', line)}`);
    },
    end: () => ({ rows, digest: (sum % MODULUS).toString(16).padStart(64, '0') }),
  };
}

/** What differs between two sets of tables, in words; empty when nothing does. */
export function compareTallies(
  expected: Record<string, Tally>,
  found: Record<string, Tally>,
): string[] {
  const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...names].flatMap((name) => {
    const [one, other] = [expected[name], found[name]];
    if (!one || !other) return [`${name}: only in ${one ? 'the backup' : 'the database'}`];
    if (one.rows !== other.rows) return [`${name}: ${one.rows} rows expected, ${other.rows} found`];
    return one.digest === other.digest ? [] : [`${name}: rows differ`];
  });
}
